import { db, type Tx } from "@/lib/db/client";
import { countJobs, listWorkers } from "@/lib/queue/list-jobs";
import type { AdminCounts } from "@/lib/schemas/administration";

/** What the index of the admin pages says of each: how much there is, and what waits for somebody. */
export async function readAdminCounts(tx: Tx = db()): Promise<AdminCounts> {
  const [jobs, workers] = [await countJobs(tx), await listWorkers(tx)];
  const [rest] = await tx.$queryRaw<[Omit<AdminCounts, "queue">]>`
    select
      (select json_build_object('all', count(*), 'waiting', count(*) filter (where review = 'WAITING'),
        'hidden', count(*) filter (where hidden_at is not null))
        from models where removed_at is null) as models,
      (select json_build_object('all', count(*), 'paused', count(*) filter (where state = 'PAUSED'),
        'waiting', count(*) filter (where owner_id is not null and admitted_at is null)) from judges) as judges,
      (select json_build_object('all', count(*), 'failed', count(*) filter (where state = 'FAILED'))
        from reference_sets) as references,
      (select json_build_object('all', count(*)) from prompt_sets where archived_at is null) as "promptSets",
      (select json_build_object('all', count(*)) from boards where archived_at is null) as boards`;
  const sum = (name: "waiting" | "retrying" | "failed") =>
    jobs.reduce((total, kind) => total + kind[name], 0);
  const queue = {
    workers: workers.length,
    waiting: sum("waiting"),
    retrying: sum("retrying"),
    failed: sum("failed"),
  };
  return { queue, ...rest };
}
