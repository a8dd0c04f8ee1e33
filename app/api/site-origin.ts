/** Scheme, host and port under which a request reached the site: forwarded by a proxy of ours, whose claims alone have come this far. */
export function siteOrigin({ headers, url }: Pick<Request, "headers" | "url">): string {
  const last = (name: string) => headers.get(name)?.split(",").at(0)?.trim();
  const scheme = (last("x-forwarded-proto") ?? new URL(url).protocol).startsWith("https") ? "https" : "http";
  const host = last("x-forwarded-host") ?? headers.get("host") ?? new URL(url).host;
  return new URL(`${scheme}://${host}`).origin;
}
