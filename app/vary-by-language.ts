import type { ServerResponse } from "node:http";

/** What a page's language is chosen by (app/language.ts). */
const CHOSEN_BY = "Accept-Language, Cookie";
/** What is the same whatever language who asks speaks. */
const IN_ONE_LANGUAGE = /^\/(?:api|media|embed|_next)\//;

/** Have a page's answer say that it depends on who asks. Next.js sets the header anew for each page, so it is added to that. */
export function varyByLanguage(url: string | undefined, response: ServerResponse): void {
  if (IN_ONE_LANGUAGE.test(url ?? "")) return;
  const set = response.setHeader.bind(response);
  response.setHeader = (name, value) => {
    const isMissing = name.toLowerCase() === "vary" && !String(value).includes(CHOSEN_BY);
    return set(name, isMissing ? `${String(value)}, ${CHOSEN_BY}` : value);
  };
  set("vary", CHOSEN_BY);
}
