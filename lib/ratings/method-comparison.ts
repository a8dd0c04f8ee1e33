import type { PairCount } from "./pair-counts";
import { buildSnapshot } from "./snapshot";
import type { SnapshotOptions, SnapshotRow } from "./snapshot";
import type { TieModel } from "./tie-fit";

/** One way of ranking the same votes. */
export interface MethodRanks {
  method: string;
  /** In words, for the page. */
  description: string;
  /** By model; null while unranked. */
  ranks: Record<string, { rank: number | null; low: number | null; high: number | null; rating: number }>;
}

/** The model of ties in words. */
const TIES: Record<TieModel, string> = {
  half: "Bradley-Terry, ties as half wins",
  davidson: "Davidson's model of ties",
  four: "Ties and both-bad as outcomes of their own",
};

type Method = { method: string; description: string; options: SnapshotOptions; overlap?: boolean };

/** Variations on the board's own fit. */
const VARIATIONS: Method[] = [
  {
    method: "overlap",
    description: "The same, rank spread by overlap of intervals",
    options: {},
    overlap: true,
  },
  {
    method: "holm",
    description: "The same, all rank spreads at once (Holm)",
    options: { rankMethod: "holm" },
  },
  {
    method: "max-t",
    description: "The same, all rank spreads at once (max-t)",
    options: { rankMethod: "max-t" },
  },
  { method: "reweighted", description: "Every pair counts alike", options: { reweight: true } },
];

/**
 * How the ranks would differ under the other methods, and by plain win rate; the board's own first.
 * @param ties the board's model of ties, which the variations on it keep
 */
export function compareMethods(
  counts: readonly PairCount[],
  models: readonly string[] = [],
  ties: TieModel = "half",
): MethodRanks[] {
  const others = (Object.keys(TIES) as TieModel[]).filter((other) => other !== ties);
  const methods: Method[] = [
    { method: ties, description: `${TIES[ties]}, pairwise rank spread`, options: { ties } },
    ...VARIATIONS.map((method) => ({ ...method, options: { ...method.options, ties } })),
    ...others.map((other) => ({ method: other, description: TIES[other], options: { ties: other } })),
  ];
  const board = methods.map(({ method, description, options, overlap }): MethodRanks => {
    const { rows } = buildSnapshot(counts, models, options);
    const ranks = rows.map(
      (row) =>
        [
          row.model,
          {
            rank: row.rank,
            low: overlap ? row.overlapLow : row.rankLow,
            high: overlap ? row.overlapHigh : row.rankHigh,
            rating: row.rating,
          },
        ] as const,
    );
    return { method, description, ranks: Object.fromEntries(ranks) };
  });
  return [...board, byWinRate(buildSnapshot(counts, models).rows)];
}

/** Share of the score taken, whoever it was taken from: the naive board. Its rating is 100 x that share. */
function byWinRate(rows: readonly SnapshotRow[]): MethodRanks {
  const share = (row: SnapshotRow): number => (row.games > 0 ? (row.wins + row.ties / 2) / row.games : 0);
  const ranks = rows.map((row) => {
    const better = rows.filter((other) => other.games > 0 && share(other) > share(row)).length;
    const rank = row.games > 0 ? better + 1 : null;
    return [row.model, { rank, low: rank, high: rank, rating: 100 * share(row) }] as const;
  });
  return {
    method: "win rate",
    description: "Plain win rate, opponents ignored",
    ranks: Object.fromEntries(ranks),
  };
}
