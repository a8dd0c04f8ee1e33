import type { PairCount } from "./pair-counts";
import { buildSnapshot } from "./snapshot";
import type { SnapshotOptions, SnapshotRow } from "./snapshot";

/** One way of ranking the same votes. */
export interface MethodRanks {
  method: string;
  /** In words, for the page. */
  description: string;
  /** By model; null while unranked. */
  ranks: Record<string, { rank: number | null; low: number | null; high: number | null; rating: number }>;
}

const METHODS: { method: string; description: string; options: SnapshotOptions; overlap?: boolean }[] = [
  { method: "half", description: "Bradley-Terry, ties as half wins, pairwise rank spread", options: {} },
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
  { method: "davidson", description: "Davidson's model of ties", options: { ties: "davidson" } },
  { method: "four", description: "Ties and both-bad as outcomes of their own", options: { ties: "four" } },
  { method: "reweighted", description: "Every pair counts alike", options: { reweight: true } },
];

/** How the ranks would differ under the other methods, and by plain win rate. */
export function compareMethods(counts: readonly PairCount[], models: readonly string[] = []): MethodRanks[] {
  const board = METHODS.map(({ method, description, options, overlap }): MethodRanks => {
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
