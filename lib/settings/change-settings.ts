import { SETTINGS } from "@/lib/access/switches";
import { atomically } from "@/lib/db/atomically";
import { db, type Tx } from "@/lib/db/client";
import type { SettingsChange, SettingsView } from "@/lib/schemas/settings";
import { readKept, readSwitches } from "./read-switches";

/** The site's settings, each with whether it was set on the site. */
export async function readSettings(tx: Tx = db()): Promise<SettingsView> {
  const [{ kept }, switches] = [await readKept(tx), await readSwitches(tx)];
  return Object.fromEntries(
    SETTINGS.map((name) => [name, { value: switches[name], isSet: kept[name] !== undefined }]),
  ) as SettingsView;
}

/**
 * Set what is given, all or none; null goes back to what the environment says. Holds from the next request on.
 * @param ask.voterId who sets it; null: the command line
 */
export function changeSettings(
  ask: { change: SettingsChange; voterId: string | null },
  tx?: Tx,
): Promise<void> {
  return atomically(tx, async (tx) => {
    for (const key of SETTINGS) {
      const value = ask.change[key];
      if (value === undefined) continue;
      if (value === null) await tx.setting.deleteMany({ where: { key } });
      else {
        const update = { value, voterId: ask.voterId, updatedAt: new Date() };
        await tx.setting.upsert({ where: { key }, create: { key, ...update }, update });
      }
    }
  });
}
