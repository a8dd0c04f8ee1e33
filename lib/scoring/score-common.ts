import { onBoard } from "@/lib/boards/board-models";
import { promptSetsOf } from "@/lib/boards/board-prompts";
import { inTransaction, type Db } from "@/lib/db/client";
import { bestRuns } from "@/lib/runs/best-runs";
import { answeredPrompts, commonPrompts, promptSubset } from "@/lib/scoring/common-prompts";
import { lockRun } from "@/lib/runs/lock-run";
import { keepScores, scoreRun, type PromptSubset } from "@/lib/scoring/score-run";

/**
 * Score the runs that speak for a board's models once more over the prompts that all of them have answered, where that is not
 * what they were scored over anyway: a few missing samples then cost nobody the comparison, which stays at equal n on the same
 * prompts. What was scored so already is not scored again.
 */
export async function scoreCommon(boardId: string, db: Db, signal: AbortSignal): Promise<void> {
  const board = await db.board.findUnique({ where: { id: boardId } });
  if (board === null) return;
  const models = await db.model.findMany({
    where: onBoard(board),
    select: { id: true },
  });
  const ids = models.map(({ id }) => id);
  for (const promptSetId of await promptSetsOf(board, db))
    await scoreSet(await bestRuns(ids, { id: board.id, promptSetId }, db), db, signal);
}

async function scoreSet(
  best: { runId: string; samplesPerPrompt: number }[],
  db: Db,
  signal: AbortSignal,
): Promise<void> {
  // So many samples of a prompt are part of n.
  for (const each of new Set(best.map(({ samplesPerPrompt }) => samplesPerPrompt))) {
    const runIds = best.filter((run) => run.samplesPerPrompt === each).map(({ runId }) => runId);
    const common = commonPrompts(await answeredPrompts(runIds, db));
    if (common === null) continue;
    const counts = await db.sample.groupBy({
      by: ["runId"],
      where: { runId: { in: common.runIds } },
      _count: { id: true },
    });
    if (counts.every(({ _count }) => _count.id === common.prompts.length * each)) continue;
    const prompts = promptSubset(common.prompts);
    for (const runId of common.runIds) await scoreOver(runId, prompts, db, signal);
  }
}

async function scoreOver(runId: string, prompts: PromptSubset, db: Db, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const scores = await scoreRun(runId, db, signal, prompts);
  await inTransaction(async (tx) => {
    // A run that was taken up again meanwhile has other samples.
    if ((await lockRun(runId, tx)).state === "PUBLISHED") await keepScores(runId, scores, tx);
  }, db);
}
