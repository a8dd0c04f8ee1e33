import { pairTable } from "@/lib/ratings/pair-counts";
import type { PairCount } from "@/lib/ratings/pair-counts";
import { boardOf, buildSnapshot } from "@/lib/ratings/snapshot";
import type { SnapshotOptions, SnapshotRow, Strengths } from "@/lib/ratings/snapshot";
import { fitWithTies } from "@/lib/ratings/tie-fit";
import type { TieModel } from "@/lib/ratings/tie-fit";

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

/** Other ways of telling models apart by the board's own fit. */
const SPREADS: Method[] = [
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
  const own = clustered ?? fitWithTies(table, ties);
  const independent = clustered ? ", votes as independent" : "";
  const others = (Object.keys(TIES) as TieModel[]).filter((other) => other !== ties);
  const fits: Method[] = [
    ...(clustered
      ? [
          {
            method: "independent",
            description: "The same, every vote taken as independent",
            options: { ties },
          },
        ]
      : []),
    {
      method: "reweighted",
      description: `Every pair counts alike${independent}`,
      options: { ties, reweight: true },
    },
    ...others.map((other) => ({
      method: other,
      description: `${TIES[other]}${independent}`,
      options: { ties: other },
    })),
  ];
  return [{ method: ties, description: `${TIES[ties]}, pairwise rank spread`, options: {} }, ...SPREADS]
    .map((method: Method) => ranksOf(method, boardOf(table, own, "", method.options).rows))
    .concat(
      fits.map((method) => ranksOf(method, buildSnapshot(counts, models, method.options).rows)),
      byWinRate(buildSnapshot(counts, models).rows),
    );
}

function ranksOf({ method, description, overlap }: Method, rows: readonly SnapshotRow[]): MethodRanks {
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
