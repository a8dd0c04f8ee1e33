import type { Tx } from "@/lib/db/client";
import { mcnemarP } from "@/lib/metrics/mcnemar";
import { pairedProportions, type PairedCounts } from "@/lib/metrics/paired-proportions";
import type { ComparedValue } from "@/lib/schemas/examination";
import { graderAlignment } from "@/lib/schemas/metrics/grader-alignment";

/**
 * Two runs' alignment on the samples of the same prompts, as the newest grader that has read both judged them, with the paired
 * difference; null where the prompts have no truth to hold an image against.
 */
export async function compareAlignment(
  first: string,
  second: string,
  promptIds: string[],
  tx: Tx,
): Promise<ComparedValue | null> {
  const [counts] = await tx.$queryRaw<PairedCounts[]>`
    select count(*) filter (where ga.all_correct and gb.all_correct)::int as both,
      count(*) filter (where ga.all_correct and not gb.all_correct)::int as "onlyFirst",
      count(*) filter (where not ga.all_correct and gb.all_correct)::int as "onlySecond",
      count(*) filter (where not ga.all_correct and not gb.all_correct)::int as neither
    from samples a
    join samples b on b.run_id = ${second} and b.prompt_id = a.prompt_id and b.index = a.index
    join grades ga on ga.artifact_hash = a.artifact_hash and ga.prompt_id = a.prompt_id
    join grades gb on gb.artifact_hash = b.artifact_hash and gb.prompt_id = b.prompt_id
      and gb.grader_id = ga.grader_id
    where a.run_id = ${first} and a.prompt_id = any (${promptIds})
    group by ga.grader_id
    order by count(*) desc, ga.grader_id desc
    limit 1`;
  if (!counts) return null;
  const { first: a, second: b, difference, low, high, n } = pairedProportions(counts);
  return {
    metric: graderAlignment.name,
    key: "share",
    first: a,
    second: b,
    n,
    difference,
    low,
    high,
    pValue: mcnemarP(counts.onlyFirst, counts.onlySecond),
    paired: true,
    differences: [],
  };
}
