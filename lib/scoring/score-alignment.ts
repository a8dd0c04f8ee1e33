import type { Db } from "@/lib/db/client";
import type { PromptSubset, RunScore } from "@/lib/scoring/score-run";
import { wilsonInterval } from "@/lib/numerics/wilson-interval";
import { METRIC_CODE_VERSION } from "@/lib/metrics/protocol";
import { graderAlignment } from "@/lib/schemas/metrics/grader-alignment";

/**
 * Share of a run's samples in which the grader finds all that the prompt claims, with Wilson's interval. Samples
 * that could not be had are not counted. Nothing where no prompt has a truth to hold an image against.
 * @param prompts count the samples of these only
 */
export async function scoreAlignment(
  runId: string,
  graderId: string,
  prompts: PromptSubset | null,
  db: Db,
): Promise<RunScore[]> {
  const [{ n, correct, promptSet, promptCount }] = await db.$queryRaw<
    [{ n: number; correct: number; promptSet: string; promptCount: number }]
  >`
    select count(g.all_correct)::int as n, count(*) filter (where g.all_correct)::int as correct,
      min(t.slug) as "promptSet", min(r.prompt_count)::int as "promptCount"
    from runs r
    join prompt_sets t on t.id = r.prompt_set_id
    left join samples s on s.run_id = r.id
      and (${prompts === null} or s.prompt_id = any (${prompts?.ids ?? []}::text[]))
    left join grades g on g.artifact_hash = s.artifact_hash and g.prompt_id = s.prompt_id
      and g.grader_id = ${graderId}
    where r.id = ${runId}`;
  if (n === 0) return [];
  return [
    {
      metric: graderAlignment.name,
      protocol: {
        metric: graderAlignment.protocol,
        encoder: graderId,
        preprocessing: "grader's own",
        samples: n,
        reference: prompts ? promptSet : `${promptSet}[0..${promptCount})`,
        ...(prompts && { prompts: prompts.hash }),
        codeVersion: METRIC_CODE_VERSION,
      },
      ...wilsonInterval(correct, n),
      n,
      caveat: null,
    },
  ];
}
