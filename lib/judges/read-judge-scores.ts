import type { Tx } from "@/lib/db/client";
import { demotedFor } from "@/lib/judges/grading/demoted-for";
import { judgeSeenBy } from "@/lib/judges/judge-scope";
import { SHOWN_AS } from "@/lib/media/judge-image";
import { protocolKey } from "@/lib/metrics/protocol";
import { scoreInterval } from "@/lib/numerics/score-interval";
import { findRubric } from "@/lib/rubrics/registry";
import type { MetricValue } from "@/lib/schemas/metric-values";
import type { Caveat } from "@/lib/schemas/metrics/caveat";
import { judgeScoreName } from "@/lib/schemas/metrics/judge-score";

type Row = {
  runId: string;
  slug: string;
  providerModel: string;
  rubric: string;
  version: number;
  promptSet: string;
  prompts: number;
  n: number;
  sum: number;
  squares: number;
  without: number;
  unfinished: boolean;
  demotedAt: Date | null;
  reports: unknown;
};

/**
 * What judges say of runs: by run, the mean score of each judge under each rubric (and version of the questions) as a metric of
 * its own, so that two protocols never share a column: "judge:toybox-judge:viescore@1", "judge:toybox-judge:checklist@1:q2".
 * Samples without a verdict are not counted.
 * @param voterId who is to see them: a visitor's judge that was not admitted speaks to its owner alone
 * @param boardId on whose page: there the judges that the board has chosen speak too
 */
export async function readJudgeScores(
  runIds: readonly string[],
  voterId: string | null,
  tx: Tx,
  boardId: string | null = null,
): Promise<Map<string, Record<string, MetricValue>>> {
  const rows = await tx.$queryRaw<Row[]>`
    select s.run_id as "runId", j.slug, j.provider_model as "providerModel", v.rubric, v.question_set_version as version,
      t.slug as "promptSet", count(distinct s.prompt_id)::int as prompts,
      count(v.score)::int as n, coalesce(sum(v.score), 0)::float8 as sum,
      coalesce(sum(v.score * v.score), 0)::float8 as squares, count(v.no_verdict)::int as without,
      exists (
        select from judge_tasks k where k.judge_id = j.id and k.run_id = s.run_id and k.rubric = v.rubric
          and k.question_set_version = v.question_set_version and k.finished_at is null
      ) as unfinished,
      j.demoted_at as "demotedAt", j.reports
    from judge_sample_verdicts v
    join samples s on s.id = v.sample_id
    join judges j on j.id = v.judge_id
    join prompts p on p.id = s.prompt_id
    join prompt_sets t on t.id = p.prompt_set_id
    where s.run_id = any (${runIds}) and (${judgeSeenBy(voterId)}
      or exists (select from board_judges c where c.judge_id = j.id and c.board_id = ${boardId}))
    group by s.run_id, j.id, v.rubric, v.question_set_version, t.slug
    order by j.created_at, v.rubric, v.question_set_version`;
  const scores = new Map<string, Record<string, MetricValue>>();
  for (const row of rows) {
    if (row.n === 0) continue;
    const of = scores.get(row.runId) ?? {};
    of[judgeScoreName(row)] = metricOf(row);
    scores.set(row.runId, of);
  }
  return scores;
}

function metricOf(row: Row): MetricValue {
  const protocol = protocolKey({
    metric: judgeScoreName(row),
    encoder: row.providerModel,
    preprocessing: SHOWN_AS[findRubric(row.rubric)?.sees ?? "image"],
    // What was put to the judge: a verdict that is missing changes n, not what was measured.
    samples: row.prompts,
    reference: row.promptSet,
  });
  const caveat: Caveat = {
    code: "judged",
    unfinished: row.unfinished,
    without: row.without,
    demotedFor: demotedFor(row),
  };
  const isNone = !caveat.unfinished && caveat.without === 0 && caveat.demotedFor === null;
  return {
    ...scoreInterval(row.n, row.sum, row.squares),
    n: row.n,
    protocol,
    caveat: isNone ? null : caveat,
  };
}
