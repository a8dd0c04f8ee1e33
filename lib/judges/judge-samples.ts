import { readForJudge } from "@/lib/media/judge-image";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/new-id";
import { questionList } from "@/lib/rubrics/checklist";
import {
  judgeChunk,
  type Item,
  type JudgingContext,
  type Next,
  type OpenTask,
} from "@/lib/judges/judge-chunk";
import { countSamples } from "@/lib/judges/count-samples";
import { keepVerdict } from "@/lib/judges/keep-verdict";
import { laneOf, SubmitterCap } from "@/lib/judges/submitter-cap";
import { lookedAt } from "@/lib/prompts/shown-states";

/** Ask a judge about the next samples of a run, in one lane of its task. */
export function judgeSamples(job: { taskId: string; lane: number }, context: JudgingContext): Promise<void> {
  return judgeChunk(job, { next, left }, context);
}

type Row = {
  sampleId: string;
  artifactHash: string;
  prompt: string;
  questions: unknown;
  holder: string | null;
};

async function next(task: OpenTask, lane: number, limit: number, tx: Tx): Promise<Next> {
  const { judgeId, judge } = task;
  const { ownerId, concurrency } = judge;
  const cap = await SubmitterCap.read({ judgeId, ownerId, concurrency, lane }, tx);
  const rows = await tx.$queryRaw<Row[]>`
    select s.id as "sampleId", s.artifact_hash as "artifactHash", p.text as prompt, c.questions, ${cap.holder("m")} as holder
    from samples s
    join models m on m.id = s.model_id and ${cap.hasRoom("m")}
    join prompts p on p.id = s.prompt_id
    left join question_sets q on q.prompt_set_id = p.prompt_set_id and q.version = ${task.questionSetVersion}
    left join checklists c on c.question_set_id = q.id and c.prompt_id = p.id and c.problem is null
    where s.run_id = ${task.runId} and ${lookedAt()} and p.index < ${task.judge.promptsPerRun ?? 2 ** 31 - 1}
      and (${task.questionSetVersion} = 0 or c.questions is not null)
      and ${laneOf(Prisma.sql`hashtextextended(s.id, 0)`, concurrency)} = ${lane}::int
      and not exists (
        select from judge_sample_verdicts v
        where v.sample_id = s.id and v.judge_id = ${task.judgeId} and v.rubric = ${task.rubric}
          and v.question_set_version = ${task.questionSetVersion})
    order by p.index, s.index limit ${limit}`;
  const items = rows.filter(({ holder }) => cap.take([holder])).map((row) => itemOf(task, row));
  return { items, hasMore: rows.length === limit, capped: cap.isSpent };
}

async function left(task: OpenTask, tx: Tx): Promise<number> {
  const { total, done } = await countSamples(task, task.judge.promptsPerRun, tx);
  return total - done;
}

function itemOf(task: OpenTask, { sampleId, artifactHash, prompt, questions }: Row): Item {
  return {
    sampleIds: [sampleId],
    subject: { prompt, questions: questions === null ? undefined : questionList.parse(questions) },
    show: async (sees) => [await readForJudge(artifactHash, sees)],
    async keep(answer, tx) {
      const { verdict } = answer;
      const said = verdict.kind === "sample" ? verdict : null;
      await keepVerdict(
        task.judgeId,
        answer,
        (columns) =>
          tx.judgeSampleVerdict.createMany({
            data: [
              {
                id: newId("sampleVerdict"),
                sampleId,
                rubric: task.rubric,
                questionSetVersion: task.questionSetVersion,
                score: said?.score ?? null,
                details: (said?.details as Prisma.InputJsonValue | undefined) ?? undefined,
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
