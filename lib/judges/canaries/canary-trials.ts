import { isSetOf, ofBoard } from "@/lib/boards/board-prompts";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { TaskCounts } from "@/lib/judges/count-samples";
import { judges } from "@/lib/judges/judge-scope";
import { lookedAt } from "@/lib/prompts/shown-states";
import { DEFECT_NAMES } from "@/lib/rubrics/report/canaries";

/** Samples tried a defect, and samples tried with an instruction: enough for an interval, few enough to pay for. */
const TRIALS = { defect: 12, instruction: 30 } as const;

type Sample = { id: string; artifactHash: string; prompt: string };
export type Trial = {
  kind: "defect" | "instruction";
  variant: string;
  sample: Sample;
  spoiledFirst: boolean;
};
/** A trial with its place among all of its task, which chooses its lane. */
export type OpenTrial = Trial & { place: number };

/** How many trials a task is about, and how many of them have been settled. */
export async function countCanaries(task: TaskKey, tx: Tx): Promise<TaskCounts> {
  const { total, open } = await readTrials(task, tx);
  const { judgeId, rubric } = task;
  const minuteAgo = new Date(Date.now() - 60_000);
  const settled = { judgeId, rubric, sample: boardOf(task) };
  const verdicts = await tx.judgeCanaryVerdict.count({ where: { ...settled, noVerdict: null } });
  const lastMinute = await tx.judgeCanaryVerdict.count({
    where: { ...settled, createdAt: { gt: minuteAgo } },
  });
  return { total, done: total - open.length, verdicts, lastMinute };
}

type TaskKey = { boardId: string | null; judgeId: string; rubric: string };

/** All trials of a task, and those without a verdict yet. */
export async function readTrials(task: TaskKey, tx: Tx): Promise<{ total: number; open: OpenTrial[] }> {
  const tried = await tx.judgeCanaryVerdict.findMany({
    where: { judgeId: task.judgeId, rubric: task.rubric, sample: boardOf(task) },
    select: { kind: true, variant: true, sampleId: true, spoiledFirst: true },
  });
  const samples = await readSamples(task, byTrials(tried), tx);
  const all = [
    ...DEFECT_NAMES.flatMap((variant) => trials("defect", variant, samples)),
    ...trials("instruction", "instruction", samples),
  ];
  const key = (kind: string, variant: string, id: string, first: boolean) =>
    `${kind} ${variant} ${id} ${first}`;
  const done = new Set(tried.map((t) => key(t.kind, t.variant, t.sampleId, t.spoiledFirst)));
  return {
    total: all.length,
    open: all
      .map((trial, place) => ({ ...trial, place }))
      .filter((t) => !done.has(key(t.kind, t.variant, t.sample.id, t.spoiledFirst))),
  };
}

const trials = (kind: Trial["kind"], variant: string, samples: readonly Sample[]): Trial[] =>
  samples
    .slice(0, TRIALS[kind])
    .flatMap((sample) => [true, false].map((spoiledFirst) => ({ kind, variant, sample, spoiledFirst })));

/** Samples by how often they have been tried, so that a growing board goes on with those it began with. */
function byTrials(tried: readonly { sampleId: string }[]): string[] {
  const counts = new Map<string, number>();
  for (const { sampleId } of tried) counts.set(sampleId, (counts.get(sampleId) ?? 0) + 1);
  return [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)! || (a < b ? -1 : 1));
}

/** Samples of models whose images the judge looks at, those graded all correct first: spoiling an image that is none says nothing. */
async function readSamples({ boardId, judgeId }: TaskKey, tried: string[], tx: Tx): Promise<Sample[]> {
  return tx.$queryRaw<Sample[]>`
    select s.id, s.artifact_hash as "artifactHash", p.text as prompt
    from boards b join judges j on j.id = ${judgeId}
    join prompts p on ${isSetOf(Prisma.sql`p.prompt_set_id`)} and p.arena
    join samples s on s.prompt_id = p.id
    join runs r on r.id = s.run_id and r.state = 'PUBLISHED'
    join models m on m.id = s.model_id and ${judges("m")} and m.modality = b.modality
    where b.id = ${boardId} and ${lookedAt()}
    order by array_position(${tried}::text[], s.id) nulls last,
      exists (
        select from grades g where g.artifact_hash = s.artifact_hash and g.prompt_id = p.id and g.all_correct
      ) desc,
      hashtextextended(s.id, 0)
    limit ${Math.max(TRIALS.defect, TRIALS.instruction)}`;
}

const boardOf = ({ boardId }: TaskKey) => ({
  prompt: { promptSet: ofBoard(boardId ?? "") },
});
