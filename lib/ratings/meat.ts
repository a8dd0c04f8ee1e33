import type { Connectivity } from "./connectivity";
import { cholesky, clipToPositive } from "@/lib/numerics/small-matrices";
import type { PairTable } from "./pair-counts";

/** A log by column, for clustered covariance: one entry a vote, each pair as oriented in the table. */
export interface ClusteredVotes {
  /** Row of the pair table. */
  pair: Int32Array;
  /** Index into OUTCOMES. */
  outcome: Uint8Array;
  /** One or two cluster labels a vote (voter, prompt), each array dense from 0. */
  clusters: Int32Array[];
}

/**
 * The score (gradient of the log-likelihood) of one vote, for each pair and outcome. It touches few parameters:
 * `width` of them, at `index[pair * width ...]` (the two strengths first), with values at
 * `value[(pair * 4 + outcome) * width ...]`. `probability[pair * 4 + outcome]` is what the model expects.
 */
export interface ScoreTable {
  dimension: number;
  width: number;
  index: Int32Array;
  value: Float64Array;
  probability: Float64Array;
}

/** Votes of one outcome on one pair. */
export function cellCount(table: PairTable, pair: number, outcome: number): number {
  if (outcome === 0) return table.winsA[pair];
  if (outcome === 1) return table.winsB[pair];
  return outcome === 2 ? table.ties[pair] : table.bothBad[pair];
}

/**
 * The middle of the sandwich: B = sum over votes of s s', each vote by itself, plus `excess`, what their dependence adds
 * ({@link clusterExcess}); negative eigenvalues, which are sampling noise, are then clipped to zero.
 *
 * Some pairs have residuals that say nothing of the noise, and enter B by their expected information instead:
 * pairs across strongly connected groups (all their votes went one way), and pairs of a model whose every
 * residual is zero (nothing but ties with its equals, say).
 */
export function meatOf(
  scores: ScoreTable,
  table: PairTable,
  graph: Connectivity,
  excess?: Float64Array,
): Float64Array {
  const { dimension } = scores;
  const mute = mutePairs(scores, table, graph);
  const meat = new Float64Array(dimension ** 2);
  for (let pair = 0; pair < table.a.length; pair++) {
    const games = gamesAt(table, pair);
    for (let o = 0; o < 4; o++) {
      const count = mute[pair] === 1 ? games * scores.probability[pair * 4 + o] : cellCount(table, pair, o);
      addSquare(meat, scores, pair, o, count);
    }
  }
  if (excess === undefined) return meat;
  for (let at = 0; at < meat.length; at++) meat[at] += excess[at];
  return isPositive(meat, dimension) ? meat : clipToPositive(meat, dimension);
}

/** Votes on one pair of a table. */
export function gamesAt(table: PairTable, pair: number): number {
  return table.winsA[pair] + table.winsB[pair] + table.ties[pair] + table.bothBad[pair];
}

/** meat += count s s' for one cell. */
function addSquare(
  meat: Float64Array,
  scores: ScoreTable,
  pair: number,
  outcome: number,
  count: number,
): void {
  if (count === 0) return;
  const { dimension, width, index, value } = scores;
  const at = (pair * 4 + outcome) * width;
  for (let x = 0; x < width; x++) {
    const row = index[pair * width + x] * dimension;
    for (let y = 0; y < width; y++)
      meat[row + index[pair * width + y]] += count * value[at + x] * value[at + y];
  }
}

/** 1 for each pair whose residuals carry no information on the noise. */
function mutePairs(scores: ScoreTable, table: PairTable, graph: Connectivity): Uint8Array {
  const observed = new Float64Array(table.models.length);
  const expected = new Float64Array(table.models.length);
  for (let pair = 0; pair < table.a.length; pair++) {
    const games = gamesAt(table, pair);
    for (let o = 0; o < 4; o++) {
      const at = (pair * 4 + o) * scores.width;
      const square = (scores.value[at] - scores.value[at + 1]) ** 2;
      for (const model of [table.a[pair], table.b[pair]]) {
        observed[model] += cellCount(table, pair, o) * square;
        expected[model] += games * scores.probability[pair * 4 + o] * square;
      }
    }
  }
  const silent = (model: number): boolean => observed[model] <= 1e-12 * expected[model];
  return Uint8Array.from(table.a, (a, pair) => {
    const b = table.b[pair];
    return graph.group[a] !== graph.group[b] || silent(a) || silent(b) ? 1 : 0;
  });
}

/** Whether every label has at least two clusters. */
export function canCluster(votes: ClusteredVotes): boolean {
  return votes.clusters.every((labels) => labels.some((label) => label !== labels[0]));
}

/**
 * What votes that go together add to B: the clustered form less the independent one, before clipping. Clustered is
 * B = sum over clusters of s_g s_g', s_g the summed score of a cluster, times G / (G - 1); with two labels the two-way
 * form B_1 + B_2 - B_12. Zero where a label has fewer than two clusters.
 * Sources: Liang & Zeger, Biometrika 73 (1986); Cameron, Gelbach & Miller, JBES 29(2) (2011).
 */
export function clusterExcess(
  scores: ScoreTable,
  table: PairTable,
  graph: Connectivity,
  votes: ClusteredVotes,
): Float64Array {
  const { clusters } = votes;
  const excess = new Float64Array(scores.dimension ** 2);
  if (clusters.length < 1 || clusters.length > 2) throw new RangeError("cluster by one label or by two");
  if (!canCluster(votes)) return excess;
  const mute = mutePairs(scores, table, graph);
  for (const labels of clusters) addClusters(excess, 1, scores, votes, [labels], mute);
  if (clusters.length === 2) addClusters(excess, -1, scores, votes, clusters, mute);
  for (let pair = 0; pair < table.a.length; pair++) {
    for (let o = 0; o < 4 && mute[pair] === 0; o++)
      addSquare(excess, scores, pair, o, -cellCount(table, pair, o));
  }
  return excess;
}

/**
 * B of rows that each add score (e_a - e_b) to the gradient, clustered by none, one or two labels.
 * @param n models
 */
export function clusteredMeat(
  n: number,
  rows: { a: Int32Array; b: Int32Array; score: Float64Array },
  clusters: Int32Array[],
): Float64Array {
  const { length } = rows.score;
  const index = new Int32Array(2 * length);
  const value = new Float64Array(8 * length);
  for (let k = 0; k < length; k++) {
    index[2 * k] = rows.a[k];
    index[2 * k + 1] = rows.b[k];
    value[8 * k] = rows.score[k];
    value[8 * k + 1] = -rows.score[k];
  }
  const scores = { dimension: n, width: 2, index, value, probability: new Float64Array(0) };
  const votes = { pair: Int32Array.from(rows.a, (_, k) => k), outcome: new Uint8Array(length), clusters };
  const [meat, mute] = [new Float64Array(n * n), new Uint8Array(length)];
  if (clusters.length === 0) {
    for (let k = 0; k < length; k++) addSquare(meat, scores, k, 0, 1);
    return meat;
  }
  for (const labels of clusters) addClusters(meat, 1, scores, votes, [labels], mute);
  if (clusters.length === 2) addClusters(meat, -1, scores, votes, clusters, mute);
  return isPositive(meat, n) ? meat : clipToPositive(meat, n);
}

/** Positive semidefinite up to rounding (a shift of all strengths is always in the null space). */
function isPositive(matrix: Float64Array, n: number): boolean {
  let trace = 0;
  for (let i = 0; i < n; i++) trace += matrix[i * n + i];
  if (trace === 0) return true;
  const nudged = Float64Array.from(matrix);
  for (let i = 0; i < n; i++) nudged[i * n + i] += 1e-10 * trace;
  return cholesky(nudged, n) !== null;
}

/** meat += sign G / (G - 1) sum_g s_g s_g', the clusters being the distinct combinations of `labels`. */
function addClusters(
  meat: Float64Array,
  sign: number,
  scores: ScoreTable,
  votes: ClusteredVotes,
  labels: Int32Array[],
  mute: Uint8Array,
): void {
  const { dimension, width, index, value } = scores;
  const order = labels.reduceRight<Uint32Array | null>(
    (previous, label) => stableOrder(label, previous),
    null,
  )!;
  const same = (x: number, y: number): boolean => labels.every((label) => label[x] === label[y]);
  let clusterCount = 0;
  for (let k = 0; k < order.length; k++) if (k === 0 || !same(order[k], order[k - 1])) clusterCount++;
  const factor = (sign * clusterCount) / (clusterCount - 1);

  const sum = new Float64Array(dimension);
  const touched = new Int32Array(dimension);
  const seen = new Uint8Array(dimension);
  let count = 0;
  for (let k = 0; k < order.length; k++) {
    const vote = order[k];
    const pair = votes.pair[vote];
    const at = (pair * 4 + votes.outcome[vote]) * width;
    for (let x = 0; x < width && mute[pair] === 0; x++) {
      const parameter = index[pair * width + x];
      if (seen[parameter] === 0) {
        seen[parameter] = 1;
        touched[count++] = parameter;
      }
      sum[parameter] += value[at + x];
    }
    if (k + 1 < order.length && same(order[k + 1], vote)) continue;
    for (let x = 0; x < count; x++) {
      const row = touched[x] * dimension;
      const scaled = factor * sum[touched[x]];
      for (let y = 0; y < count; y++) meat[row + touched[y]] += scaled * sum[touched[y]];
    }
    for (let x = 0; x < count; x++) sum[touched[x]] = seen[touched[x]] = 0;
    count = 0;
  }
}

/** Indices sorted by label, stable with respect to `previous` (counting sort). */
function stableOrder(label: Int32Array, previous: Uint32Array | null): Uint32Array {
  let top = 0;
  for (const id of label) if (id > top) top = id;
  const start = new Uint32Array(top + 2);
  for (const id of label) start[id + 1]++;
  for (let i = 1; i < start.length; i++) start[i] += start[i - 1];
  const order = new Uint32Array(label.length);
  for (let k = 0; k < label.length; k++) {
    const row = previous === null ? k : previous[k];
    order[start[label[row]]++] = row;
  }
  return order;
}
