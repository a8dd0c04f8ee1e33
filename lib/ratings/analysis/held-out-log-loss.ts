import { bradleyTerry } from "@/lib/ratings/bradley-terry";
import { davidson } from "@/lib/ratings/davidson";
import { fourOutcome } from "@/lib/ratings/four-outcome";
import { outcomeProbabilities } from "@/lib/ratings/log-linear-pairs";
import { cellCount } from "@/lib/ratings/meat";
import type { PairTable } from "@/lib/ratings/pair-counts";
import { multinomial, seededRandom } from "@/lib/numerics/random";
import { sigmoid } from "@/lib/ratings/scale";
import type { TieModel } from "@/lib/ratings/tie-fit";

/** How well one model of ties predicts votes it has not seen. */
export interface HeldOutLoss {
  ties: TieModel;
  /** Mean -ln P(outcome) over held-out votes, in nats. */
  logLoss: number;
  /** Standard error of logLoss. */
  se: number;
  /** Loss above the best model's, and the standard error of that difference. */
  excess: number;
  excessSe: number;
}

/**
 * Chooses the model of ties by k-fold held-out log-loss over the four outcomes. All three models give a
 * probability to each outcome: half-wins split the decided share by sigmoid(theta_a - theta_b) and give ties and
 * both-bad their overall shares; Davidson splits its tie by the overall share of both-bad; the four-outcome model
 * gives its own. The winner is the lowest loss, except that a simpler model (half, then davidson) is kept when it
 * is within one standard error, or within two nats over the whole log (which smoothing alone can cost).
 *
 * Folds are random votes, drawn from the counts by multinomial thinning.
 */
export function chooseTieModel(
  table: PairTable,
  options: { folds?: number; seed?: number } = {},
): { best: TieModel; losses: HeldOutLoss[] } {
  const { folds = 5, seed = 0 } = options;
  const models: TieModel[] = ["half", "davidson", "four"];
  const parts = splitFolds(table, folds, seed);
  // Per cell: votes held out, and their summed -ln P and squares of differences under each model.
  let votes = 0;
  const loss = [0, 0, 0];
  const squares = [0, 0, 0];
  const cross = Array.from({ length: 3 }, () => [0, 0, 0]);
  for (let f = 0; f < folds; f++) {
    const train = parts.reduce<PairTable | null>((sum, part, k) => (k === f ? sum : add(sum, part)), null);
    if (train === null) throw new RangeError("held-out log-loss needs at least two folds");
    const predict = models.map((model) => predictor(train, model));
    for (let i = 0; i < table.a.length; i++) {
      const probabilities = predict.map((of) => of(table.a[i], table.b[i]));
      for (let o = 0; o < 4; o++) {
        const count = cellCount(parts[f], i, o);
        if (count === 0) continue;
        votes += count;
        const nats = probabilities.map((p) => -Math.log(p[o]));
        for (let m = 0; m < 3; m++) {
          loss[m] += count * nats[m];
          squares[m] += count * nats[m] ** 2;
          for (let k = 0; k < 3; k++) cross[m][k] += count * (nats[m] - nats[k]) ** 2;
        }
      }
    }
  }
  if (votes === 0) return { best: "half", losses: [] };
  const mean = loss.map((l) => l / votes);
  const lowest = mean.indexOf(Math.min(...mean));
  const losses = models.map((ties, m): HeldOutLoss => {
    const excess = mean[m] - mean[lowest];
    const variance = Math.max(0, cross[m][lowest] / votes - excess ** 2);
    const spread = Math.max(0, squares[m] / votes - mean[m] ** 2);
    return {
      ties,
      logLoss: mean[m],
      se: Math.sqrt(spread / votes),
      excess,
      excessSe: Math.sqrt(variance / votes),
    };
  });
  const best = losses.find((l) => l.excess <= Math.max(l.excessSe, 2 / votes)) ?? losses[lowest];
  return { best: best.ties, losses };
}

/** Splits the votes of a table into equal random parts. */
export function splitFolds(table: PairTable, folds: number, seed: number): PairTable[] {
  const random = seededRandom(seed);
  const equal = new Float64Array(folds).fill(1);
  const blank = (): Float64Array => new Float64Array(table.a.length);
  const parts = Array.from({ length: folds }, (): PairTable => ({
    ...table,
    winsA: blank(),
    winsB: blank(),
    ties: blank(),
    bothBad: blank(),
  }));
  for (const key of ["winsA", "winsB", "ties", "bothBad"] as const) {
    table[key].forEach((count, i) =>
      multinomial(random, count, equal).forEach((n, f) => (parts[f][key][i] = n)),
    );
  }
  return parts;
}

function add(sum: PairTable | null, part: PairTable): PairTable {
  if (sum === null) return part;
  const plus = (key: "winsA" | "winsB" | "ties" | "bothBad"): Float64Array =>
    sum[key].map((x, i) => x + part[key][i]);
  return { ...sum, winsA: plus("winsA"), winsB: plus("winsB"), ties: plus("ties"), bothBad: plus("bothBad") };
}

/** Probabilities of the four outcomes for a pair, by a model fitted on `train`. */
function predictor(train: PairTable, model: TieModel): (a: number, b: number) => number[] {
  const total = [0, 1, 2, 3].map((o) => train.a.reduce((sum, _, i) => sum + cellCount(train, i, o), 0));
  const all = total[0] + total[1] + total[2] + total[3];
  // Half a vote more for each outcome, so that one never seen keeps a chance.
  const share = (part: number, whole: number): number => (part + 0.5) / (whole + 2);
  if (model === "half") {
    const { theta } = bradleyTerry(train);
    const tie = share(total[2], all);
    const bad = share(total[3], all);
    return (a, b) => {
      const p = sigmoid(theta[a] - theta[b]);
      return [(1 - tie - bad) * p, (1 - tie - bad) * (1 - p), tie, bad];
    };
  }
  if (model === "davidson") {
    const { theta, logNu } = davidson(train);
    const bad = (total[3] + 0.5) / (total[2] + total[3] + 1);
    return (a, b) => {
      const [win, loss, tie] = outcomeProbabilities(theta[a], theta[b], logNu, -Infinity);
      return [win, loss, tie * (1 - bad), tie * bad];
    };
  }
  const { theta, logNu, logKappa } = fourOutcome(train);
  return (a, b) => outcomeProbabilities(theta[a], theta[b], logNu, logKappa);
}
