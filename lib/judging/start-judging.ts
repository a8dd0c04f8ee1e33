import type { Tx } from "@/lib/db/client";
import type { Judge, Prisma } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/new-id";
import { findRubric } from "@/lib/judge/registry";
import { drawJudgePairs } from "@/lib/judging/draw-judge-pairs";
import { enqueueTask } from "@/lib/judging/enqueue-judging";

/**
 * Give active judges what they have not been given yet, and queue everything of theirs that is unfinished: for each rubric of
 * single pictures a task a published run, for each rubric of pairs a task a board and one of canaries. Runs of models that are not listed stay
 * between Salon and their submitter. Doing it twice changes nothing.
 * @param only one judge, or one run
 */
export async function startJudging(only: { judgeId?: string; runId?: string }, tx: Tx): Promise<void> {
  const judges = await tx.judge.findMany({
    where: { id: only.judgeId, state: "ACTIVE" },
    orderBy: { createdAt: "asc" },
  });
  if (judges.length === 0) return;
  const runs = await tx.run.findMany({
    where: { id: only.runId, state: "PUBLISHED", supersededAt: null, model: { listed: true } },
    select: { id: true, promptSetId: true },
    orderBy: { createdAt: "asc" },
  });
  const promptSetIds = [...new Set(runs.map(({ promptSetId }) => promptSetId))];
  const boards = await tx.board.findMany({ where: { promptSetId: { in: promptSetIds } } });
  const most = Math.max(...judges.filter((judge) => judgesPairs(judge)).map((judge) => judge.pairsPerBoard));
  for (const board of boards) if (most > 0) await drawJudgePairs(board, most, tx);
  const versions = await newestReviewed(promptSetIds, tx);
  for (const judge of judges) {
    await tx.judgeTask.createMany({
      data: tasksOf(judge, runs, boards, versions),
      skipDuplicates: true,
    });
    if (boards.length > 0 && judgesPairs(judge)) await reopenBoards(judge.id, promptSetIds, tx);
    const open = await tx.judgeTask.findMany({
      where: { judgeId: judge.id, finishedAt: null },
      orderBy: { createdAt: "asc" },
    });
    for (const task of open) await enqueueTask(task, judge, tx);
  }
}

const judgesPairs = (judge: Judge) => judge.rubrics.some((id) => findRubric(id)?.kind === "pairwise");

function tasksOf(
  judge: Judge,
  runs: { id: string; promptSetId: string }[],
  boards: { id: string }[],
  versions: Map<string, number>,
): Prisma.JudgeTaskCreateManyInput[] {
  return judge.rubrics.flatMap((rubric): Prisma.JudgeTaskCreateManyInput[] => {
    const task = { judgeId: judge.id, rubric };
    switch (findRubric(rubric)?.kind) {
      case "pairwise":
        return boards.flatMap(({ id }) =>
          [false, true].map((canaries) => ({ ...task, id: newId("judgeTask"), boardId: id, canaries })),
        );
      case "checklist":
        return runs.flatMap(({ id, promptSetId }) => {
          const questionSetVersion = versions.get(promptSetId);
          return questionSetVersion === undefined
            ? []
            : [{ ...task, id: newId("judgeTask"), runId: id, questionSetVersion }];
        });
      case "pointwise":
      case "vqascore":
        return runs.map(({ id }) => ({ ...task, id: newId("judgeTask"), runId: id }));
      default:
        return [];
    }
  });
}

/** A board's pairs grow with its votes: a task that had judged all of them has more to judge. */
async function reopenBoards(judgeId: string, promptSetIds: string[], tx: Tx): Promise<void> {
  await tx.judgeTask.updateMany({
    where: { judgeId, board: { promptSetId: { in: promptSetIds } } },
    data: { finishedAt: null },
  });
}

/** By prompt set: the newest version of its checklists that a person has reviewed. */
async function newestReviewed(promptSetIds: string[], tx: Tx): Promise<Map<string, number>> {
  const sets = await tx.questionSet.findMany({
    where: { promptSetId: { in: promptSetIds }, reviewedAt: { not: null } },
    orderBy: { version: "asc" },
    select: { promptSetId: true, version: true },
  });
  return new Map(sets.map(({ promptSetId, version }) => [promptSetId, version]));
}
