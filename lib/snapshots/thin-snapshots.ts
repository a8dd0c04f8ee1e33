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
  for (const table of ["rating_snapshots", "criterion_snapshots"] as const) {
    for (;;) {
      const count = await inTransaction((tx) => thin(table, now, tx), db);
      removed += count;
      if (count < BATCH) break;
    }
  }
  return removed;
}

async function thin(table: "rating_snapshots" | "criterion_snapshots", now: number, tx: Tx): Promise<number> {
  const name = Prisma.raw(table);
  const series = Prisma.raw(
    table === "rating_snapshots" ? "board_id, category, control" : "board_id, category",
  );
  const [all, hourly] = [new Date(now - KEEP_ALL_MS), new Date(now - KEEP_HOURLY_MS)];
  return tx.$executeRaw`
    delete from ${name} where id in (
      select id from (
        select id, created_at,
          row_number() over (partition by ${series} order by created_at desc, id desc) as age,
          row_number() over (
            partition by ${series}, case
              when created_at >= ${hourly} then date_trunc('hour', created_at, 'utc')
              else date_trunc('day', created_at, 'utc') end, created_at >= ${hourly}
            order by created_at desc, id desc) as place
        from ${name} where created_at < ${all}
          or id in (select distinct on (${series}) id from ${name} order by ${series}, created_at desc, id desc)
      ) old
      where age > 1 and place > 1 and created_at < ${all}
      limit ${BATCH}
    )`;
}
