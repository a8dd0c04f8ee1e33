import { db, type Tx } from "@/lib/db/client";
import { LOGO_SETTING } from "./logo";
import { LOOK_NAMES, lookOf, type Look } from "@/lib/schemas/administration/site-look";

/** Of every page; the long texts are read where they are shown. */
const LONG = ["terms", "privacy"];

/** What was set of the site's name and look, with its texts whole. */
export async function readLook(tx: Tx = db()): Promise<Look> {
  const rows = await tx.setting.findMany({
    where: { key: { in: LOOK_NAMES } },
    select: { key: true, value: true },
  });
  return lookOf(Object.fromEntries(rows.map(({ key, value }) => [key, value])));
}

/** The same for every page: of terms only whether there are some. */
export async function readPageLook(tx: Tx = db()): Promise<PageLook> {
  const rows = await tx.$queryRaw<{ key: string; value: unknown }[]>`
    select key, case when key = any (${LONG}) then '"set"'::jsonb else value end as value
    from settings where key = any (${LOOK_NAMES})
    union all
    select key, value -> 'hash' from settings where key = ${LOGO_SETTING}`;
  const found: Record<string, unknown> = Object.fromEntries(rows.map(({ key, value }) => [key, value]));
  const { terms, privacy: _, ...look } = lookOf(found);
  const logo = found[LOGO_SETTING];
  return { ...look, hasTerms: terms !== null, logo: typeof logo === "string" ? logo : null };
}

export type PageLook = Omit<Look, "terms" | "privacy"> & {
  hasTerms: boolean;
  /** By which its logo is known (logo.ts); null: Salon's mark. */
  logo: string | null;
};
