import { recordChange } from "@/lib/audit/record-change";
import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import { SalonError } from "@/lib/errors";
import { listKeys } from "@/lib/installation/keys/list-keys";
import { holdKeys } from "@/lib/installation/keys/rotate-keys";
import { keyRing, writeSealingKeys } from "@/lib/secrets/sealing-keys";

/** So long after a key was made, nothing that is on its way can still be sealed with the one before. */
export const SETTLED_MS = 10 * 60_000;

/** When the keys before the current one may be dropped, if they seal nothing by then; null: at any time. */
export const droppableFrom = (madeAt: Date | null): Date | null =>
  madeAt === null ? null : new Date(madeAt.getTime() + SETTLED_MS);

/**
 * Forget the data folder's keys that are not current and seal nothing of the database any more. Backups from before need them.
 * @param now milliseconds since 1970
 * @returns the ids of those that are gone
 * @throws SalonError conflict while one of them still seals something, or the current one is too new, or beside SEALING_KEYS
 */
export function dropKeys({ now }: { now: number }, db: Db): Promise<string[]> {
  return inTransaction((tx) => drop(now, tx), db);
}

async function drop(now: number, tx: Tx): Promise<string[]> {
  await holdKeys(tx);
  if (env().SEALING_KEYS !== undefined) {
    throw new SalonError(
      "conflict",
      "The keys come from SEALING_KEYS: take those that seal nothing out of it.",
    );
  }
  const [current, ...older] = await keyRing();
  const old = older.filter(({ from }) => from === "file");
  if (old.length === 0) return [];
  const from = droppableFrom(current.madeAt);
  if (from !== null && now < from.getTime()) {
    throw new SalonError("conflict", `Key ${current.id} is new: wait until ${from.toISOString()}.`);
  }
  const { keys } = await listKeys(tx);
  const used = keys.find(({ id, seals }) => seals > 0 && old.some((key) => key.id === id));
  if (used !== undefined) {
    throw new SalonError(
      "conflict",
      `Key ${used.id} still seals ${used.seals} of the stored keys: run \`salon keys rotate\` first.`,
    );
  }
  for (const { id } of old) {
    await recordChange(tx, {
      by: "operator",
      action: "keys.drop",
      subject: { kind: "sealing", id, label: id },
      before: { known: true },
      after: null,
    });
  }
  await writeSealingKeys([current]);
  return old.map(({ id }) => id);
}
