import type { MetadataRoute } from "next";
import { headers } from "next/headers";
import { siteOrigin } from "@/app/api/site-origin";
import { listOpenPages } from "@/lib/pages/list-open-pages";

/** The pages that a searcher may find: what every visitor sees without an account. */
export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  const origin = siteOrigin({ headers: await headers(), url: "http://localhost" });
  return (await listOpenPages()).map((path) => ({ url: `${origin}${path}` }));
}
