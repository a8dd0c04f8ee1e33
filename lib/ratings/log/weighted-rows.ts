import { weightedBoard, type CriterionFits } from "@/lib/ratings/multi-criterion";
import { normalQuantile } from "@/lib/numerics/normal";
import { compareIds } from "@/lib/ratings/pair-counts";
import { rankSpread } from "@/lib/ratings/rank-spread";
import { POINTS_PER_LOGIT, toRating } from "@/lib/ratings/scale";
import { subset } from "@/lib/ratings/snapshot";

/** One model's line of a weighted board; points of rating, 95% interval, ranks told apart pair by pair. */
export interface WeightedRow {
  model: string;
  rating: number;
  se: number;
  low: number;
  high: number;
  rank: number;
  rankLow: number;
  rankHigh: number;
}

/**
 * The board that a reader's weights make of the criteria's fits, best first. A model without votes on a criterion that
 * has weight is left out: nothing is known of it there. All weight on one criterion gives that criterion's snapshot.
 * @param games votes of each model, by criterion and model, in the order of `fits`
 */
export function weightedRows(
  fits: Omit<CriterionFits, "fits">,
  games: readonly (readonly number[])[],
  weights: readonly number[],
): WeightedRow[] {
  const { theta, covariance } = weightedBoard(fits, weights);
  const n = fits.models.length;
  const rated = Array.from(theta.keys()).filter((i) => weights.every((w, c) => w === 0 || games[c][i] > 0));
  const part = subset(theta, covariance, rated);
  const spread = rankSpread(part.theta, part.covariance, { alpha: 0.05, method: "pairwise", seed: 0 });
  const critical = normalQuantile(0.975) * POINTS_PER_LOGIT;
  const rows = rated.map((i, k) => {
    const [rating, deviation] = [toRating(theta[i]), Math.sqrt(Math.max(0, covariance[i * n + i]))];
    return {
      model: fits.models[i],
      rating,
      se: deviation * POINTS_PER_LOGIT,
      low: rating - critical * deviation,
      high: rating + critical * deviation,
      rank: spread.rank[k],
      rankLow: spread.low[k],
      rankHigh: spread.high[k],
    };
  });
  // By rank first: strengths that differ in their last digit alone show one rating.
  return rows.sort((x, y) => x.rank - y.rank || compareIds(x.model, y.model));
}
