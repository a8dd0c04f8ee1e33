import type { Tx } from "@/lib/db/client";
import { bestRuns } from "@/lib/runs/best-runs";
import {
  pairedProportions,
  type PairedCounts,
  type PairedProportions,
} from "@/lib/metrics/paired-proportions";

type Counted = PairedCounts & { first: string; second: string };

/**
 * Pairs of models on the prompts that both have drawn in their best runs: how often the grader finds all that was asked for, and
 * the paired difference with its interval. Only pictures that the same grader read are paired.
 * @returns by "first second" (slugs); a pair without a prompt in common is missing
 */
export async function compareModels(
  pairs: readonly (readonly [string, string])[],
  tx: Tx,
): Promise<Map<string, PairedProportions>> {
  if (pairs.length === 0) return new Map();
  const [first, second] = [pairs.map(([slug]) => slug), pairs.map(([, slug]) => slug)];
  const models = await tx.model.findMany({
    where: { bundled: true, slug: { in: [...first, ...second] } },
    select: { id: true },
  });
  const runs = await bestRuns(
    models.map(({ id }) => id),
    null,
    tx,
  );
  const rows = await tx.$queryRaw<Counted[]>`
    with best as (
      select m.slug, r.id, r."promptSetId" from "Run" r join "Model" m on m.id = r."modelId"
      where r.id = any (${runs.map(({ runId }) => runId)})
    ), graded as materialized (
      select best.slug, best."promptSetId", s."promptId", s.index, g."graderId", g."allCorrect" as hit
      from best
      join "Sample" s on s."runId" = best.id
      join "MetricResult" r on r."runId" = best.id and r.metric = 'grader-alignment'
      join "Grade" g on g."artifactHash" = s."artifactHash" and g."promptId" = s."promptId"
        and g."graderId" = r.protocol->>'encoder'
    )
    select pair.first, pair.second,
      count(*) filter (where a.hit and b.hit)::int as both,
      count(*) filter (where a.hit and not b.hit)::int as "onlyFirst",
      count(*) filter (where not a.hit and b.hit)::int as "onlySecond",
      count(*) filter (where not a.hit and not b.hit)::int as neither
    from unnest(${first}::text[], ${second}::text[]) as pair (first, second)
    join graded a on a.slug = pair.first
    join graded b on b.slug = pair.second and b."promptId" = a."promptId" and b.index = a.index
      and b."graderId" = a."graderId"
    group by 1, 2`;
  return new Map(
    rows.map(({ first, second, ...counts }) => [`${first} ${second}`, pairedProportions(counts)]),
  );
}
