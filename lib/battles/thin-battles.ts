import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { env } from "@/lib/env";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Removed by one statement. */
const BATCH = 5_000;

/**
 * Remove battles that nobody voted on once they are ABANDONED_BATTLE_DAYS old, with the prompts and images of live ones,
 * and then voters of that age who have neither battle nor vote nor account. A battle's token is stale after a day, what the vote rules
 * make of battles left without a vote is of younger ones, and no rating is made from them. A returning cookie's voter is
 * made again. Safe to run twice, by many workers at once, and to kill.
 * @param now milliseconds since 1970
 */
export async function thinBattles(db: Db, now: number): Promise<{ battles: number; voters: number }> {
  const before = new Date(now - env().ABANDONED_BATTLE_DAYS * DAY_MS);
  const old = Prisma.sql`created_at < ${before}`;
  return {
    battles: await inBatches((tx) => removeBattles(old, tx), db),
    voters: await inBatches(
      (tx) => tx.$executeRaw`
        delete from voters u where u.id in (
          select id from voters o where ${old}
            and not exists (select 1 from battles b where b.voter_id = o.id)
            and not exists (select 1 from votes v where v.voter_id = o.id)
            and not exists (select 1 from users a where a.voter_id = o.id)
          limit ${BATCH} for update skip locked)`,
      db,
    ),
  };
}

async function inBatches(remove: (tx: Tx) => Promise<number>, db: Db): Promise<number> {
  for (let removed = 0; ;) {
    const count = await inTransaction(remove, db);
    removed += count;
    if (count < BATCH) return removed;
  }
}

async function removeBattles(old: Prisma.Sql, tx: Tx): Promise<number> {
  const gone = await tx.$queryRaw<{ kind: string; promptId: string }[]>`
    delete from battles where id in (
      select b.id from battles b
      where ${old} and not exists (select 1 from votes v where v.battle_id = b.id)
      limit ${BATCH} for update skip locked)
    returning kind::text, prompt_id as "promptId"`;
  // A voter's own prompt and its images belong to that one battle; the artifact sweep takes the bytes.
  const prompts = gone.filter(({ kind }) => kind === "LIVE").map(({ promptId }) => promptId);
  await tx.sample.deleteMany({ where: { promptId: { in: prompts } } });
  await tx.prompt.deleteMany({ where: { id: { in: prompts } } });
  return gone.length;
}
