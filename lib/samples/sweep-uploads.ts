import { dropStaged, listStaged } from "@/lib/artifacts/staged-upload";
import { inTransaction, type Db } from "@/lib/db/client";
import { timeOfId } from "@/lib/ids";
import { OPEN_UPLOAD } from "@/lib/runs/open-upload";
import { enqueueImport } from "@/lib/samples/enqueue-import";
import { failUpload } from "@/lib/samples/fail-upload";
import { settleReceived } from "@/lib/samples/receive-part";
import { ABANDONED_MS, LONGEST_MS } from "@/lib/samples/upload-limits";

/** A file whose row is not there yet belongs to a request that is being answered. */
const YOUNG_MS = 3600_000;

/**
 * Queue again the reading of uploads whose job is lost (of what a command reads, once it stands still), and hand on those that came whole while the site stopped.
 * @returns how many were queued
 */
export async function requeueStalledUploads(db: Db): Promise<number> {
  const coming = await db.sampleUpload.findMany({
    where: { state: "RECEIVING", receivedBytes: { gt: 0 } },
    select: { id: true, bytes: true },
  });
  for (const upload of coming) await settleReceived(upload, db);
  const stalled = await db.$queryRaw<{ id: string }[]>`
    select u.id from sample_uploads u
    where u.state = 'READING' and (u.staged or u.touched_at < now() - interval '10 minutes') and not exists (
      select from graphile_worker.jobs j
      where j.key = u.run_id || ':import' and (j.attempts < j.max_attempts or j.locked_at is not null)
    )`;
  for (const { id } of stalled) {
    await inTransaction(async (tx) => {
      if ((await tx.sampleUpload.count({ where: { id, state: "READING" } })) > 0) await enqueueImport(id, tx);
    }, db);
  }
  return stalled.length;
}

/**
 * End uploads to which nothing came for days, and those of cancelled runs; delete files that no upload waits for.
 * @returns how many uploads were ended
 */
export async function sweepUploads(db: Db, now: number): Promise<number> {
  const abandoned = await db.sampleUpload.findMany({
    where: {
      state: "RECEIVING",
      OR: [
        { touchedAt: { lt: new Date(now - ABANDONED_MS) } },
        { createdAt: { lt: new Date(now - LONGEST_MS) } },
      ],
    },
    select: { id: true },
  });
  for (const { id } of abandoned) await failUpload(id, { code: "upload_abandoned" }, db);
  const cancelled = await db.sampleUpload.findMany({
    where: { state: { in: [...OPEN_UPLOAD] }, run: { state: "CANCELLED" } },
    select: { id: true },
  });
  for (const { id } of cancelled) await failUpload(id, { code: "run_cancelled" }, db);
  for (const id of await listStaged()) {
    if (now - (timeOfId(id) ?? 0) < YOUNG_MS) continue;
    const needed = await db.sampleUpload.count({ where: { id, state: { in: [...OPEN_UPLOAD] } } });
    if (needed === 0) await dropStaged(id);
  }
  return abandoned.length + cancelled.length;
}
