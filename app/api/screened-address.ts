/** Why a request goes to no route, or null where it may: Next.js itself answers these with an error of its own. */
export function refusalOf({
  method = "GET",
  url = "/",
}: {
  method?: string;
  url?: string;
}): "method" | "address" | null {
  // No Request can be made of it.
  if (method === "TRACE") return "method";
  const [path, query = ""] = url.split("?", 2);
  // PostgreSQL's text cannot hold U+0000, so nothing that is stored has one in its address.
  const named = decoded(path);
  if (named === null || named.includes("\0") || (!isApi(path) && query.includes("%00"))) return "address";
  return null;
}

/** Whether an address answers programs, in JSON, rather than people. The API says itself what is wrong with a query. */
export function isApi(url: string): boolean {
  return /^\/(api|media)(\/|$)/.test(url);
}

/** A path without its percent signs; null where they stand for no text. */
function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
