import { bradleyTerry } from "@/lib/ratings/bradley-terry";
import { sandwichCovariance } from "@/lib/ratings/covariance";
import { compareIds, gamesOf, mergePairCounts, pairTable, type PairCount } from "@/lib/ratings/pair-counts";
import { rankSpread } from "@/lib/ratings/rank-spread";

/** What one judge said of the pairs of a board. */
export interface JudgeCounts {
  judge: string;
  /** Who makes the judge: models of the same creator are its family. */
  vendor: string;
  counts: readonly PairCount[];
}

/** Ranks by judges, all of them or without those of one vendor. */
export interface VendorRanks {
  /** null: all judges. */
  without: string | null;
  judges: number;
  verdicts: number;
  rows: { model: string; theta: number; rank: number; rankLow: number; rankHigh: number }[];
}

/**
 * The ranking by judges' verdicts, and again with the judges of each vendor left out: a model that falls when its own
 * family's judges are left out was lifted by them. Bradley-Terry over the summed counts, ranks with their spread by
 * pairwise differences. Intervals treat verdicts as independent.
 *
 * @param models on the board; those without verdicts are left out of a ranking
 */
export function leaveVendorOut(judges: readonly JudgeCounts[], models: readonly string[]): VendorRanks[] {
  const vendors = [...new Set(judges.map(({ vendor }) => vendor))].sort(compareIds);
  const cuts: (string | null)[] = [null, ...vendors];
  return cuts.flatMap((without) => {
    const kept = judges.filter(({ vendor }) => vendor !== without);
    const counts = mergePairCounts(...kept.map((each) => each.counts)).filter(
      ({ a, b }) => models.includes(a) && models.includes(b),
    );
    const verdicts = counts.reduce((sum, count) => sum + gamesOf(count), 0);
    if (verdicts === 0) return [];
    const table = pairTable(counts);
    const fit = bradleyTerry(table);
    const spread = rankSpread(fit.theta, sandwichCovariance(table, fit));
    const rows = table.models.map((model, i) => ({
      model,
      theta: fit.theta[i],
      rank: spread.rank[i],
      rankLow: spread.low[i],
      rankHigh: spread.high[i],
    }));
    return [{ without, judges: kept.length, verdicts, rows: rows.sort((x, y) => x.rank - y.rank) }];
  });
}
