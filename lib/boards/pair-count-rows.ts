import type { Tx } from "@/lib/db/client";
import { gamesOf, mergePairCounts, type PairCount } from "@/lib/ratings/pair-counts";

/**
 * A board's pair counts by prompt category, and over all of them under "" (each vote has one category). A category or
 * pair whose votes were all excluded stays, with nothing in it.
 */
export async function readPairCounts(boardId: string, tx: Tx): Promise<Map<string, PairCount[]>> {
  const rows = await tx.pairCount.findMany({ where: { boardId }, orderBy: { category: "asc" } });
  const byCategory = new Map<string, PairCount[]>();
  for (const { category, modelA: a, modelB: b, winsA, winsB, ties, bothBad } of rows) {
    const counts = byCategory.get(category) ?? [];
    counts.push({ a, b, winsA, winsB, ties, bothBad });
    byCategory.set(category, counts);
  }
  return new Map([["", mergePairCounts(...byCategory.values())], ...byCategory]);
}

/** The counts of pairs that have votes and whose models are both among these. */
export function among(counts: readonly PairCount[], models: readonly string[]): PairCount[] {
  const known = new Set(models);
  return counts.filter((count) => known.has(count.a) && known.has(count.b) && gamesOf(count) > 0);
}
