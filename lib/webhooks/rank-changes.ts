/** The ranks that the votes of a snapshot cannot exclude. */
export interface RankSpread {
  modelId: string;
  /** null, as rankHigh: no votes yet. */
  rankLow: number | null;
  rankHigh: number | null;
}

type Ranks = { low: number; high: number } | null;

/**
 * The models whose rank spread a snapshot changed, in its order. One that has left the board is not among them: it is the board's no more.
 * @returns `before` null for a model that had no rank, `after` null for one that has none any more
 */
export function rankChanges<R extends RankSpread>(
  before: readonly RankSpread[],
  after: readonly R[],
): { row: R; before: Ranks; after: Ranks }[] {
  const known = new Map(before.map((row) => [row.modelId, ranksOf(row)]));
  return after
    .map((row) => ({ row, before: known.get(row.modelId) ?? null, after: ranksOf(row) }))
    .filter(({ before: was, after: is }) => was?.low !== is?.low || was?.high !== is?.high);
}

const ranksOf = ({ rankLow, rankHigh }: RankSpread): Ranks =>
  rankLow === null || rankHigh === null ? null : { low: rankLow, high: rankHigh };
