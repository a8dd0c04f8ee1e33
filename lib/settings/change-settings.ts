import type { Actor } from "@/lib/audit/actor";
import { recordChange } from "@/lib/audit/record-change";
import { SETTINGS } from "@/lib/access/switches";
import { atomically } from "@/lib/db/atomically";
import { db, type Tx } from "@/lib/db/client";
import { claimEdit, readRevision, type Edited } from "@/lib/edits/claim-edit";
import type { SettingsChange, SettingsView } from "@/lib/schemas/settings";
import { readKept, readSwitches } from "./read-switches";

const SITE: Edited = { kind: "site", id: "settings" };

/** The site's settings, each with whether it was set on the site. */
export async function readSettings(tx: Tx = db()): Promise<SettingsView> {
  // First: a revision older than the values asks once more than needed, a newer one would overwrite them.
  const revision = await readRevision(SITE, tx);
  const [{ kept }, switches] = [await readKept(tx), await readSwitches(tx)];
  const settings = SETTINGS.map((name) => [name, { value: switches[name], isSet: kept[name] !== undefined }]);
  return { ...(Object.fromEntries(settings) as Omit<SettingsView, "revision">), revision };
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
    const { kept: before } = await readKept(tx);
    for (const key of SETTINGS) {
      const value = change[key];
      if (value === undefined) continue;
      if (value === null) await tx.setting.deleteMany({ where: { key } });
      else {
        const update = { value, voterId, updatedAt: new Date() };
        await tx.setting.upsert({ where: { key }, create: { key, ...update }, update });
      }
    }
    const { kept: after } = await readKept(tx);
    const told = (kept: typeof before) => Object.fromEntries(SETTINGS.map((key) => [key, kept[key] ?? null]));
    await recordChange(tx, {
      by,
      action: "settings.change",
      subject: { ...SITE, label: "settings" },
      before: told(before),
      after: told(after),
    });
  });
}
