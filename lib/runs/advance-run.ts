import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { enqueueJudgesOf } from "@/lib/queue/requests/request-judging";
import { enqueueExamination } from "@/lib/queue/requests/request-diagnostics";
import { enqueueProgressScores } from "@/lib/queue/requests/request-progress-scores";
import { announceEnd } from "@/lib/runs/announce-end";
import { endSpell } from "@/lib/runs/generation/endpoint-spell";
import { dueProgress } from "@/lib/runs/progress-marks";
import { enqueueStage } from "@/lib/runs/enqueue-stage";
import { listModel } from "@/lib/models/list-model";
import { hasOpenUpload } from "@/lib/runs/open-upload";
import { lockRun } from "@/lib/runs/lock-run";
import { isFinal, nextStep } from "@/lib/runs/run-lifecycle";
import { enqueueCommonScores } from "@/lib/queue/requests/request-common-scores";
import type { RunState } from "@/lib/schemas/runs";

/**
 * Move a run on if what it waits for is there. Locks the run's row before it counts, so of any number of callers
 * exactly one sees the move and queues the next stage, in the same transaction.
 * @param finished the stage that the caller has just completed, in this transaction
 * @returns the run's state afterwards
 */
export async function advanceRun(
  runId: string,
  finished: "extracted" | "scored" | null,
  tx: Tx,
): Promise<RunState> {
  const run = await lockRun(runId, tx);
  if (isFinal(run.state)) return run.state;
  const { settled, generated } = await countSettled(runId, tx);
  const failed = settled - generated;
  const step = nextStep({
    state: run.state,
    source: run.source,
    uploading: run.source === "UPLOAD" && (await hasOpenUpload(runId, tx)),
    total: run.promptCount * run.samplesPerPrompt,
    generated,
    failed,
    commonFailure: failed === 0 ? null : await commonFailure(runId, tx),
    finished,
  });
  if (step.kind === "stay") {
    const total = Math.floor(settled / run.samplesPerPrompt);
    if (dueProgress(total, run.promptCount, run.scoredPrompts) !== null)
      await enqueueProgressScores(runId, tx);
    return run.state;
  }
  const { count } = await tx.run.updateMany({
    where: { id: runId, state: run.state },
    data: {
      state: step.to,
      failureReason: step.failure ?? Prisma.DbNull,
      finishedAt: isFinal(step.to) ? new Date() : null,
    },
  });
  if (count === 0) return run.state;
  if (step.effect !== null) await enqueueStage(runId, step.to, tx);
  if (step.to === "PUBLISHED") {
    await enqueueExamination(runId, tx);
    await enqueueCommonScores(run.promptSetId, tx);
    await enqueueJudgesOf(runId, tx);
    if (run.listsModel) await listModel(run.modelId, tx);
  }
  await (isFinal(step.to) ? announceEnd(runId, tx) : endSpell(runId, tx));
  return step.to;
}

/** A sample that was had after all counts as had, not also as failed. */
async function countSettled(runId: string, tx: Tx): Promise<{ settled: number; generated: number }> {
  const [row] = await tx.$queryRaw<[{ settled: number; generated: number }]>`
    select
      (select count(*)::int from (
        select prompt_id, index from samples where run_id = ${runId}
        union select prompt_id, index from sample_failures where run_id = ${runId}
      ) both_of_them) as settled,
      (select count(*)::int from samples where run_id = ${runId}) as generated`;
  return row;
}

async function commonFailure(runId: string, tx: Tx): Promise<string | null> {
  const [most] = await tx.sampleFailure.groupBy({
    by: ["message"],
    where: { runId },
    _count: { message: true },
    orderBy: [{ _count: { message: "desc" } }, { message: "asc" }],
    take: 1,
  });
  return most?.message ?? null;
}
