import { Z_95 } from "@/lib/numerics/normal";
import { studentQuantile } from "@/lib/numerics/student";
import { wilsonInterval } from "@/lib/numerics/wilson-interval";

/** Fewer groups than this cannot show how much they differ: scores are then taken as independent of them. */
export const FEWEST_GROUPS = 4;

export interface ClusteredShare {
  /** Mean score, with its 95% interval, in [0, 1]. */
  value: number;
  low: number;
  high: number;
  /** By which groupings, by their place, the interval takes scores as going together. */
  used: number[];
}

/**
 * The mean of scores in [0, 1] (a win 1, a tie 1/2, a loss 0) with a 95% interval that speaks of further groups too, such as other
 * voters and other prompts: Wilson's, at the number of independent scores that would carry as much, and Student's t at (fewest
 * effective groups - 1) degrees of freedom. How scores of a group go together is measured by the cluster-robust variance of the mean, by
 * several groupings at once as variances by each less that of single scores, and never taken as less than that of independent scores.
 * Where all scores are alike nothing can be measured, and each group counts once.
 *
 * Source of the effective size: Korn & Graubard, Survey Methodology 24(2) (1998); of Wilson's at it: Franco et al., Journal of Survey
 * Statistics and Methodology 7(3) (2019); of several groupings: Cameron, Gelbach & Miller, J. Business & Economic Statistics 29(2) (2011).
 * Its coverage is simulated in tests/unit/numerics/clustered-share.test.ts.
 *
 * @param groupings for each grouping, the group of each score
 * @throws RangeError without scores
 */
export function clusteredShare(
  scores: readonly number[],
  groupings: readonly (readonly string[])[] = [],
): ClusteredShare {
  const n = scores.length;
  if (n === 0) throw new RangeError("no scores to take a share of");
  const value = scores.reduce((sum, score) => sum + score, 0) / n;
  const residuals = scores.map((score) => score - value);
  const single = residuals.reduce((sum, each) => sum + each * each, 0) / (n * n);
  const measured = groupings.map((groups) => measure(residuals, groups));
  const used = measured.flatMap(({ groups }, at) => (groups >= FEWEST_GROUPS ? [at] : []));
  const clustered =
    used.reduce((sum, at) => sum + measured[at].variance, 0) - Math.max(0, used.length - 1) * single;
  const effective = used.map((at) => measured[at].effective);
  const variance = Math.max(single, used.length > 0 ? clustered : 0);
  const size = variance > 0 ? (value * (1 - value)) / variance : Math.min(n, ...effective);
  const reach = used.length > 0 ? studentQuantile(0.975, Math.max(3, Math.min(...effective) - 1)) : Z_95;
  return { ...wilsonInterval(value * size, size, reach), value, used };
}

/** The variance of the mean by one grouping, and groups of equal size that would carry as much (Kish 1965). */
function measure(residuals: readonly number[], labels: readonly string[]) {
  const sums = new Map<string, { residual: number; size: number }>();
  labels.forEach((label, at) => {
    const group = sums.get(label) ?? { residual: 0, size: 0 };
    sums.set(label, { residual: group.residual + residuals[at], size: group.size + 1 });
  });
  const n = residuals.length;
  const all = [...sums.values()];
  const squares = all.reduce((sum, { size }) => sum + size * size, 0);
  const spread = all.reduce((sum, { residual }) => sum + residual * residual, 0) / (n * n);
  const groups = all.length;
  return {
    groups,
    effective: (n * n) / squares,
    variance: groups > 1 ? (spread * groups) / (groups - 1) : 0,
  };
}
