import { inTransaction, type Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { env } from "@/lib/env";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Erased by one statement. */
const BATCH = 5_000;

/**
 * Erase what is kept of addresses once it is ADDRESS_HASH_DAYS old: from battles, votes, quarantines and the audit log. Safe to run
 * twice, by many workers at once, and to kill.
 * @param now milliseconds since 1970
 * @returns how many battles and votes lost theirs
 */
export async function eraseAddressHashes(db: Db, now: number): Promise<number> {
  const before = new Date(now - env().ADDRESS_HASH_DAYS * DAY_MS);
  let erased = 0;
  for (const table of [Prisma.sql`battles`, Prisma.sql`votes`]) {
    for (;;) {
      const count = await inTransaction(
        (tx) => tx.$executeRaw`
          update ${table} set address_hash = null, network_hash = null where id in (
            select id from ${table}
            where (address_hash is not null or network_hash is not null)
              and created_at < ${before}
            limit ${BATCH} for update skip locked)`,
        db,
      );
      erased += count;
      if (count < BATCH) break;
    }
  }
  await db.quarantine.updateMany({
    where: { groupKind: { not: "VOTER" }, groupKey: { not: null }, createdAt: { lt: before } },
    data: { groupKey: null },
  });
  await db.auditEvent.updateMany({
    where: { addressHash: { not: null }, at: { lt: before } },
    data: { addressHash: null },
  });
  return erased;
}
