import type { CovarianceExcess, ScoredFit } from "./covariance";
import { clusterExcess } from "./meat";
import type { ClusteredVotes } from "./meat";
import { normalQuantile } from "@/lib/numerics/normal";
import { studentQuantile } from "@/lib/numerics/student";
import type { ClusterLabel } from "@/lib/ratings/log/vote-columns";

/** The clusters of one label, and whether the intervals speak of more than just these. */
export type ClusterSummary = {
  label: ClusterLabel;
  clusters: number;
  /** Clusters of equal size that would carry as much: (sum n)^2 / sum n^2 over their votes (Kish 1965). */
  effective: number;
  /** Whether votes of one cluster are taken as going together. */
  used: boolean;
};

/** How votes of one voter, or on one prompt, go together, and what that adds to the covariance. */
export interface Dependence extends CovarianceExcess {
  clusters: ClusterSummary[];
}

/** The same as plain JSON, without the matrix: what a board records. */
export interface DependenceSummary extends Pick<Dependence, "clusters" | "factor"> {
  /** Votes it was measured on. */
  votes: number;
}

/**
 * Fewer effective clusters than this cannot show how much they differ: a board does not cluster by such a label and says
 * so. With five, t intervals by one label still cover on average (docs/metrics/ratings.md), but with so few a single model's
 * variance, by two labels above all, can come out far below that of independent votes.
 */
export const ENOUGH_CLUSTERS = 20;

/**
 * Measures on single votes what clustering by `labels` adds to a fit's covariance, by those labels that have enough
 * clusters. The factor turns the normal quantile of an interval at 1 - alpha into Student's t with (fewest effective
 * clusters - 1) degrees of freedom, so that every interval, spread and plan from the covariance follows it.
 *
 * @param votes of the fit's own table; `clusters` in the order of `labels`
 * @param enough effective clusters that a label needs, at least 2
 * Source of the t quantile: Cameron & Miller, J. Human Resources 50(2) (2015), VI.
 */
export function measureDependence(
  fit: ScoredFit,
  votes: ClusteredVotes,
  labels: readonly ClusterLabel[],
  { enough = ENOUGH_CLUSTERS, alpha = 0.05 } = {},
): Dependence {
  const clusters = labels.map((label, k) => summariseClusters(label, votes.clusters[k], enough));
  const used = votes.clusters.filter((_, k) => clusters[k].used);
  if (used.length === 0) return { clusters, excess: new Float64Array(fit.scores.dimension ** 2), factor: 1 };
  const excess = clusterExcess(fit.scores, fit.fitted, fit.graph, { ...votes, clusters: used });
  return { clusters, excess, factor: smallSampleFactor(freedomOf(clusters) ?? Infinity, alpha) };
}

/**
 * Degrees of freedom of intervals clustered so: those of the label with the fewest effective clusters, at least 3; null where no
 * label is used, and intervals are normal.
 */
export function freedomOf(clusters: readonly ClusterSummary[]): number | null {
  const used = clusters.filter((cluster) => cluster.used);
  return used.length === 0 ? null : Math.max(3, Math.min(...used.map(({ effective }) => effective)) - 1);
}

/** (t / z)^2 at 1 - alpha; at least 3 degrees of freedom. */
export function smallSampleFactor(df: number, alpha = 0.05): number {
  const p = 1 - alpha / 2;
  return (studentQuantile(p, Math.max(3, df)) / normalQuantile(p)) ** 2;
}

/** @param labels cluster of each vote, numbers from 0 */
export function summariseClusters(
  label: ClusterLabel,
  labels: Int32Array,
  enough = ENOUGH_CLUSTERS,
): ClusterSummary {
  let top = -1;
  for (const id of labels) if (id > top) top = id;
  const sizes = new Float64Array(top + 1);
  for (const id of labels) sizes[id]++;
  const [clusters, squares] = sizes.reduce(([g, sum], n) => [g + (n > 0 ? 1 : 0), sum + n * n], [0, 0]);
  const effective = squares > 0 ? labels.length ** 2 / squares : 0;
  return { label, clusters, effective, used: clusters >= 2 && effective >= enough };
}
