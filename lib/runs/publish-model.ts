import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { env, type SubmissionPolicy } from "@/lib/env";
import { SalonError } from "@/lib/errors";
import { listModel } from "@/lib/models/list-model";
import { lockOwnRun } from "@/lib/runs/lock-run";
import { requireOwnModelName } from "@/lib/models/require-own-name";
import { isFinal } from "@/lib/runs/run-lifecycle";
import { reviewOf } from "@/lib/models/submission-policy";
import { keepsOffBoard, type Visitor } from "@/lib/models/visibility";

/**
 * Put the model of a run on its board and into the arena: now if the run is scored, else as soon as it is; where submissions are
 * reviewed, once the operator has approved it.
 * @throws SalonError not_found; forbidden, also when the operator hid or rejected the model; conflict for a name that passes for
 *   another's; not_ready when the run ended without a score
 */
export function publishModel(
  ask: { runId: string; policy?: SubmissionPolicy } & Visitor,
  tx?: Tx,
): Promise<void> {
  return atomically(tx, async (tx) => {
    const run = await lockOwnRun(ask.runId, ask, tx);
    await admit(run.modelId, ask.policy ?? env().submissions, tx);
    if (run.state === "PUBLISHED") {
      await listModel(run.modelId, tx, ask);
    } else if (isFinal(run.state)) {
      throw new SalonError("not_ready", "The run ended without a score. Resume it, then publish.", {
        retryable: false,
      });
    }
    await tx.run.update({ where: { id: run.id }, data: { listsModel: true } });
    await recordChange(tx, {
      by: ask,
      action: "runs.control",
      subject: { kind: "run", id: run.id, label: run.label ?? run.id },
      before: { listsModel: run.listsModel },
      after: { listsModel: true },
    });
  });
}

/** Let a model go to its board, or to the review that it needs first. */
async function admit(modelId: string, policy: SubmissionPolicy, tx: Tx): Promise<void> {
  const model = await tx.model.findUniqueOrThrow({ where: { id: modelId } });
  switch (keepsOffBoard(model)) {
    case "hidden":
      throw new SalonError("forbidden", "The operator of this site has hidden the model.");
    case "rejected":
      throw new SalonError(
        "forbidden",
        `The operator of this site has rejected the model: ${model.reviewReason}`,
      );
  }
  if (model.listed || model.review !== "NOT_NEEDED") return;
  await requireOwnModelName(model, tx);
  await tx.model.update({ where: { id: modelId }, data: { review: reviewOf(policy) } });
}
