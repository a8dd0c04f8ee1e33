import { cookies, headers } from "next/headers";
import { cache } from "react";
import { env } from "@/lib/env";
import { LANGUAGE_COOKIE, languageFor, type Language } from "@/lib/schemas/languages";

/** The language of the page that is being rendered; found once for all parts of it. */
export const currentLanguage = cache(async (): Promise<Language> => {
  const chosen = (await cookies()).get(LANGUAGE_COOKIE)?.value;
  return languageFor(chosen, (await headers()).get("accept-language"), env().PSEUDO_LANGUAGE);
});
