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
 * the paired difference with its interval. Only images that the same grader read are paired.
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
      select m.slug, r.id, r.prompt_set_id from runs r join models m on m.id = r.model_id
      where r.id = any (${runs.map(({ runId }) => runId)})
    ), graded as materialized (
      select best.slug, best.prompt_set_id, s.prompt_id, s.index, g.grader_id, g.all_correct as hit
      from best
      join samples s on s.run_id = best.id
      join metric_results r on r.run_id = best.id and r.metric = 'grader-alignment'
      join grades g on g.artifact_hash = s.artifact_hash and g.prompt_id = s.prompt_id
        and g.grader_id = r.encoder
    )
    select pair.first, pair.second,
      count(*) filter (where a.hit and b.hit)::int as both,
      count(*) filter (where a.hit and not b.hit)::int as "onlyFirst",
      count(*) filter (where not a.hit and b.hit)::int as "onlySecond",
      count(*) filter (where not a.hit and not b.hit)::int as neither
    from unnest(${first}::text[], ${second}::text[]) as pair (first, second)
    join graded a on a.slug = pair.first
    join graded b on b.slug = pair.second and b.prompt_id = a.prompt_id and b.index = a.index
      and b.grader_id = a.grader_id
    group by 1, 2`;
  return new Map(
    rows.map(({ first, second, ...counts }) => [`${first} ${second}`, pairedProportions(counts)]),
  );
}
