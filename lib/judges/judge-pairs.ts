import { readForJudge } from "@/lib/media/judge-image";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { JudgeChoice } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/new-id";
import {
  judgeChunk,
  type Item,
  type JudgingContext,
  type Next,
  type OpenTask,
} from "@/lib/judges/judge-chunk";
import { countPairs, shownPairs } from "@/lib/judges/judged-pairs";
import { keepVerdict } from "@/lib/judges/keep-verdict";
import { laneOf, SubmitterCap } from "@/lib/judges/submitter-cap";

/** Ask a judge about the next pairs of a board, each in both orders, in one lane of its task. */
export function judgePairs(job: { taskId: string; lane: number }, context: JudgingContext): Promise<void> {
  return judgeChunk(job, { next, left }, context);
}

type Row = {
  a: string;
  b: string;
  aHash: string;
  bHash: string;
  prompt: string;
  holders: (string | null)[];
};

async function next(task: OpenTask, lane: number, limit: number, tx: Tx): Promise<Next> {
  const { judgeId, judge } = task;
  const { ownerId, concurrency } = judge;
  const cap = await SubmitterCap.read({ judgeId, ownerId, concurrency, lane }, tx);
  const rows = await tx.$queryRaw<Row[]>`
    ${shownPairs(task)}
    select shown.a, shown.b, sa.artifact_hash as "aHash", sb.artifact_hash as "bHash", p.text as prompt,
      array[${cap.holder("l")}, ${cap.holder("r")}] as holders
    from shown
    join samples sa on sa.id = shown.a join models l on l.id = sa.model_id and ${cap.hasRoom("l")}
    join samples sb on sb.id = shown.b join models r on r.id = sb.model_id and ${cap.hasRoom("r")}
    join prompts p on p.id = sa.prompt_id
    where ${laneOf(Prisma.sql`shown.pair`, concurrency)} = ${lane}::int
      and not exists (
        select from judge_pair_verdicts v
        where v.judge_id = ${task.judgeId} and v.rubric = ${task.rubric}
          and v.a_sample_id = shown.a and v.b_sample_id = shown.b)
    order by shown.pair, shown.a limit ${limit}`;
  const items = rows.filter(({ holders }) => cap.take(holders)).map((row) => itemOf(task, row));
  return { items, hasMore: rows.length === limit && items.length > 0, capped: cap.isSpent };
}

async function left(task: OpenTask, tx: Tx): Promise<number> {
  const { total, done } = await countPairs(task, tx);
  return total - done;
}

const CHOICES = { A: "A", B: "B", both_good: "BOTH_GOOD", both_bad: "BOTH_BAD" } as const satisfies Record<
  string,
  JudgeChoice
>;

function itemOf(task: OpenTask, { a, b, aHash, bHash, prompt }: Row): Item {
  return {
    sampleIds: [a, b],
    subject: { prompt },
    show: async (sees) => [await readForJudge(aHash, sees), await readForJudge(bHash, sees)],
    async keep(answer, tx) {
      const { verdict } = answer;
      const said = verdict.kind === "pair" ? verdict : null;
      await keepVerdict(
        task.judgeId,
        answer,
        (columns) =>
          tx.judgePairVerdict.createMany({
            data: [
              {
                id: newId("pairVerdict"),
                rubric: task.rubric,
                aSampleId: a,
                bSampleId: b,
                choice: said && CHOICES[said.choice],
                preference: said?.preference ?? null,
                probabilities: said?.probabilities ?? undefined,
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
