import { createHash } from "node:crypto";
import type { Actor } from "@/lib/audit/actor";
import { recordChange } from "@/lib/audit/record-change";
import { QUOTA_KEYS, quotaOf, type QuotaSettings } from "@/lib/access/quotas";
import { SETTINGS, type Setting } from "@/lib/access/switches";
import { atomically } from "@/lib/db/atomically";
import { db, type Tx } from "@/lib/db/client";
import { claimEdit, readRevision } from "@/lib/edits/claim-edit";
import { env } from "@/lib/env";
import type { SettingsChange, SettingsView } from "@/lib/schemas/administration/settings";
import { LOOK_NAMES, type Look } from "@/lib/schemas/administration/site-look";
import { QUOTAS_SETTING, readQuotas } from "./kept-quotas";
import { readLogoHash } from "./logo";
import { readLook } from "./read-look";
import { readKept, readSwitches } from "./read-switches";
import { SITE } from "./site-edit";

/** The site's settings, each with whether it was set on the site. */
export async function readSettings(tx: Tx = db()): Promise<SettingsView> {
  // First: a revision older than the values asks once more than needed, a newer one would overwrite them.
  const revision = await readRevision(SITE, tx);
  const [{ kept }, switches, quotas] = [await readKept(tx), await readSwitches(tx), await readQuotas(tx)];
  const settings = SETTINGS.map((name) => [name, { value: switches[name], isSet: kept[name] !== undefined }]);
  const bounds = QUOTA_KEYS.map((key) => [
    key,
    { value: quotaOf(key, quotas, env().QUOTAS), isSet: quotas[key] !== undefined },
  ]);
  return {
    ...(Object.fromEntries(settings) as Record<Setting, SettingsView[Setting]>),
    quotas: Object.fromEntries(bounds) as SettingsView["quotas"],
    look: await readLook(tx),
    logo: await readLogoHash(tx),
    revision,
  };
}

/**
 * Set what is given, all or none; null goes back to what the environment says. Holds from the next request on.
 * @throws SalonError conflict when somebody else set something since `by` had read the settings
 */
export function changeSettings(ask: { change: SettingsChange; by: Actor }, tx?: Tx): Promise<void> {
  const { change, by } = ask;
  const voterId = typeof by === "string" ? null : by.voterId;
  return atomically(tx, async (tx) => {
    await claimEdit({ thing: SITE, by }, tx);
    const before = await keptForLog(tx);
    for (const key of SETTINGS) {
      const value = change[key];
      if (value !== undefined) await keep(key, value, voterId, tx);
    }
    for (const key of LOOK_NAMES) {
      const value = change[key];
      if (value !== undefined) await keep(key, value, voterId, tx);
    }
    if (change.quotas !== undefined) {
      const quotas = { ...(await readQuotas(tx)), ...boundsOf(change.quotas) };
      for (const key of QUOTA_KEYS) if (change.quotas[key] === null) delete quotas[key];
      await keep(QUOTAS_SETTING, Object.keys(quotas).length === 0 ? null : quotas, voterId, tx);
    }
    const after = await keptForLog(tx);
    await recordChange(tx, {
      by,
      action: "settings.change",
      subject: { ...SITE, label: "settings" },
      before,
      after,
    });
  });
}

/** A setting's row; null: there is none, as the environment says. */
async function keep(
  key: string,
  value: boolean | string | string[] | QuotaSettings | null,
  voterId: string | null,
  tx: Tx,
): Promise<void> {
  if (value === null) return void (await tx.setting.deleteMany({ where: { key } }));
  const update = { value, voterId, updatedAt: new Date() };
  await tx.setting.upsert({ where: { key }, create: { key, ...update }, update });
}

/** The bounds that a change sets, "none" among them. */
const boundsOf = (change: NonNullable<SettingsChange["quotas"]>): QuotaSettings =>
  Object.fromEntries(
    Object.entries(change)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => [key, value === "none" ? null : value]),
  ) as QuotaSettings;

/** What the audit log compares: what is set, each by its name. */
async function keptForLog(tx: Tx): Promise<Record<string, boolean | number | string | null>> {
  const [{ kept }, quotas] = [await readKept(tx), await readQuotas(tx)];
  return {
    ...Object.fromEntries(SETTINGS.map((key) => [key, kept[key] ?? null])),
    ...lookForLog(await readLook(tx)),
    ...Object.fromEntries(
      QUOTA_KEYS.map((key) => [key, quotas[key] === null ? "none" : (quotas[key] ?? null)]),
    ),
  };
}

/** Of long texts, and of whom people write to, the log says that they changed and no more. */
function lookForLog({ terms, privacy, contact, homeBoards, ...look }: Look) {
  const print = (text: string | null) =>
    text === null ? null : `sha256 ${createHash("sha256").update(text).digest("hex").slice(0, 12)}`;
  return {
    ...look,
    homeBoards: homeBoards?.join(", ") ?? null,
    terms: print(terms),
    privacy: print(privacy),
    contact: print(contact),
  };
}
