import type { MethodName } from "@/lib/schemas/board-analysis";
import { tieModel } from "@/lib/schemas/tie-model";
import { pairTable } from "@/lib/ratings/pair-counts";
import type { PairCount } from "@/lib/ratings/pair-counts";
import { boardOf, buildSnapshot } from "@/lib/ratings/snapshot";
import type { SnapshotOptions, SnapshotRow, Strengths } from "@/lib/ratings/snapshot";
import { fitWithTies } from "@/lib/ratings/tie-fit";
import type { TieModel } from "@/lib/ratings/tie-fit";

/** One way of ranking the same votes. */
export interface MethodRanks {
  name: Exclude<MethodName, "elo">;
  /** The board's own. */
  own: boolean;
  /** Every vote taken as independent, though the board's fit does not. */
  independent: boolean;
  /** By model; null while unranked. */
  ranks: Record<string, { rank: number | null; low: number | null; high: number | null; rating: number }>;
}

type Method = Omit<MethodRanks, "ranks">;

/** Other ways of telling models apart by the board's own fit. */
const SPREADS: { name: MethodRanks["name"]; options: SnapshotOptions }[] = [
  { name: "overlap", options: {} },
  { name: "holm", options: { rankMethod: "holm" } },
  { name: "max-t", options: { rankMethod: "max-t" } },
];

/**
 * How the ranks would differ under the other methods, and by plain win rate; the board's own first.
 * @param ties the board's model of ties, which the variations on it keep
 * @param clustered the board's own strengths, in the order of the counts' table with `models`, where their covariance
 * allows for votes that go together; unless told, every vote is taken as independent
 */
export function compareMethods(
  counts: readonly PairCount[],
  models: readonly string[] = [],
  ties: TieModel = "half",
  clustered?: Strengths,
): MethodRanks[] {
  const table = pairTable(counts, models);
  const strengths = clustered ?? fitWithTies(table, ties);
  const independent = clustered !== undefined;
  const fits: { name: MethodRanks["name"]; options: SnapshotOptions }[] = [
    ...(independent ? [{ name: "independent" as const, options: { ties } }] : []),
    { name: "reweighted", options: { ties, reweight: true } },
    ...tieModel.options.filter((other) => other !== ties).map((name) => ({ name, options: { ties: name } })),
  ];
  const ownRows = (options: SnapshotOptions) => boardOf(table, strengths, "", options).rows;
  return [
    ranksOf({ name: ties, own: true, independent: false }, ownRows({})),
    ...SPREADS.map(({ name, options }) =>
      ranksOf({ name, own: false, independent: false }, ownRows(options)),
    ),
    ...fits.map(({ name, options }) =>
      ranksOf({ name, own: false, independent }, buildSnapshot(counts, models, options).rows),
    ),
    byWinRate(buildSnapshot(counts, models).rows),
  ];
}

function ranksOf(method: Method, rows: readonly SnapshotRow[]): MethodRanks {
  const byOverlap = method.name === "overlap";
  const ranks = rows.map(
    (row) =>
      [
        row.model,
        {
          rank: row.rank,
          low: byOverlap ? row.overlapLow : row.rankLow,
          high: byOverlap ? row.overlapHigh : row.rankHigh,
          rating: row.rating,
        },
      ] as const,
  );
  return { ...method, ranks: Object.fromEntries(ranks) };
}

/** Share of the score taken, whoever it was taken from: the naive board. Its rating is 100 x that share. */
function byWinRate(rows: readonly SnapshotRow[]): MethodRanks {
  const share = (row: SnapshotRow): number => (row.games > 0 ? (row.wins + row.ties / 2) / row.games : 0);
  const ranks = rows.map((row) => {
    const better = rows.filter((other) => other.games > 0 && share(other) > share(row)).length;
    const rank = row.games > 0 ? better + 1 : null;
    return [row.model, { rank, low: rank, high: rank, rating: 100 * share(row) }] as const;
  });
  return { name: "win rate", own: false, independent: false, ranks: Object.fromEntries(ranks) };
}
