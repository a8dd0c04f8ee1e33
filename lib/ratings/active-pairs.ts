import { sigmoid } from "./scale";

/** Pairs with the chance of each; probabilities sum to 1. */
export interface PairDistribution {
  /** Indices of models, a < b. */
  a: Int32Array;
  b: Int32Array;
  probability: Float64Array;
}

/** A drawn pair, with the probability it had: to be stored with the battle. */
export interface PairChoice {
  a: number;
  b: number;
  propensity: number;
}

/** All adjustable parts of the choice. */
export interface ActivePairOptions {
  /** Share of battles spread evenly over all pairs, so that no propensity is ever zero. Default 0.05. */
  floor?: number;
  /** A model's contrasts with this many neighbours in rank, each way, matter. Default 2. */
  neighbours?: number;
  /** The first ranks, whose contrasts count in full. Default 10. */
  focus?: number;
  /** How much the contrasts below count. Default 0.02: enough to place them, since all stand against one mean. */
  elsewhere?: number;
  /** With more models than these, only contrasts that a pair is near to are looked at: see {@link pairDistribution}. Default 100. */
  wholeUpTo?: number;
  /**
   * Chances go with the gain to this power; default 2. With 1, much of the draw goes to pairs of small gain: on
   * three boards 25, 47 and 56% fewer votes than uniform, where 2 saves 32, 53 and 63% (docs/metrics/ratings.md).
   */
  sharpness?: number;
}

const FOCUS = 10;

/** All neighbour contrasts of a model together, beside 1 for its contrast with the board's mean. */
const NEIGHBOUR_SHARE = 0.3;

/**
 * Which pair to show next. One more vote on pair e = e_a - e_b, worth w = p (1 - p) of information, turns the
 * covariance V into V - w V e e' V / (1 + w e' V e), so the variance of a contrast c falls by
 * w (c' V e)^2 / (1 + w e' V e). The chance of a pair goes with that fall (squared, see sharpness), summed over the
 * contrasts that matter: each model with the board's mean, which is its rating, and with its neighbours in rank,
 * the first ranks above all. A draw, not the maximum: the maximum starves pairs and leaves no propensity to weigh votes by.
 *
 * Two guarantees: every pair keeps floor / (number of pairs) or more, and while groups of models have not met
 * (`games` shows several components), half of the battles or more join two of them, the rest keeping half of theirs.
 *
 * @param theta strengths in logits; @param covariance n by n, both of the newest snapshot.
 * @param games n by n, battles so far between each two models (symmetric).
 * Cost: O(n^3) for the contrasts of all models. One vote hardly moves a contrast in which neither of its models is: on larger
 * boards such ones count only where they are of the first ranks, which is O(n^2). Compute once a snapshot and draw from it with
 * {@link samplePair}.
 */
export function pairDistribution(
  theta: Float64Array,
  covariance: Float64Array,
  games: Float64Array,
  options: ActivePairOptions = {},
): PairDistribution {
  const { floor = 0.05, sharpness = 2 } = options;
  if (!(floor > 0 && floor <= 1)) throw new RangeError(`the floor must lie in (0, 1], not ${floor}`);
  const n = theta.length;
  const uniform = uniformPairs(n);
  const count = uniform.probability.length;
  if (count === 0) return uniform;
  const near = contrastsNear(contrastsThatMatter(theta, options), n, options);
  const gain = new Float64Array(count);
  let total = 0;
  for (let k = 0; k < count; k++) {
    const [a, b] = [uniform.a[k], uniform.b[k]];
    const p = sigmoid(theta[a] - theta[b]);
    const weight = p * (1 - p);
    const spread = covariance[a * n + a] + covariance[b * n + b] - 2 * covariance[a * n + b];
    let fall = 0;
    for (const contrasts of near(a, b))
      for (const { i, j, importance } of contrasts) {
        let shared = covariance[i * n + a] - covariance[i * n + b];
        if (j >= 0) shared -= covariance[j * n + a] - covariance[j * n + b];
        fall += importance * shared * shared;
      }
    gain[k] = ((weight * fall) / (1 + weight * spread)) ** sharpness;
    total += gain[k];
  }
  const probability = gain.map((g, k) =>
    total > 0 ? floor * uniform.probability[k] + ((1 - floor) * g) / total : uniform.probability[k],
  );
  return { ...uniform, probability: withBridges(uniform, probability, components(games, n)) };
}

/** Every pair alike. */
export function uniformPairs(models: number): PairDistribution {
  const count = (models * (models - 1)) / 2;
  const a = new Int32Array(count);
  const b = new Int32Array(count);
  let k = 0;
  for (let i = 0; i < models; i++) {
    for (let j = i + 1; j < models; j++) {
      a[k] = i;
      b[k++] = j;
    }
  }
  return { a, b, probability: new Float64Array(count).fill(1 / count) };
}

/** Draws a pair with a uniform number u in [0, 1). Throws on an empty distribution (fewer than two models). */
export function samplePair(distribution: PairDistribution, u: number): PairChoice {
  const { a, b, probability } = distribution;
  if (probability.length === 0) throw new RangeError("a battle needs two models");
  let rest = u;
  for (let k = 0; k < probability.length; k++) {
    rest -= probability[k];
    if (rest < 0) return { a: a[k], b: b[k], propensity: probability[k] };
  }
  // Rounding: the last pair that has a chance.
  let last = probability.length - 1;
  while (last > 0 && probability[last] === 0) last--;
  return { a: a[last], b: b[last], propensity: probability[last] };
}

/** A difference of two strengths, or of one and the board's mean (j = -1), and how much it counts. */
interface Contrast {
  i: number;
  j: number;
  importance: number;
  /** Of i, from 0. */
  rank: number;
}

function contrastsThatMatter(theta: Float64Array, options: ActivePairOptions): Contrast[] {
  const { neighbours = 2, focus = FOCUS, elsewhere = 0.02 } = options;
  const order = Array.from(theta.keys()).sort((i, j) => theta[j] - theta[i] || i - j);
  const contrasts: Contrast[] = [];
  order.forEach((i, rank) => {
    const importance = rank < focus ? 1 : elsewhere;
    contrasts.push({ i, j: -1, importance, rank });
    for (let d = 1; d <= neighbours && rank + d < order.length; d++) {
      contrasts.push({
        i,
        j: order[rank + d],
        importance: (NEIGHBOUR_SHARE * importance) / (2 * neighbours),
        rank,
      });
    }
  });
  return contrasts;
}

/** The contrasts to look at for a pair: all of them, or on a large board those of the first ranks and those that one of the two is in. */
function contrastsNear(
  contrasts: readonly Contrast[],
  n: number,
  { focus = FOCUS, wholeUpTo = 100 }: ActivePairOptions,
): (a: number, b: number) => readonly (readonly Contrast[])[] {
  if (n <= wholeUpTo) return () => [contrasts];
  const first = contrasts.filter(({ rank }) => rank < focus);
  const others: Contrast[][] = Array.from({ length: n }, () => []);
  for (const contrast of contrasts.filter(({ rank }) => rank >= focus)) {
    others[contrast.i].push(contrast);
    if (contrast.j >= 0) others[contrast.j].push(contrast);
  }
  return (a, b) => [first, others[a], others[b].filter(({ i, j }) => i !== a && j !== a)];
}

function components(games: Float64Array, n: number): Int32Array {
  const label = new Int32Array(n).fill(-1);
  let count = 0;
  for (let root = 0; root < n; root++) {
    if (label[root] >= 0) continue;
    const stack = [root];
    label[root] = count;
    while (stack.length > 0) {
      const i = stack.pop()!;
      for (let j = 0; j < n; j++) {
        if (label[j] >= 0 || games[i * n + j] <= 0) continue;
        label[j] = count;
        stack.push(j);
      }
    }
    count++;
  }
  return label;
}

/** Raises the pairs that join two components to half of the chances, evenly, if they have less. */
function withBridges(
  pairs: PairDistribution,
  probability: Float64Array,
  component: Int32Array,
): Float64Array {
  const joins = (k: number): boolean => component[pairs.a[k]] !== component[pairs.b[k]];
  let mass = 0;
  let bridges = 0;
  for (let k = 0; k < probability.length; k++) {
    if (!joins(k)) continue;
    mass += probability[k];
    bridges++;
  }
  if (bridges === 0 || mass >= 0.5) return probability;
  return probability.map((p, k) => (joins(k) ? p + (0.5 - mass) / bridges : (p * 0.5) / (1 - mass)));
}
