import type { Tx } from "@/lib/db/client";
import { judgeSeenBy } from "@/lib/judges/judge-scope";
import { protocolKey } from "@/lib/metrics/protocol";
import { scoreInterval } from "@/lib/numerics/score-interval";
import type { MetricValue } from "@/lib/schemas/metric-values";
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
  demoted: string | null;
};

/**
 * What judges say of runs: by run, the mean score of each judge under each rubric (and version of the questions) as a metric of
 * its own, so that two protocols never share a column: "judge:toybox-judge:viescore@1", "judge:toybox-judge:checklist@1:q2".
 * Samples without a verdict are not counted.
 * @param voterId who is to see them: a visitor's judge that was not admitted speaks to its owner alone
 */
export async function readJudgeScores(
  runIds: readonly string[],
  voterId: string | null,
  tx: Tx,
): Promise<Map<string, Record<string, MetricValue>>> {
  const rows = await tx.$queryRaw<Row[]>`
    select s."runId", j.slug, j."providerModel", v.rubric, v."questionSetVersion" as version,
      t.slug as "promptSet", count(distinct s."promptId")::int as prompts,
      count(v.score)::int as n, coalesce(sum(v.score), 0)::float8 as sum,
      coalesce(sum(v.score * v.score), 0)::float8 as squares, count(v."noVerdict")::int as without,
      exists (
        select from "JudgeTask" k where k."judgeId" = j.id and k."runId" = s."runId" and k.rubric = v.rubric
          and k."questionSetVersion" = v."questionSetVersion" and k."finishedAt" is null
      ) as unfinished,
      j."demotedReason" as demoted
    from "JudgeSampleVerdict" v
    join "Sample" s on s.id = v."sampleId"
    join "Judge" j on j.id = v."judgeId"
    join "Prompt" p on p.id = s."promptId"
    join "PromptSet" t on t.id = p."promptSetId"
    where s."runId" = any (${runIds}) and ${judgeSeenBy(voterId)}
    group by s."runId", j.id, v.rubric, v."questionSetVersion", t.slug
    order by j."createdAt", v.rubric, v."questionSetVersion"`;
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
    preprocessing: "PNG, at most 1024 pixels long",
    // What was put to the judge: a verdict that is missing changes n, not what was measured.
    samples: row.prompts,
    reference: row.promptSet,
  });
  const caveats = [
    row.unfinished ? "Judging goes on." : null,
    row.without > 0 ? `${row.without} without a verdict.` : null,
    row.demoted === null ? null : `The judge is demoted: ${row.demoted}`,
  ].filter((caveat) => caveat !== null);
  return {
    ...scoreInterval(row.n, row.sum, row.squares),
    n: row.n,
    protocol,
    caveat: caveats.length === 0 ? null : caveats.join(" "),
  };
}
