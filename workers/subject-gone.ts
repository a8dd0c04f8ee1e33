import type { Db } from "@/lib/db/client";

/** The rows that jobs are about, as their payloads name them. */
const SUBJECTS = {
  runId: (id: string, db: Db) => db.run.count({ where: { id } }),
  first: (id: string, db: Db) => db.run.count({ where: { id } }),
  second: (id: string, db: Db) => db.run.count({ where: { id } }),
  taskId: (id: string, db: Db) => db.judgeTask.count({ where: { id } }),
  judgeId: (id: string, db: Db) => db.judge.count({ where: { id } }),
  uploadId: (id: string, db: Db) => db.sampleUpload.count({ where: { id } }),
  deliveryId: (id: string, db: Db) => db.webhookDelivery.count({ where: { id } }),
  referenceSetId: (id: string, db: Db) => db.referenceSet.count({ where: { id } }),
};

/**
 * Whether something that a job is about has been removed, such as a run with its model or a task with its judge: what the job
 * then trips over (a row that is missing, a foreign key) is no failure, and there is nothing left to do.
 */
export async function isSubjectGone(payload: object, db: Db): Promise<boolean> {
  const named = Object.entries(payload) as [string, unknown][];
  const counts = await Promise.all(
    named.map(([name, id]) =>
      name in SUBJECTS && typeof id === "string" ? SUBJECTS[name as keyof typeof SUBJECTS](id, db) : 1,
    ),
  );
  return counts.includes(0);
}
