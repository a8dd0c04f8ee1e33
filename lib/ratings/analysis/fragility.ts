import { bradleyTerry } from "@/lib/ratings/bradley-terry";
import type { BradleyTerryFit } from "@/lib/ratings/bradley-terry";
import { cellCount } from "@/lib/ratings/meat";
import { OUTCOMES } from "@/lib/ratings/outcome";
import type { Outcome } from "@/lib/ratings/outcome";
import type { PairTable } from "@/lib/ratings/pair-counts";
import { sigmoid } from "@/lib/ratings/scale";

/** The fewest votes found whose removal takes first place away, verified by a refit without them. */
export interface Fragility {
  first: string;
  /** Who is first without those votes. */
  successor: string;
  /** Votes to remove, and as a share of all votes. */
  votes: number;
  share: number;
  /** Which, in counts of identical votes. */
  removed: { a: string; b: string; outcome: Outcome; votes: number }[];
}

const KEYS = ["winsA", "winsB", "ties", "bothBad"] as const;

/**
 * How few votes hold up the first place. For each of the closest rivals, votes are ordered by their influence on
 * the gap (one Newton step, corrected for leverage); the shortest prefix whose removal changes the first place is
 * found by refitting; then the removal is repeated in ten steps with fresh influences, which often needs fewer.
 * Every answer is verified by its refit, so `votes` is exact as an upper bound and the influence order makes it
 * tight. Null when there is no rival, or no removal of up to half of the votes does it.
 *
 * `strengths` ranks by another model (of ties, say): influences stay those of half-wins, who is first is its word.
 *
 * Source: Broderick, Giordano & Meager 2020 (approximate maximum influence perturbation).
 */
export function fragility(
  table: PairTable,
  fit: BradleyTerryFit,
  options: { rivals?: number; strengths?: Refit } = {},
): Fragility | null {
  const { rivals = 4, strengths } = options;
  const theta = strengths ? strengths(table) : fit.theta;
  const total = KEYS.reduce((sum, key) => sum + table[key].reduce((s, x) => s + x, 0), 0);
  const played = new Set([...table.a, ...table.b]);
  const order = [...played].sort((i, j) => theta[j] - theta[i] || i - j);
  let best: { removed: Float64Array; votes: number; successor: number } | null = null;
  for (const rival of order.slice(1, 1 + rivals)) {
    const limit: number = best === null ? Math.floor(total / 2) : best.votes - 1;
    const found = flip(table, fit, order[0], rival, limit, strengths);
    if (found !== null) best = found;
  }
  if (best === null) return null;
  const removed: Fragility["removed"] = [];
  best.removed.forEach((votes, at) => {
    if (votes === 0) return;
    const pair = at >> 2;
    const [a, b] = [table.models[table.a[pair]], table.models[table.b[pair]]];
    removed.push({ a, b, outcome: OUTCOMES[at & 3], votes });
  });
  return {
    first: table.models[order[0]],
    successor: table.models[best.successor],
    votes: best.votes,
    share: best.votes / total,
    removed,
  };
}

/** Strengths of a table's models, in logits. */
type Refit = (table: PairTable) => Float64Array;

interface Flip {
  /** Votes removed from each cell (pair * 4 + outcome). */
  removed: Float64Array;
  votes: number;
  successor: number;
}

/** Fewest removals, at most `limit`, after which `first` no longer leads. */
function flip(
  table: PairTable,
  fit: BradleyTerryFit,
  first: number,
  rival: number,
  limit: number,
  strengths: Refit | undefined,
): Flip | null {
  const attempt = (votes: number, steps: number): Flip | null => {
    const removed = new Float64Array(table.a.length * 4);
    let rest = table;
    let current = fit;
    for (let step = 0; step < steps; step++) {
      const size = Math.floor((votes * (step + 1)) / steps) - Math.floor((votes * step) / steps);
      if (size === 0) continue;
      const drop = mostInfluential(rest, current, first, rival, size);
      drop.forEach((n, at) => (removed[at] += n));
      rest = without(rest, drop);
      current = bradleyTerry(rest, { start: current.theta });
    }
    const successor = leader(rest, strengths ? strengths(rest) : current.theta, first);
    return successor === first ? null : { removed, votes, successor };
  };
  const smallest = (steps: number, most: number): Flip | null => {
    let found: Flip | null = null;
    let low = 0;
    let high = 1;
    for (; found === null; high = Math.min(2 * high, most)) {
      if (high > most) return null;
      found = attempt(high, steps);
      if (found !== null) break;
      low = high;
      if (high === most) return null;
    }
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      const flipped = attempt(middle, steps);
      if (flipped === null) low = middle;
      else [found, high] = [flipped, middle];
    }
    return found;
  };
  if (limit < 1) return null;
  const single = smallest(1, limit);
  const refined = smallest(10, single === null ? limit : single.votes - 1);
  return refined ?? single;
}

/** Who leads among the models that still have votes: `first`, unless another is ahead by more than rounding. */
function leader(table: PairTable, theta: Float64Array, first: number): number {
  let best = first;
  for (let i = 0; i < table.a.length; i++) {
    if (KEYS.every((key) => table[key][i] === 0)) continue;
    for (const model of [table.a[i], table.b[i]]) if (theta[model] > theta[best] + 1e-9) best = model;
  }
  return best;
}

function without(table: PairTable, drop: Float64Array): PairTable {
  const left = (outcome: number): Float64Array =>
    table[KEYS[outcome]].map((n, i) => n - drop[4 * i + outcome]);
  return { ...table, winsA: left(0), winsB: left(1), ties: left(2), bothBad: left(3) };
}

/** The `size` votes whose removal lowers theta_first - theta_rival most, counted by cell. */
function mostInfluential(
  table: PairTable,
  fit: BradleyTerryFit,
  first: number,
  rival: number,
  size: number,
): Float64Array {
  const n = table.models.length;
  const g = fit.inverseHessian;
  const cells: { at: number; effect: number }[] = [];
  for (let i = 0; i < table.a.length; i++) {
    const [a, b] = [table.a[i], table.b[i]];
    const p = sigmoid(fit.theta[a] - fit.theta[b]);
    const reach = g[first * n + a] - g[first * n + b] - g[rival * n + a] + g[rival * n + b];
    const leverage = table.weight[i] * p * (1 - p) * (g[a * n + a] + g[b * n + b] - 2 * g[a * n + b]);
    for (const [outcome, y] of [1, 0, 0.5, 0.5].entries()) {
      if (cellCount(table, i, outcome) === 0) continue;
      const effect = (-table.weight[i] * (y - p) * reach) / Math.max(1e-6, 1 - leverage);
      if (effect < 0) cells.push({ at: 4 * i + outcome, effect });
    }
  }
  cells.sort((x, y) => x.effect - y.effect || x.at - y.at);
  const drop = new Float64Array(table.a.length * 4);
  let left = size;
  for (const { at } of cells) {
    if (left === 0) break;
    drop[at] = Math.min(left, cellCount(table, at >> 2, at & 3));
    left -= drop[at];
  }
  return drop;
}
