import { recordChange } from "@/lib/audit/record-change";
import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { env } from "@/lib/env";
import { SalonError } from "@/lib/errors";
import { listKeys, type KeyUse } from "@/lib/installation/keys/list-keys";
import { SEALED_COLUMNS } from "@/lib/installation/sealed-keys";
import { openKey } from "@/lib/secrets/open-key";
import { sealedWith, sealKey } from "@/lib/secrets/seal-key";
import { keyRing, newSealingKey, writeSealingKeys, type KeyRing } from "@/lib/secrets/sealing-keys";

/** Rows of one transaction: whoever changes one of them waits for so many at most. */
const BATCH = 100;

export interface Rotation {
  /** Of the key that seals now. */
  id: string;
  /** Whether it was made by this call; an earlier one may have ended before its time. */
  isNew: boolean;
  /** How much was sealed anew. */
  resealed: number;
  /** All keys and what they seal now. */
  use: KeyUse;
}

/**
 * Seal all that is stored with a new key, or go on with that where an earlier call was cut short. Safe while sites and workers run:
 * they read the keys each time they need one, and those before stay known. Safe to kill, and to run twice: each batch is whole, and
 * what is sealed with the current key is left alone. What cannot be opened stays as it is.
 * @param options.given the new key, 64 hexadecimal digits; one is made unless told
 * @throws SalonError invalid_request for a key that is none; conflict for one that is known already, or beside SEALING_KEYS, which
 *   says itself which one is current
 */
export async function rotateKeys({ given }: { given?: string }, db: Db): Promise<Rotation> {
  const begun = await inTransaction((tx) => begin(given, tx), db);
  let resealed = 0;
  // A submission that was on its way may have sealed with the key before: until a round finds nothing.
  for (let round = Infinity; round > 0; resealed += round) {
    round = 0;
    for (const { table, column } of SEALED_COLUMNS) round += await resealColumn(table, column, db);
  }
  return { ...begun, resealed, use: await listKeys(db) };
}

/** Decide which key is current from here on, one caller at a time. */
async function begin(given: string | undefined, tx: Tx): Promise<{ id: string; isNew: boolean }> {
  await holdKeys(tx);
  const ring = await keyRing();
  const { keys } = await listKeys(tx);
  const isUnfinished = keys.some(({ isCurrent, seals }) => !isCurrent && seals > 0);
  const isSet = env().SEALING_KEYS !== undefined;
  if (isSet && given !== undefined) {
    throw new SalonError(
      "conflict",
      "The keys come from SEALING_KEYS: put the new one there, before the others.",
    );
  }
  if (isSet && !isUnfinished) return { id: ring[0].id, isNew: false };
  const isNew = !isSet && (given !== undefined || !isUnfinished);
  const current = isNew ? newSealingKey(given) : ring[0];
  if (isNew) {
    if (ring.some(({ id }) => id === current.id))
      throw new SalonError("conflict", `Key ${current.id} is known already.`);
    await writeSealingKeys([current, ...ring.filter(({ from }) => from === "file")]);
  }
  await recordChange(tx, {
    by: "operator",
    action: "keys.rotate",
    subject: { kind: "sealing", id: current.id, label: current.id },
    before: { current: isNew ? ring[0].id : null },
    after: { current: current.id },
  });
  return { id: current.id, isNew };
}

/** Until the transaction ends nobody else changes which keys there are. */
export const holdKeys = (tx: Tx) =>
  tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('salon:sealing-keys', 0))`;

/** @returns how many were sealed anew */
async function resealColumn(table: string, column: string, db: Db): Promise<number> {
  let [after, resealed] = ["", 0];
  for (;;) {
    const batch = await inTransaction((tx) => resealBatch(table, column, after, tx), db);
    if (batch === null) return resealed;
    after = batch.last;
    resealed += batch.resealed;
  }
}

/** @returns null where no row is left */
async function resealBatch(
  table: string,
  column: string,
  after: string,
  tx: Tx,
): Promise<{ last: string; resealed: number } | null> {
  const ring = await keyRing();
  const older = ring.slice(1).map(({ id }) => Buffer.from(id, "hex"));
  const [from, what] = [Prisma.raw(table), Prisma.raw(column)];
  const rows = await tx.$queryRaw<{ id: string; sealed: Uint8Array }[]>`
    select id, ${what} as sealed from ${from}
    where id > ${after} and substring(${what} from 2 for 4) = any (${older}) order by id limit ${BATCH} for update`;
  if (rows.length === 0) return null;
  let resealed = 0;
  for (const { id, sealed } of rows) {
    const anew = resealedFor(sealed, id, ring);
    if (anew === null) continue;
    await tx.$executeRaw`update ${from} set ${what} = ${anew} where id = ${id}`;
    resealed++;
  }
  return { last: rows.at(-1)!.id, resealed };
}

/** null: it stays as it is. */
function resealedFor(sealed: Uint8Array, id: string, ring: KeyRing): Uint8Array<ArrayBuffer> | null {
  if (sealedWith(sealed) === ring[0].id) return null;
  try {
    return sealKey(openKey(sealed, id, ring), id, ring[0]);
  } catch (error) {
    if (error instanceof SalonError) return null;
    throw error;
  }
}
