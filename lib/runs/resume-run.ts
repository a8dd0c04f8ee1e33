import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { Prisma, type Model, type Run } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";
import type { Visitor } from "@/lib/models/visibility";
import { unlistModel } from "@/lib/models/list-model";
import { submissionPolicy } from "@/lib/models/submission-policy";
import { enqueueStage } from "@/lib/runs/enqueue-stage";
import { lockOwnRun } from "@/lib/runs/lock-run";
import { requireRoom } from "@/lib/runs/require-room";
import { hasMoneyLeft } from "@/lib/runs/money/money-left";
import { isFinal } from "@/lib/runs/run-lifecycle";
import { tellRunPaused } from "@/lib/webhooks/tell-run-paused";
import { forgiveOrders } from "@/lib/runs/generation/sample-order";

/**
 * Go on with a run that is paused, was cancelled, failed, or was published with samples missing: samples are kept, failures
 * are tried again, and the metrics are computed anew once it is complete. A visitor's model that an operator approved for the arena
 * waits for its review again: nobody has looked at the samples to come.
 * @throws SalonError not_found, forbidden; conflict when there is nothing to resume, or too much goes on already
 */
export function resumeRun(ask: { runId: string } & Visitor, tx?: Tx): Promise<void> {
  return atomically(tx, async (tx) => {
    const run = await lockOwnRun(ask.runId, ask, tx);
    const model = await tx.model.findUniqueOrThrow({ where: { id: run.modelId } });
    if (isFinal(run.state)) await requireRoom("runs", { ...model, ownerId: model.submitterId }, tx);
    await restartRun(run, tx);
    await recordChange(tx, {
      by: ask,
      action: "runs.control",
      subject: { kind: "run", id: run.id, label: run.label ?? run.id },
      before: { state: run.state },
      after: { state: "GENERATING" },
    });
    if (run.state === "PUBLISHED") await reviewAgain(model, tx);
  });
}

/** What an operator approved are the samples that were there: the model of others waits for its review again. */
export async function reviewAgain(model: Model, tx: Tx): Promise<void> {
  if (model.review !== "APPROVED" || submissionPolicy() === "open") return;
  await tx.model.update({ where: { id: model.id }, data: { review: "WAITING" } });
  if (model.listed) await unlistModel(model.id, tx);
}

/** The same for a run that the caller has locked. */
export async function restartRun(run: Run, tx: Tx): Promise<void> {
  if (run.source === "ENDPOINT" && !hasMoneyLeft(run)) {
    throw new SalonError(
      "conflict",
      `Its budget of $${run.budgetUsd!.toString()} is used up: raise it, and the run goes on.`,
      { field: "budgetUsd" },
    );
  }
  const endpoint = await tx.endpoint.findUnique({ where: { modelId: run.modelId } });
  if (run.source === "ENDPOINT" && endpoint !== null && endpoint.version !== run.endpointVersion) {
    throw new SalonError(
      "conflict",
      "The model is called otherwise since this run was made, and a run is of one version: start another run.",
    );
  }
  // A paused run never gave up what it waits for: what it did give up stays so.
  const failures =
    run.state === "PAUSED" ? { count: 0 } : await tx.sampleFailure.deleteMany({ where: { runId: run.id } });
  const resumable =
    ["CANCELLED", "FAILED", "PAUSED"].includes(run.state) ||
    (run.state === "PUBLISHED" && failures.count > 0);
  if (!resumable) {
    throw new SalonError(
      "conflict",
      run.state !== "PUBLISHED"
        ? "The run is going on already."
        : run.source === "UPLOAD"
          ? "Its samples were uploaded: upload those that are missing to this run."
          : "The run is complete: nothing is missing.",
    );
  }
  await reopenRun(run, tx);
  if (run.state === "PAUSED" && run.pausedFor !== null) {
    const { id: runId, pausedFor } = run;
    await tellRunPaused({ runId, status: "resumed", pausedFor, message: null }, tx);
  }
  await forgiveOrders(run.id, tx);
  await enqueueStage(run.id, "GENERATING", tx);
}

/** Take a run back to where samples come in: what was computed of fewer samples goes. */
export async function reopenRun(run: Run, tx: Tx): Promise<void> {
  await tx.metricResult.deleteMany({ where: { runId: run.id } });
  await tx.runExamination.deleteMany({ where: { runId: run.id } });
  await tx.encoderExamination.deleteMany({ where: { runId: run.id } });
  await tx.run.update({
    where: { id: run.id },
    data: {
      state: "GENERATING",
      scoredPrompts: 0,
      endpointFailures: 0,
      endpointFailingSince: null,
      pausedFor: null,
      waitingSince: null,
      failureReason: Prisma.DbNull,
      finishedAt: null,
      startedAt: run.startedAt ?? new Date(),
    },
  });
}
