import { cache } from "react";
import { readPageLook, type PageLook } from "@/lib/settings/read-look";
import { FIRST_NAME, lookOf } from "@/lib/schemas/administration/site-look";

/** The site's name and look, once for all parts of a page; a page that needs no database comes without one too. */
export const currentLook = cache((): Promise<PageLook> =>
  readPageLook().catch(() => ({ ...lookOf({}), hasTerms: false, logo: null })),
);

/** What the site is called. */
export const siteName = async (): Promise<string> => (await currentLook()).siteName ?? FIRST_NAME;
