import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { entersFit } from "@/lib/boards/fit-votes";
import { gamesOf, mergePairCounts, type PairCount } from "@/lib/ratings/pair-counts";

/**
 * A board's pair counts, or those that a model is in, by prompt category, and under "" over all that the whole board is fitted from (each vote has one
 * category). A category or pair whose votes were all excluded stays, with nothing in it.
 */
export async function readPairCounts(
  { id: boardId, countsLiveVotes }: { id: string; countsLiveVotes: boolean },
  tx: Tx,
  of?: { modelId: string },
): Promise<Map<string, PairCount[]>> {
  const own = of && { OR: [{ modelA: of.modelId }, { modelB: of.modelId }] };
  const rows = await tx.pairCount.findMany({ where: { boardId, ...own }, orderBy: { category: "asc" } });
  const byCategory = new Map<string, PairCount[]>();
  for (const { category, modelA: a, modelB: b, winsA, winsB, ties, bothBad } of rows) {
    const counts = byCategory.get(category) ?? [];
    counts.push({ a, b, winsA, winsB, ties, bothBad });
    byCategory.set(category, counts);
  }
  const whole = [...byCategory].filter(([category]) =>
    entersFit(category, { category: "", countsLiveVotes }),
  );
  return new Map([["", mergePairCounts(...whole.map(([, counts]) => counts))], ...byCategory]);
}

/**
 * SQL: the categories that a board has counts of, as `categories (category)` of a `with recursive`, the last one null. They are found one
 * by one, each by the index: reading all counts, as many as pairs and categories, would take a second on a large board.
 */
export const countedCategories = (boardId: string) => Prisma.sql`categories as (
      (select category from pair_counts where board_id = ${boardId} order by category limit 1)
      union all
      select (select n.category from pair_counts n where n.board_id = ${boardId} and n.category > c.category
        order by n.category limit 1) from categories c where c.category is not null)`;

/** The counts of pairs that have votes and whose models are both among these. */
export function among(counts: readonly PairCount[], models: readonly string[]): PairCount[] {
  const known = new Set(models);
  return counts.filter((count) => known.has(count.a) && known.has(count.b) && gamesOf(count) > 0);
}
