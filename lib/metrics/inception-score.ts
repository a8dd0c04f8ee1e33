import type { Estimate } from "@/lib/metrics/estimate";
import { estimateOf } from "@/lib/metrics/estimate";
import type { FeatureSet } from "@/lib/metrics/features";
import { mean, standardDeviation } from "@/lib/numerics/sample-statistics";
import { MetricError } from "@/lib/metrics/metric-error";
import type { Compute } from "@/lib/metrics/metric-input";

export interface InceptionScore {
  /** Score over all samples at once. */
  whole: Estimate;
  /** Mean and standard deviation (n, as in the original code) over the splits: the published form. */
  mean: number;
  std: number;
  splits: number;
}

/**
 * Inception Score (Salimans et al. 2016): exp of the mean KL divergence between each sample's class
 * distribution and their average. Depends on the order of the samples through its splits, as published.
 *
 * @param logits class logits [n, classes], before the softmax
 * @throws MetricError TOO_FEW when a split would hold fewer than 2 samples.
 */
export function inceptionScore(
  logits: FeatureSet,
  { splits = 10 }: { splits?: number } = {},
): InceptionScore {
  const { n } = logits;
  if (!Number.isInteger(splits) || splits < 1) {
    throw new MetricError("OPTION", `The number of splits is a positive integer, not ${splits}.`);
  }
  if (n < 2 * splits) {
    throw new MetricError("TOO_FEW", `${splits} splits need at least ${2 * splits} samples, not ${n}.`);
  }
  const divergences = divergencesFromMean(logits, 0, n);
  const average = mean(divergences);
  const value = Math.exp(average);
  const scores = Float64Array.from({ length: splits }, (_, s) => {
    const [start, end] = [Math.floor((s * n) / splits), Math.floor(((s + 1) * n) / splits)];
    return Math.exp(mean(divergencesFromMean(logits, start, end)));
  });
  return {
    // The average's own dependence on a sample has no first-order effect: only its divergence counts.
    whole: estimateOf(
      value,
      divergences.map((divergence) => value * (divergence - average)),
      { range: [1, Infinity] },
    ),
    mean: mean(scores),
    std: standardDeviation(scores) * Math.sqrt((splits - 1) / splits),
    splits,
  };
}

/** KL(p(y | x_i) || average p(y)) of rows start..end, the average taken over these rows. */
function divergencesFromMean({ data, dimension }: FeatureSet, start: number, end: number): Float64Array {
  const rows = end - start;
  const logAverage = new Float64Array(dimension);
  const negativeEntropy = new Float64Array(rows);
  const probabilities = new Float64Array(rows * dimension);
  for (let i = 0; i < rows; i++) {
    const from = (start + i) * dimension;
    let top = -Infinity;
    for (let c = 0; c < dimension; c++) top = Math.max(top, data[from + c]);
    let sum = 0;
    for (let c = 0; c < dimension; c++) sum += Math.exp(data[from + c] - top);
    const logSum = top + Math.log(sum);
    for (let c = 0; c < dimension; c++) {
      const logP = data[from + c] - logSum;
      const p = Math.exp(logP);
      probabilities[i * dimension + c] = p;
      logAverage[c] += p / rows;
      if (p > 0) negativeEntropy[i] += p * logP;
    }
  }
  for (let c = 0; c < dimension; c++) logAverage[c] = Math.log(logAverage[c]);
  return negativeEntropy.map((value, i) => {
    let cross = 0;
    for (let c = 0; c < dimension; c++) {
      const p = probabilities[i * dimension + c];
      if (p > 0) cross += p * logAverage[c];
    }
    return value - cross;
  });
}

/** "is": in 10 splits, or fewer of 2 samples each. Needs logits. */
export const computeInceptionScore: Compute = ({ fakeLogits }) => {
  if (!fakeLogits) throw new TypeError("The Inception Score was asked for without logits.");
  const splits = Math.min(10, Math.floor(fakeLogits.n / 2));
  const { whole, mean, std } = inceptionScore(fakeLogits, { splits });
  return {
    numbers: { mean, std, whole: whole.value, low: whole.low, high: whole.high, splits },
    estimates: { whole },
    caveat: fakeLogits.n < 5000 ? { code: "rises_with_n", n: fakeLogits.n } : null,
  };
};
