import { isDiskLow } from "@/lib/artifacts/disk-space";
import { db, type Tx } from "@/lib/db/client";
import { countJobs, listWorkers } from "@/lib/queue/list-jobs";
import type { AdminCounts } from "@/lib/schemas/administration/administration";
import { storageReport } from "@/lib/schemas/administration/storage";

/** What the index of the admin pages says of each: how much there is, and what waits for somebody. */
export async function readAdminCounts(tx: Tx = db()): Promise<AdminCounts> {
  const [jobs, workers] = [await countJobs(tx), await listWorkers(tx)];
  const [rest] = await tx.$queryRaw<[Omit<AdminCounts, "queue" | "storage">]>`
    select
      (select json_build_object('all', count(*), 'waiting', count(*) filter (where review = 'WAITING'),
        'hidden', count(*) filter (where hidden_at is not null))
        from models where removed_at is null) as models,
      (select json_build_object('all', count(*), 'paused', count(*) filter (where state = 'PAUSED'),
        'waiting', count(*) filter (where owner_id is not null and admitted_at is null)) from judges) as judges,
      (select json_build_object('all', count(*), 'failed', count(*) filter (where state = 'FAILED'))
        from reference_sets) as references,
      (select json_build_object('all', count(*)) from prompt_sets where archived_at is null) as "promptSets",
      (select json_build_object('all', count(*)) from boards where archived_at is null) as boards,
      (select json_build_object('held', count(*)) from votes v join quarantines q on q.id = v.quarantine_id
        where v.status = 'QUARANTINED' and q.state = 'OPEN') as votes,
      (select json_build_object('open', (select count(*) from sample_reports where state = 'OPEN'),
        'held', (select count(*) from samples where state = 'HELD'))) as reports,
      (select json_build_object('all', count(*), 'disabled', count(*) filter (where disabled_at is not null))
        from users) as users`;
  const sum = (name: "waiting" | "retrying" | "failed") =>
    jobs.reduce((total, kind) => total + kind[name], 0);
  const queue = {
    workers: workers.length,
    waiting: sum("waiting"),
    retrying: sum("retrying"),
    failed: sum("failed"),
  };
  const storage = { bytes: await bytesKept(tx), isLow: await isDiskLow() };
  return { queue, storage, ...rest };
}

/** Bytes of all that Salon keeps, as a worker last measured; null: none has. */
async function bytesKept(tx: Tx): Promise<number | null> {
  const last = await tx.storageReport.findUnique({ where: { id: 1 } });
  const report = storageReport.safeParse(last?.report).data;
  if (report === undefined) return null;
  const { samples, references, other, derivatives, uploads, logs, database } = report;
  return [samples, references, other, derivatives, uploads, logs].reduce(
    (sum, { bytes }) => sum + bytes,
    database,
  );
}
