import { SalonError } from "@/lib/errors";

/**
 * Refuse a change that another site's page makes a browser send with our cookie. Clients that are no browsers send
 * neither header and are let through.
 * @throws SalonError "forbidden"
 */
export function requireSameOrigin(request: Request): void {
  const { headers } = request;
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  const host = headers.get("x-forwarded-host") ?? headers.get("host");
  const isForeign =
    site !== null
      ? site !== "same-origin" && site !== "none"
      : origin !== null && (!URL.canParse(origin) || new URL(origin).host !== host);
  if (isForeign) throw new SalonError("forbidden", "Changes are taken from this site's own pages only.");
}
