import { requestRefit } from "@/lib/arena/request-refit";
import type { Tx } from "@/lib/db/client";
import { enqueueCommonScores } from "@/lib/evaluation/enqueue-common-scores";
import { keepsOffBoard } from "@/lib/evaluation/visibility";
import { enqueueJudgesOf } from "@/lib/judging/enqueue-judging";

/**
 * Put a model on its board and into the arena, unless its operator hid it or its review has not ended well. The caller has
 * locked it.
 * @returns whether it is listed now
 */
export async function listModel(modelId: string, tx: Tx): Promise<boolean> {
  const model = await tx.model.findUniqueOrThrow({ where: { id: modelId } });
  if (keepsOffBoard(model) !== null) return false;
  await tx.model.update({ where: { id: modelId }, data: { listed: true } });
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
export async function unlistModel(modelId: string, tx: Tx): Promise<void> {
  await tx.model.update({ where: { id: modelId }, data: { listed: false } });
  await refitBoardsOf(modelId, tx);
}

/** Have the boards on which it has votes fitted anew. */
async function refitBoardsOf(modelId: string, tx: Tx): Promise<void> {
  const boards = await tx.eloRating.findMany({ where: { modelId }, select: { boardId: true } });
  for (const { boardId } of boards) await requestRefit(boardId, tx);
}
