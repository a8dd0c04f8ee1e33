import { inTransaction, type Db } from "@/lib/db/client";
import { enqueueExamination } from "@/lib/queue/requests/request-diagnostics";

/**
 * Queue the examination of published runs that have neither one nor a job for it: runs from before there were any, and
 * those whose job was removed by hand. A job that has used up its attempts is left as it is: its reason has not changed.
 * @returns ids of the runs
 */
export async function enqueueUnexamined(db: Db): Promise<string[]> {
  const runs = await db.$queryRaw<{ id: string }[]>`
    select r.id from runs r
    where r.state = 'PUBLISHED'
      and not exists (select from run_examinations e where e.run_id = r.id)
      and not exists (select from graphile_worker.jobs j where j.key = r.id || ':examine')`;
  for (const { id } of runs) await inTransaction((tx) => enqueueExamination(id, tx), db);
  return runs.map(({ id }) => id);
}
