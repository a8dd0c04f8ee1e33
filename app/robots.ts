import type { MetadataRoute } from "next";
import { headers } from "next/headers";
import { siteOrigin } from "@/app/api/site-origin";

/** Searchers may read what a visitor reads, but addresses that are keys or cost a computation each. */
export default async function robots(): Promise<MetadataRoute.Robots> {
  const origin = siteOrigin({ headers: await headers(), url: "http://localhost" });
  return {
    rules: {
      userAgent: "*",
      // Whoever shows a link fetches its picture.
      allow: ["/", "/media/boards/", "/media/models/"],
      disallow: [
        "/api/",
        "/media/",
        "/shared/",
        "/invite/",
        "/comparisons/join/",
        "/admin",
        "/settings",
        "/arena",
      ],
    },
    sitemap: `${origin}/sitemap.xml`,
  };
}
