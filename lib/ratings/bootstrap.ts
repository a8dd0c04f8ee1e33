import { quantile } from "@/lib/numerics/sample-statistics";
import { bradleyTerry } from "./bradley-terry";
import type { BradleyTerryFit } from "./bradley-terry";
import { multiply } from "@/lib/numerics/small-matrices";
import { cellCount } from "./meat";
import type { ClusteredVotes } from "./meat";
import { normalCdf, normalQuantile } from "@/lib/numerics/normal";
import type { PairTable } from "./pair-counts";
import { multinomial, seededRandom } from "@/lib/numerics/random";
import type { Random } from "@/lib/numerics/random";
import { sigmoid } from "./scale";

/** Intervals of one model, in logits. */
export interface BootstrapInterval {
  low: number;
  high: number;
  bcaLow: number;
  bcaHigh: number;
}

/**
 * Bootstrap intervals of Bradley-Terry strengths, as a cross-check of the sandwich: votes are drawn again with
 * replacement (a multinomial over the cells of the table, so the cost does not grow with the votes), the model is
 * refitted from the previous strengths, and the percentiles are read off. BCa corrects them for bias and
 * skewness; its acceleration comes from the influence of each vote (the infinitesimal jackknife).
 *
 * With `votes`, whole clusters are drawn instead; with two labels a vote counts the product of its two draws (the
 * pigeonhole bootstrap), and BCa corrects for bias alone.
 *
 * @param replicates at least a few hundred for 95% intervals.
 * Sources: Efron, JASA 82 (1987); Owen, Ann. Appl. Stat. 1 (2007) for two labels.
 */
export function bootstrap(
  table: PairTable,
  fit: BradleyTerryFit,
  options: { replicates: number; alpha?: number; seed?: number; votes?: ClusteredVotes },
): BootstrapInterval[] {
  const { replicates, alpha = 0.05, seed = 0, votes } = options;
  if (!(replicates >= 2)) throw new RangeError("a bootstrap needs at least two replicates");
  const n = table.models.length;
  const random = seededRandom(seed);
  const draw = votes ? clusterDraw(table, votes, random) : cellDraw(table, random);
  const draws = Array.from({ length: n }, () => new Float64Array(replicates));
  for (let r = 0; r < replicates; r++) {
    const drawn = draw();
    const column = (outcome: number): Float64Array =>
      Float64Array.from(table.a, (_, i) => drawn[4 * i + outcome]);
    const resampled = { ...table, winsA: column(0), winsB: column(1), ties: column(2), bothBad: column(3) };
    const { theta } = bradleyTerry(resampled, { start: fit.theta });
    for (let i = 0; i < n; i++) draws[i][r] = theta[i];
  }
  const acceleration = accelerations(table, fit, votes);
  return draws.map((values, i) => {
    values.sort();
    const below = values.reduce((sum, x) => sum + (x < fit.theta[i] ? 1 : x === fit.theta[i] ? 0.5 : 0), 0);
    const bias = normalQuantile(Math.min(Math.max(below, 0.5), replicates - 0.5) / replicates);
    const adjusted = (p: number): number => {
      const z = bias + normalQuantile(p);
      return normalCdf(bias + z / (1 - acceleration[i] * z));
    };
    return {
      low: quantile(values, alpha / 2),
      high: quantile(values, 1 - alpha / 2),
      bcaLow: quantile(values, adjusted(alpha / 2)),
      bcaHigh: quantile(values, adjusted(1 - alpha / 2)),
    };
  });
}

/** Draws of votes one by one: counts at [pair * 4 + outcome]. */
function cellDraw(table: PairTable, random: Random): () => Float64Array {
  const cells = Float64Array.from({ length: table.a.length * 4 }, (_, at) =>
    cellCount(table, at >> 2, at & 3),
  );
  const votes = cells.reduce((sum, c) => sum + c, 0);
  return () => multinomial(random, votes, cells);
}

/** Draws of whole clusters. */
function clusterDraw(table: PairTable, votes: ClusteredVotes, random: Random): () => Float64Array {
  const sizes = votes.clusters.map((labels) => labels.reduce((top, label) => Math.max(top, label + 1), 0));
  return () => {
    const times = sizes.map((size) => multinomial(random, size, new Float64Array(size).fill(1)));
    const drawn = new Float64Array(table.a.length * 4);
    for (let k = 0; k < votes.pair.length; k++) {
      let count = 1;
      for (let l = 0; l < times.length; l++) count *= times[l][votes.clusters[l][k]];
      drawn[votes.pair[k] * 4 + votes.outcome[k]] += count;
    }
    return drawn;
  };
}

/**
 * a = sum l^3 / (6 (sum l^2)^(3/2)), l the influence on the strength of what is drawn: a vote, or a cluster of one
 * label. Zero with two labels, where nothing is drawn on its own.
 */
function accelerations(table: PairTable, fit: BradleyTerryFit, votes?: ClusteredVotes): Float64Array {
  const n = table.models.length;
  const squares = new Float64Array(n);
  const cubes = new Float64Array(n);
  const add = (influence: Float64Array, times: number): void => {
    for (let m = 0; m < n; m++) {
      squares[m] += times * influence[m] ** 2;
      cubes[m] += times * influence[m] ** 3;
    }
  };
  const score = (pair: number, outcome: number): number => {
    const y = outcome === 0 ? 1 : outcome === 1 ? 0 : 0.5;
    return table.weight[pair] * (y - sigmoid(fit.theta[table.a[pair]] - fit.theta[table.b[pair]]));
  };
  if (votes && votes.clusters.length > 1) return squares;
  if (votes) {
    const sums = new Map<number, Float64Array>();
    for (let k = 0; k < votes.pair.length; k++) {
      const label = votes.clusters[0][k];
      const sum = sums.get(label) ?? new Float64Array(n);
      const value = score(votes.pair[k], votes.outcome[k]);
      sum[table.a[votes.pair[k]]] += value;
      sum[table.b[votes.pair[k]]] -= value;
      sums.set(label, sum);
    }
    for (const sum of sums.values()) add(multiply(fit.inverseHessian, sum), 1);
  } else {
    for (let i = 0; i < table.a.length; i++) {
      const contrast = new Float64Array(n);
      contrast[table.a[i]] = 1;
      contrast[table.b[i]] = -1;
      const direction = multiply(fit.inverseHessian, contrast);
      for (let o = 0; o < 4; o++) {
        const count = cellCount(table, i, o);
        if (count > 0)
          add(
            direction.map((d) => score(i, o) * d),
            count,
          );
      }
    }
  }
  return cubes.map((c, m) => (squares[m] > 0 ? c / (6 * squares[m] ** 1.5) : 0));
}
