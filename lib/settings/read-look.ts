import { db, type Tx } from "@/lib/db/client";
import { lookOf, type Look } from "@/lib/schemas/site-look";

/** Of every page; the long texts are read where they are shown. */
const LONG = ["terms", "privacy"];

/** What was set of the site's name and look, with its texts whole. */
export async function readLook(tx: Tx = db()): Promise<Look> {
  const rows = await tx.setting.findMany({ select: { key: true, value: true } });
  return lookOf(Object.fromEntries(rows.map(({ key, value }) => [key, value])));
}

/** The same for every page: of terms only whether there are some. */
export async function readPageLook(tx: Tx = db()): Promise<PageLook> {
  const rows = await tx.$queryRaw<{ key: string; value: unknown }[]>`
    select key, case when key = any (${LONG}) then '"set"'::jsonb else value end as value from settings`;
  const {
    terms,
    privacy: _,
    ...look
  } = lookOf(Object.fromEntries(rows.map(({ key, value }) => [key, value])));
  return { ...look, hasTerms: terms !== null };
}

export type PageLook = Omit<Look, "terms" | "privacy"> & { hasTerms: boolean };
