import type { Actor } from "@/lib/audit/actor";
import { recordChange } from "@/lib/audit/record-change";
import { requestRefit } from "@/lib/queue/requests/request-refit";
import type { Tx } from "@/lib/db/client";
import { enqueueCommonScores } from "@/lib/queue/requests/request-common-scores";
import { hasOwnModelName } from "@/lib/models/require-own-name";
import { keepsOffBoard } from "@/lib/models/visibility";
import { enqueueJudgesOf } from "@/lib/queue/requests/request-judging";

/**
 * Put a model on its board and into the arena, unless the operator hid it or its review has not ended well. A visitor's that would
 * pass for a model which was listed since its submission waits for a review. The caller has locked it.
 * @param by who did it, for the audit log
 * @returns whether it is listed now
 */
export async function listModel(modelId: string, tx: Tx, by: Actor = "system"): Promise<boolean> {
  const model = await tx.model.findUniqueOrThrow({ where: { id: modelId } });
  if (keepsOffBoard(model) !== null) return false;
  if (model.submitterId !== null && model.review === "NOT_NEEDED" && !model.listed) {
    // Names are looked at one after the other: of two that come at once, one is first.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('salon:listed-names', 0))`;
    if (!(await hasOwnModelName(model, tx))) {
      await tx.model.update({ where: { id: modelId }, data: { review: "WAITING" } });
      return false;
    }
  }
  await setListed(model, true, by, tx);
  const runs = await tx.run.findMany({
    where: { modelId, state: "PUBLISHED", supersededAt: null },
    select: { id: true, promptSetId: true },
  });
  for (const { id } of runs) await enqueueJudgesOf(id, tx);
  for (const promptSetId of new Set(runs.map((run) => run.promptSetId))) {
    await enqueueCommonScores(promptSetId, tx);
  }
  await refitBoardsOf(modelId, tx);
  return true;
}

/** Take a model out of arena and board; its votes stay in the log, and the next snapshot is made without it. */
export async function unlistModel(modelId: string, tx: Tx, by: Actor = "system"): Promise<void> {
  await setListed(await tx.model.findUniqueOrThrow({ where: { id: modelId } }), false, by, tx);
  await refitBoardsOf(modelId, tx);
}

async function setListed(
  { id, name, listed: was }: { id: string; name: string; listed: boolean },
  listed: boolean,
  by: Actor,
  tx: Tx,
): Promise<void> {
  await tx.model.update({ where: { id }, data: { listed } });
  const subject = { kind: "model", id, label: name };
  await recordChange(tx, { by, action: "models.list", subject, before: { listed: was }, after: { listed } });
}

/** Have the boards on which it has votes fitted anew. */
async function refitBoardsOf(modelId: string, tx: Tx): Promise<void> {
  const boards = await tx.eloRating.findMany({ where: { modelId }, select: { boardId: true } });
  for (const { boardId } of boards) await requestRefit(boardId, tx);
}
