import { overSets } from "@/lib/boards/board-prompts";
import type { Tx } from "@/lib/db/client";
import { onBoard } from "@/lib/boards/board-models";
import { readModelCells } from "@/lib/scores/model-facts";
import { storedProtocolDifferences } from "@/lib/metrics/protocol";
import type { RunExaminationView } from "@/lib/schemas/examination";

/**
 * Where a run's scores may not be compared with those of the models listed on its boards: for each metric, how many of the
 * values that a board shows the run has no score of the same protocol for, and in what the first such differs. Of each model
 * the run counts that its board shows.
 */
export async function readProtocolMismatches(
  runId: string,
  tx: Tx,
): Promise<RunExaminationView["mismatches"]> {
  const run = await tx.run.findUniqueOrThrow({
    where: { id: runId },
    select: { modelId: true, promptSetId: true, metrics: { orderBy: { createdAt: "desc" } } },
  });
  const boards = await tx.board.findMany({ where: overSets([run.promptSetId]), orderBy: { slug: "asc" } });
  const found: RunExaminationView["mismatches"] = [];
  for (const board of boards) {
    const rivals = await tx.model.findMany({
      where: { ...onBoard(board), id: { not: run.modelId } },
      select: { id: true },
    });
    const ids = rivals.map(({ id }) => id);
    const { cells } = await readModelCells(ids, { id: board.id, promptSetId: run.promptSetId }, tx);
    const shown = cells.flatMap((of) => [...of]);
    for (const metric of new Set(run.metrics.map((score) => score.metric))) {
      const own = run.metrics.filter((score) => score.metric === metric);
      const others = shown.filter(([name]) => name === metric);
      const differing = others.filter(([, value]) => own.every(({ protocolHash }) => protocolHash !== value.score.protocolHash)); // prettier-ignore
      if (differing.length === 0) continue;
      const theirs = differing[0][1].score.protocol;
      const mine = own.find(({ promptsHash }) => promptsHash === "") ?? own[0];
      found.push({
        board: { slug: board.slug, name: board.name },
        metric,
        others: others.length,
        differing: differing.length,
        differences: storedProtocolDifferences(mine.protocol, theirs),
      });
    }
  }
  return found;
}
