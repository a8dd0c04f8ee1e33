import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";

const HOUR_MS = 3_600_000;

/** Snapshots younger than this are all kept. */
export const KEEP_ALL_MS = 24 * HOUR_MS;
/** Of those younger than this the last one of each hour is kept; of older ones the last one of each day (UTC). */
export const KEEP_HOURLY_MS = 7 * 24 * HOUR_MS;

/** Removed by one statement: each takes its rows along. */
const BATCH = 500;

/**
 * Remove the snapshots that the retention rule lets go. A fit and its successor of a second later differ by a few votes,
 * and any of them can be computed again from the log, which is never thinned. The newest of each board, category and
 * control stays whatever its age. Safe to run twice, by many workers at once, and to kill.
 * @param now milliseconds since 1970
 * @returns how many were removed
 */
export async function thinSnapshots(db: Db, now: number): Promise<number> {
  let removed = 0;
  for (const table of ["RatingSnapshot", "CriterionSnapshot"] as const) {
    for (;;) {
      const count = await inTransaction((tx) => thin(table, now, tx), db);
      removed += count;
      if (count < BATCH) break;
    }
  }
  return removed;
}

async function thin(table: "RatingSnapshot" | "CriterionSnapshot", now: number, tx: Tx): Promise<number> {
  const name = Prisma.raw(`"${table}"`);
  const series = Prisma.raw(
    table === "RatingSnapshot" ? `"boardId", category, control` : `"boardId", category`,
  );
  const [all, hourly] = [new Date(now - KEEP_ALL_MS), new Date(now - KEEP_HOURLY_MS)];
  return tx.$executeRaw`
    delete from ${name} where id in (
      select id from (
        select id, "createdAt",
          row_number() over (partition by ${series} order by "createdAt" desc, id desc) as age,
          row_number() over (
            partition by ${series}, case
              when "createdAt" >= ${hourly} then date_trunc('hour', "createdAt", 'utc')
              else date_trunc('day', "createdAt", 'utc') end, "createdAt" >= ${hourly}
            order by "createdAt" desc, id desc) as place
        from ${name} where "createdAt" < ${all}
          or id in (select distinct on (${series}) id from ${name} order by ${series}, "createdAt" desc, id desc)
      ) old
      where age > 1 and place > 1 and "createdAt" < ${all}
      limit ${BATCH}
    )`;
}
