import type { Actor } from "@/lib/audit/actor";
import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { removeJob, retryJobs, type ChangedJob } from "@/lib/queue/change-jobs";
import type { QueueChange } from "@/lib/schemas/administration/queue";

/**
 * Have failed jobs done again, one or all of a kind, or remove one that is tried no more.
 * @returns how many jobs that was
 * @throws SalonError not_found for a job that has not failed, or is in a worker's hands
 */
export function changeQueue(ask: { change: QueueChange; by: Actor }, tx?: Tx): Promise<number> {
  const { change, by } = ask;
  return atomically(tx, async (tx) => {
    if (change.action === "remove") {
      const job = await removeJob(change.job, tx);
      if (job === null) {
        throw new SalonError(
          "not_found",
          `No job ${change.job} has failed for the last time: nothing to remove.`,
        );
      }
      await recordJob(by, job, null, tx);
      return 1;
    }
    const jobs = await retryJobs(change, tx);
    if ("job" in change && jobs.length === 0) {
      throw new SalonError(
        "not_found",
        `No job ${change.job} has failed: it is done, waits or runs already.`,
      );
    }
    if ("job" in change) await recordJob(by, jobs[0], { attempts: 0 }, tx);
    else if (jobs.length > 0) {
      const subject = { kind: "jobs", id: change.kind, label: change.kind };
      const counts = { before: { failed: jobs.length }, after: { failed: 0 } };
      await recordChange(tx, { by, action: "queue.manage", subject, ...counts });
    }
    return jobs.length;
  });
}

const recordJob = (
  by: Actor,
  { id, kind, attempts }: ChangedJob,
  after: { attempts: number } | null,
  tx: Tx,
) =>
  recordChange(tx, {
    by,
    action: "queue.manage",
    subject: { kind: "job", id, label: kind },
    before: { attempts },
    after,
  });
