import type { Tx } from "@/lib/db/client";
import { mcnemarP } from "@/lib/metrics/mcnemar";
import { pairedProportions, type PairedCounts } from "@/lib/metrics/paired-proportions";
import type { ComparedValue } from "@/lib/schemas/examination";
import { graderAlignment } from "@/lib/schemas/metrics/grader-alignment";

/**
 * Two runs' alignment on the samples of the same prompts, as the newest grader that has read both judged them, with the paired
 * difference; null where the prompts have no truth to hold a picture against.
 */
export async function compareAlignment(
  first: string,
  second: string,
  promptIds: string[],
  tx: Tx,
): Promise<ComparedValue | null> {
  const [counts] = await tx.$queryRaw<PairedCounts[]>`
    select count(*) filter (where ga."allCorrect" and gb."allCorrect")::int as both,
      count(*) filter (where ga."allCorrect" and not gb."allCorrect")::int as "onlyFirst",
      count(*) filter (where not ga."allCorrect" and gb."allCorrect")::int as "onlySecond",
      count(*) filter (where not ga."allCorrect" and not gb."allCorrect")::int as neither
    from "Sample" a
    join "Sample" b on b."runId" = ${second} and b."promptId" = a."promptId" and b.index = a.index
    join "Grade" ga on ga."artifactHash" = a."artifactHash" and ga."promptId" = a."promptId"
    join "Grade" gb on gb."artifactHash" = b."artifactHash" and gb."promptId" = b."promptId"
      and gb."graderId" = ga."graderId"
    where a."runId" = ${first} and a."promptId" = any (${promptIds})
    group by ga."graderId"
    order by count(*) desc, ga."graderId" desc
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
