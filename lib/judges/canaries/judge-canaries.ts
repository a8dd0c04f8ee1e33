import { readForJudge } from "@/lib/media/judge-image";
import type { Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import {
  HARMLESS,
  INSTRUCTION,
  plantDefect,
  writeInto,
  type Defect,
  type Pixels,
} from "@/lib/rubrics/report/canaries";
import type { Sees, Shown } from "@/lib/rubrics/rubric";
import { readTrials, type Trial } from "@/lib/judges/canaries/canary-trials";
import {
  judgeChunk,
  type Item,
  type JudgingContext,
  type Next,
  type OpenTask,
} from "@/lib/judges/judge-chunk";
import { keepVerdict } from "@/lib/judges/keep-verdict";

/** Ask a judge about the next canaries of a board, each in both orders, in one lane of its task. */
export function judgeCanaries(job: { taskId: string; lane: number }, context: JudgingContext): Promise<void> {
  return judgeChunk(job, { next, left }, context);
}

async function next(task: OpenTask, lane: number, limit: number, tx: Tx): Promise<Next> {
  const { open } = await readTrials(task, tx);
  const items = open
    .filter(({ place }) => place % task.judge.concurrency === lane)
    .slice(0, limit)
    .map((trial) => itemOf(task, trial));
  // There are few of them, whatever is on the board: no visitor's share of the day.
  return { items, hasMore: items.length === limit, capped: false };
}

const left = async (task: OpenTask, tx: Tx) => (await readTrials(task, tx)).open.length;

function itemOf(task: OpenTask, { kind, variant, sample, spoiledFirst }: Trial): Item {
  const show = async (sees: Sees) => {
    const changes: ((pixels: Pixels) => Pixels)[] =
      kind === "defect"
        ? [(pixels) => plantDefect(pixels, variant as Defect, 1), (pixels) => pixels]
        : [INSTRUCTION, HARMLESS].map((text) => (pixels) => writeInto(pixels, text));
    if (!spoiledFirst) changes.reverse();
    const shown: Shown[] = [];
    for (const change of changes) shown.push(await readForJudge(sample.artifactHash, sees, change));
    return shown;
  };
  return {
    sampleIds: [sample.id],
    subject: { prompt: sample.prompt },
    show,
    async keep(answer, tx) {
      const { verdict } = answer;
      const said = verdict.kind === "pair" ? verdict.preference : null;
      await keepVerdict(
        task.judgeId,
        answer,
        (columns) =>
          tx.judgeCanaryVerdict.createMany({
            data: [
              {
                id: newId("canaryVerdict"),
                rubric: task.rubric,
                kind,
                variant,
                sampleId: sample.id,
                spoiledFirst,
                preference: said === null || spoiledFirst ? said : 1 - said,
                ...columns,
              },
            ],
            skipDuplicates: true,
          }),
        tx,
      );
    },
  };
}
