import type { Connectivity } from "./connectivity";
import { robustCovariance } from "./covariance";
import { ENOUGH_CLUSTERS, freedomOf, measureDependence } from "./dependence";
import type { Dependence, DependenceSummary } from "./dependence";
import { hashInputs, hashVotes, METHODOLOGY_VERSION } from "./inputs-hash";
import type { ClusteredVotes } from "./meat";
import type { FitNote } from "@/lib/schemas/fit-note";
import { normalQuantile } from "@/lib/numerics/normal";
import { compareIds, countPairs, pairTable, tally } from "./pair-counts";
import type { PairCount, PairTable, PairVote } from "./pair-counts";
import { rankSpread } from "./rank-spread";
import type { RankSpread, RankSpreadMethod } from "./rank-spread";
import { reweightPairs } from "./reweight";
import { POINTS_PER_LOGIT, toRating } from "./scale";
import { fitPairs } from "./tie-fit";
import type { TieModel } from "./tie-fit";
import { voteColumns } from "@/lib/ratings/log/vote-columns";
import type { ClusterLabel } from "@/lib/ratings/log/vote-columns";

/** What may be chosen; all optional, all plain JSON. */
export interface SnapshotOptions {
  /** Default `half`: half a win each. */
  ties?: TieModel;
  /** Intervals cover 1 - alpha; default 0.05. */
  alpha?: number;
  /** Default `pairwise`. */
  rankMethod?: RankSpreadMethod;
  /** Shifts the display so that this model stands at this rating. Intervals do not change. */
  anchor?: { model: string; rating: number };
  /** See reweight.ts; default false. */
  reweight?: boolean;
  /** Labels whose repeats make votes dependent; needs the votes, not only their counts. */
  cluster?: ClusterLabel[];
  /** How the votes' dependence was measured, where a board's counts are fitted; the excess goes beside it. */
  dependence?: DependenceSummary;
  /** Seed of `max-t`; default 0. */
  seed?: number;
  /** What was left out before counting, and why: part of the record and of the hash. */
  exclusions?: { reason: string; votes: number }[];
}

/** One model's line. */
export interface SnapshotRow {
  model: string;
  rating: number;
  /** Standard error in points of rating; of clustered votes the cluster-robust one itself (CR1), without the stretch to t. */
  se: number;
  /** In points of rating; of clustered votes by Student's t with the snapshot's degrees of freedom. */
  low: number;
  high: number;
  /** By rating, with its spread by the chosen method. Null while a model has no votes: it is unranked. */
  rank: number | null;
  rankLow: number | null;
  rankHigh: number | null;
  /** The spread by overlap of intervals, for comparison. */
  overlapLow: number | null;
  overlapHigh: number | null;
  wins: number;
  losses: number;
  /** Ties and both-bad votes together: wins + losses + ties = games. */
  ties: number;
  bothBad: number;
  games: number;
}

/** A computed board: everything up to `rows` is plain JSON; the rest is for further computation. */
export interface Snapshot {
  methodology: string;
  /** sha256 of the canonical inputs: methodology, options, models, counts or votes. */
  inputsHash: string;
  votes: number;
  options: SnapshotOptions;
  /** By rating, descending; unranked models last. */
  rows: SnapshotRow[];
  /** Every model with votes is linked to every other, directly or through others. */
  connected: boolean;
  /** Some difference rests on the weak prior: a model or group won or lost everything against the rest. */
  separated: boolean;
  /** What the page says of the flags. */
  notes: FitNote[];
  /** Of the clustered intervals; null: votes are taken as independent, and the intervals are normal. */
  degreesOfFreedom: number | null;
  gradientNorm: number;
  iterations: number;
  /** Order of theta (logits) and of the n by n covariance (logits squared). */
  models: string[];
  theta: Float64Array;
  covariance: Float64Array;
}

/** Strengths with their covariance, whichever model gave them. */
export interface Strengths {
  theta: Float64Array;
  covariance: Float64Array;
  gradientNorm: number;
  iterations: number;
  graph: Connectivity;
  /** Of clustered votes: what stretched the covariance. */
  dependence?: Pick<DependenceSummary, "clusters" | "factor">;
}

/**
 * The board from pair counts: fit, robust intervals, rank spread. `models` adds models without votes. Empty
 * counts, one model and separated or disconnected boards all give a finite, flagged snapshot.
 * @param excess what `options.dependence` measured, for this very list of models and model of ties
 */
export function buildSnapshot(
  counts: readonly PairCount[],
  models: readonly string[] = [],
  options: SnapshotOptions = {},
  excess?: Float64Array,
): Snapshot {
  const { dependence } = options;
  if (options.cluster && options.cluster.length > 0) {
    throw new RangeError("clustered intervals need the votes: use buildSnapshotFromVotes");
  }
  const table = pairTable(counts, models);
  const fit = fitPairs(options.reweight ? reweightPairs(table) : table, options.ties ?? "half");
  if ((dependence === undefined) !== (excess === undefined))
    throw new RangeError("dependence goes with its excess");
  const covariance = robustCovariance(fit, dependence && { excess: excess!, factor: dependence.factor });
  return boardOf(table, { ...fit, covariance, dependence }, hashInputs(counts, models, options), options);
}

/** The board from single votes, which `cluster` needs. Without it the same as from their counts. */
export function buildSnapshotFromVotes(
  votes: readonly PairVote[],
  models: readonly string[] = [],
  options: SnapshotOptions = {},
): Snapshot {
  const labels = options.cluster ?? [];
  if (labels.length === 0) return buildSnapshot(countPairs(votes), models, options);
  const columns = voteColumns(votes, labels, models);
  return assemble(columns.table, columns.votes, hashVotes(votes, models, options), options);
}

/** The board from a table already built (a streamed log); `inputsHash` is the caller's. */
export function assemble(
  table: PairTable,
  votes: ClusteredVotes | undefined,
  inputsHash: string,
  options: SnapshotOptions,
): Snapshot {
  const fit = fitPairs(options.reweight ? reweightPairs(table) : table, options.ties ?? "half");
  // Who asks for clusters gets them, however few; a board's own rule is stricter.
  const dependence =
    votes && measureDependence(fit, votes, options.cluster ?? [], { enough: 2, alpha: options.alpha });
  const strengths = { ...fit, covariance: robustCovariance(fit, dependence), dependence };
  return boardOf(table, strengths, inputsHash, options, remarksOn(dependence));
}

function remarksOn(dependence: Dependence | undefined): FitNote[] {
  return (dependence?.clusters ?? []).flatMap(({ label, clusters, effective, used }): FitNote[] => {
    if (!used) return [{ code: "too_few_clusters", label, clusters }];
    return effective < ENOUGH_CLUSTERS ? [{ code: "few_clusters", label, effective }] : [];
  });
}

/** The board of strengths fitted to a table, by whichever model: display, intervals, rank spread, flags. */
export function boardOf(
  table: PairTable,
  strengths: Strengths,
  inputsHash: string,
  options: SnapshotOptions,
  remarks: FitNote[] = [],
): Snapshot {
  const { alpha = 0.05, rankMethod = "pairwise", seed = 0, anchor } = options;
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha must lie between 0 and 1, not ${alpha}`);
  const { theta, covariance, graph, dependence } = strengths;

  const n = table.models.length;
  const sums = tally(table);
  const ranked = Array.from(theta.keys()).filter((i) => sums[i].games > 0);
  const part = subset(theta, covariance, ranked);
  const spread = rankSpread(part.theta, part.covariance, { alpha, method: rankMethod, seed });
  const overlap = rankSpread(part.theta, part.covariance, { alpha, method: "overlap" });
  const place = new Map(ranked.map((model, k) => [model, k]));
  const at = (ranks: RankSpread, key: keyof RankSpread, model: number): number | null =>
    place.has(model) ? ranks[key][place.get(model)!] : null;

  const shift = anchor ? anchor.rating - toRating(theta[indexOfAnchor(table.models, anchor.model)]) : 0;
  const critical = normalQuantile(1 - alpha / 2) * POINTS_PER_LOGIT;
  // The covariance is stretched so that normal quantiles give t intervals; the standard error is of the votes alone.
  const stretch = Math.sqrt(dependence?.factor ?? 1);
  const rows = table.models.map((model, i): SnapshotRow => {
    const rating = toRating(theta[i]) + shift;
    const deviation = Math.sqrt(Math.max(0, covariance[i * n + i]));
    return {
      model,
      rating,
      se: (deviation * POINTS_PER_LOGIT) / stretch,
      low: rating - critical * deviation,
      high: rating + critical * deviation,
      rank: at(spread, "rank", i),
      rankLow: at(spread, "low", i),
      rankHigh: at(spread, "high", i),
      overlapLow: at(overlap, "low", i),
      overlapHigh: at(overlap, "high", i),
      ...sums[i],
    };
  });
  // Ratings that share a rank differ by rounding at most: their order is that of the names.
  rows.sort(
    (x, y) =>
      (x.rank ?? Infinity) - (y.rank ?? Infinity) ||
      (x.rank === null ? y.rating - x.rating : 0) ||
      compareIds(x.model, y.model),
  );
  const notes = [...remarks];
  if (!graph.connected) notes.push({ code: "disconnected" });
  if (graph.separated) notes.push({ code: "separated" });
  return {
    methodology: METHODOLOGY_VERSION,
    inputsHash,
    votes: sums.reduce((sum, t) => sum + t.games, 0) / 2,
    options,
    rows,
    connected: graph.connected,
    separated: graph.separated,
    notes,
    degreesOfFreedom: dependence ? freedomOf(dependence.clusters) : null,
    gradientNorm: strengths.gradientNorm,
    iterations: strengths.iterations,
    models: table.models,
    theta,
    covariance,
  };
}

function indexOfAnchor(models: readonly string[], name: string): number {
  const index = models.indexOf(name);
  if (index < 0) throw new RangeError(`the anchor ${name} is not on the board`);
  return index;
}

/** The strengths and the covariance of some models alone. */
export function subset(
  theta: Float64Array,
  covariance: Float64Array,
  models: readonly number[],
): { theta: Float64Array; covariance: Float64Array } {
  const n = theta.length;
  const out = new Float64Array(models.length ** 2);
  models.forEach((i, x) => models.forEach((j, y) => (out[x * models.length + y] = covariance[i * n + j])));
  return { theta: Float64Array.from(models, (i) => theta[i]), covariance: out };
}
