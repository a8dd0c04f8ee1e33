import { hasChecks } from "@/lib/moderation/checks/check-image";
import { enqueue } from "@/lib/queue/enqueue";
import { inheritedStates } from "@/lib/moderation/inherited-state";
import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { advanceRun } from "@/lib/runs/advance-run";
import { lockRun } from "@/lib/runs/lock-run";
import { reopenRun, reviewAgain } from "@/lib/runs/resume-run";
import { failOpenUpload } from "@/lib/samples/fail-upload";
import { enqueueImport } from "@/lib/samples/enqueue-import";
import { keepProblems } from "@/lib/samples/keep-problems";
import type { FileProblem } from "@/lib/schemas/sample-uploads";

/** Rows of one statement. */
const ROWS = 2_000;
/** Where the site has checks, a sample is shown once they have nothing against it. */
const WAITS = { state: "HELD", stateReason: "unchecked" } as const;
/** A hundred thousand rows on a slow disk. */
const TIMEOUT_MS = 120_000;
/** A run that is being embedded or scored takes further samples when that is over. */
const WAIT_MS = 5_000;

/**
 * Make an upload's checked files samples of its run and move the run on, all in one transaction. Bytes that are there already add
 * nothing; other bytes for a sample that is there are a problem. A published run takes its new samples and is scored anew.
 * @returns whether it is over; false while the run computes, and then it is queued again
 */
export function finishUpload(uploadId: string, problems: FileProblem[], db: Db): Promise<boolean> {
  return inTransaction((tx) => finish(uploadId, problems, tx), db, TIMEOUT_MS);
}

async function finish(uploadId: string, problems: FileProblem[], tx: Tx): Promise<boolean> {
  const { runId } = await tx.sampleUpload.findUniqueOrThrow({ where: { id: uploadId } });
  const run = await lockRun(runId, tx);
  const upload = await tx.sampleUpload.findUniqueOrThrow({ where: { id: uploadId } });
  if (upload.state !== "READING") return true;
  if (run.state === "CANCELLED") {
    await failOpenUpload(uploadId, { code: "run_cancelled" }, [], tx);
    return true;
  }
  if (run.state === "EXTRACTING" || run.state === "SCORING") {
    await enqueueImport(uploadId, tx, WAIT_MS);
    return false;
  }
  const pending = await tx.uploadedFile.findMany({ where: { uploadId } });
  const there = await tx.sample.findMany({
    where: { runId },
    select: { promptId: true, index: true, artifactHash: true },
  });
  const placeOf = ({ promptId, index }: { promptId: string; index: number }) => `${promptId}/${index}`;
  const hashes = new Map(there.map((sample) => [placeOf(sample), sample.artifactHash]));
  const fresh = pending.filter((file) => !hashes.has(placeOf(file)));
  const same = pending.filter((file) => hashes.get(placeOf(file)) === file.artifactHash);
  const other = pending.length - fresh.length - same.length;
  const all: FileProblem[] = [...problems];
  if (other > 0) {
    for (const file of pending) {
      const hash = hashes.get(placeOf(file));
      if (hash !== undefined && hash !== file.artifactHash)
        all.push({ name: file.name, code: "other_bytes", details: {} });
    }
  }
  if (fresh.length + same.length === 0) {
    await failOpenUpload(uploadId, { code: "nothing_fits", files: all.length }, all, tx);
    return true;
  }
  const unchecked = fresh.length > 0 && (await hasChecks(tx)) ? WAITS : {};
  if (unchecked === WAITS) await enqueue("check-samples", { runId }, { key: `check-samples:${runId}` }, tx);
  for (let from = 0; from < fresh.length; from += ROWS) {
    const rows = fresh.slice(from, from + ROWS);
    const decided = await inheritedStates(
      rows.map(({ artifactHash }) => artifactHash),
      tx,
    );
    await tx.sample.createMany({
      data: rows.map(({ promptId, index, artifactHash, seed }) => ({
        id: newId("sample"),
        runId,
        modelId: run.modelId,
        promptId,
        index,
        artifactHash,
        seedUsed: seed,
        ...(decided.get(artifactHash) ?? unchecked),
      })),
    });
  }
  await tx.uploadedFile.deleteMany({ where: { uploadId } });
  await keepProblems(uploadId, all, tx);
  await tx.sampleUpload.update({
    where: { id: uploadId },
    data: { state: "DONE", source: null, added: fresh.length, same: same.length, finishedAt: new Date() },
  });
  await tx.run.update({
    where: { id: runId },
    data: { samplesPerPrompt: await mostOfOnePrompt(runId, tx) },
  });
  if (run.state === "PUBLISHED" && fresh.length > 0) {
    await reopenRun(run, tx);
    await reviewAgain(await tx.model.findUniqueOrThrow({ where: { id: run.modelId } }), tx);
  }
  await advanceRun(runId, null, tx);
  return true;
}

async function mostOfOnePrompt(runId: string, tx: Tx): Promise<number> {
  const [most] = await tx.sample.groupBy({
    by: ["promptId"],
    where: { runId },
    _count: { _all: true },
    orderBy: { _count: { promptId: "desc" } },
    take: 1,
  });
  return most?._count._all ?? 1;
}
