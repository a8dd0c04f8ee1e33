import { overSets } from "@/lib/boards/board-prompts";
import type { Tx } from "@/lib/db/client";
import type { Judge, Prisma } from "@/lib/db/generated/client";
import type { Modality } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/new-id";
import { findRubric } from "@/lib/rubrics/registry";
import { pairRubric } from "@/lib/judges/pair-rubric";
import { isAskedOf } from "@/lib/judges/is-asked-of";
import { isPublicJudge, judges as looksAt } from "@/lib/judges/judge-scope";
import { drawJudgePairs } from "@/lib/judges/draw-judge-pairs";
import { enqueueTask } from "@/lib/queue/requests/request-judging";

/**
 * Give active judges what they have not been given yet, and queue everything of theirs that is unfinished: for each rubric of
 * single samples a task a published run of a model whose samples they look at (judge-scope.ts), for each rubric of pairs, unless
 * the judge is its owner's alone, a task a board and one of canaries; rubrics of videos for models and boards of videos, those of
 * images for all others. Doing it twice changes nothing.
 * @param only one judge, or one run
 */
export async function startJudging(only: { judgeId?: string; runId?: string }, tx: Tx): Promise<void> {
  const judges = await tx.judge.findMany({
    where: { id: only.judgeId, state: "ACTIVE" },
    orderBy: { createdAt: "asc" },
  });
  if (judges.length === 0) return;
  const runs = await readRuns(only, tx);
  const promptSetIds = [...new Set(runs.map(({ promptSetId }) => promptSetId))];
  const versions = await newestReviewed(promptSetIds, tx);
  for (const judge of judges) {
    const own = runs.filter(({ judgeIds }) => judgeIds.includes(judge.id));
    const boards = (await boardsOf(judge, own, tx)).filter((board) => pairRubric(judge, board) !== null);
    for (const board of boards) {
      if (judge.pairsPerBoard > 0) await drawJudgePairs(board, judge.pairsPerBoard, tx);
    }
    await tx.judgeTask.createMany({
      data: tasksOf(judge, own, boards, versions),
      skipDuplicates: true,
    });
    if (boards.length > 0) await reopenBoards(judge.id, boards, tx);
    const open = await tx.judgeTask.findMany({
      where: { judgeId: judge.id, finishedAt: null },
      orderBy: { createdAt: "asc" },
    });
    for (const task of open) await enqueueTask(task, judge, tx);
  }
}

type RunOfJudges = { id: string; promptSetId: string; modality: Modality; judgeIds: string[] };

/** Published runs, oldest first, each with the judges that look at its model's images. */
function readRuns(only: { runId?: string }, tx: Tx): Promise<RunOfJudges[]> {
  return tx.$queryRaw`
    select r.id, r.prompt_set_id as "promptSetId", m.modality, array_agg(j.id) as "judgeIds"
    from runs r join models m on m.id = r.model_id join judges j on ${looksAt("m")}
    where r.state = 'PUBLISHED' and r.superseded_at is null and (${only.runId ?? null}::text is null or r.id =
    ${only.runId ?? null})
    group by r.id, m.modality order by r.created_at`;
}

/** The boards over these runs' prompts that have the judge: those that chose it, and those that take all of the site's. */
const boardsOf = (judge: Judge, runs: readonly RunOfJudges[], tx: Tx) =>
  tx.board.findMany({
    where: {
      AND: [
        overSets(runs.map(({ promptSetId }) => promptSetId)),
        {
          OR: [
            ...(isPublicJudge(judge) ? [{ siteDefaults: true }] : []),
            { judges: { some: { judgeId: judge.id } } },
          ],
        },
      ],
    },
  });

function tasksOf(
  judge: Judge,
  runs: readonly RunOfJudges[],
  boards: readonly { id: string; modality: Modality }[],
  versions: Map<string, number>,
): Prisma.JudgeTaskCreateManyInput[] {
  return judge.rubrics.flatMap((id): Prisma.JudgeTaskCreateManyInput[] => {
    const rubric = findRubric(id);
    if (rubric === undefined) return [];
    const task = { judgeId: judge.id, rubric: id };
    const ofRuns = runs.filter((run) => isAskedOf(rubric, run));
    switch (rubric.kind) {
      case "pairwise":
        return boards
          .filter((board) => isAskedOf(rubric, board))
          .flatMap(({ id: boardId }) =>
            [false, true].map((canaries) => ({ ...task, id: newId("judgeTask"), boardId, canaries })),
          );
      case "checklist":
        return ofRuns.flatMap(({ id: runId, promptSetId }) => {
          const questionSetVersion = versions.get(promptSetId);
          return questionSetVersion === undefined
            ? []
            : [{ ...task, id: newId("judgeTask"), runId, questionSetVersion }];
        });
      case "pointwise":
      case "vqascore":
        return ofRuns.map(({ id: runId }) => ({ ...task, id: newId("judgeTask"), runId }));
      case "decompose":
        return [];
    }
  });
}

/** A board's pairs grow with its votes: a task that had judged all of them has more to judge. */
async function reopenBoards(judgeId: string, boards: readonly { id: string }[], tx: Tx): Promise<void> {
  await tx.judgeTask.updateMany({
    where: { judgeId, boardId: { in: boards.map(({ id }) => id) } },
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
