import { createHash } from "node:crypto";
import { connectivity } from "./connectivity";
import { sandwichCovariance } from "./covariance";
import { fitCovariates } from "./covariates";
import type { Coefficient, CovariateVote } from "./covariates";
import { bradleyTerry } from "./bradley-terry";
import { identifiable } from "./identifiable";
import type { LeftOutReason } from "./identifiable";
import type { Outcome } from "./outcome";
import { compareIds, countPairs, pairTable } from "./pair-counts";
import { boardOf } from "./snapshot";
import { verifySnapshot } from "@/lib/ratings/analysis/snapshot-differences";
import type { Snapshot } from "./snapshot";
import { SIDE, styleDifferences } from "./style-features";
import type { StyleFeature, StyleValues } from "./style-features";

/** Names the whole method of style control; it changes whenever the same votes could give another number. */
export const STYLE_METHODOLOGY = "salon-style-1";

/** A vote with how both samples looked: the left one against the right one. */
export interface StyleVote {
  left: string;
  right: string;
  /** `a` is the left one. */
  outcome: Outcome;
  leftStyle: StyleValues;
  rightStyle: StyleValues;
}

/** What style control found, beside the board. */
export interface StyleEffects {
  coefficients: Coefficient[];
  /** Covariates that the votes cannot tell apart, with the reason. */
  leftOut: { name: string; reason: LeftOutReason }[];
  /** Votes that were left out because a sample lacks a feature. */
  votesWithoutStyle: number;
  /** The same votes fitted without covariates, so that a difference is style's alone. */
  baseline: { model: string; rating: number; rank: number | null }[];
}

/** A style-controlled board, or how many votes it lacks. */
export type StyleOutcome =
  | { fitted: true; snapshot: Snapshot; effects: StyleEffects }
  | { fitted: false; votes: number; needed: number };

/**
 * Votes that a fit asks for: ten a parameter (Peduzzi et al. 1996), and never fewer than a hundred.
 * @param parameters strengths and coefficients
 */
export function styleVotesNeeded(parameters: number): number {
  return Math.max(100, 10 * parameters);
}

/**
 * The board with style held equal: Bradley-Terry, ties as half wins, with the differences of the samples' features and
 * the side as covariates (covariates.ts). Covariates that go with the model or with each other are left out, and named.
 *
 * @param votes in any order; to equal to the last bit, in the same one.
 * @param models also models without votes.
 */
export function buildStyleSnapshot(
  votes: readonly StyleVote[],
  models: readonly string[],
  features: readonly StyleFeature[],
  options: { alpha?: number } = {},
): StyleOutcome {
  const { names, usable, design, kept, leftOut, needed } = designOf(votes, features);
  if (design.length < needed) return { fitted: false, votes: design.length, needed };

  const columns = kept.map((name) => names.indexOf(name));
  const narrowed = design.map((vote) => ({ ...vote, differences: columns.map((k) => vote.differences[k]) }));
  const fit = fitCovariates(narrowed, kept, { alpha: options.alpha, models });
  const table = pairTable(countPairs(design), models);
  const hash = hashStyleVotes(
    usable.map(({ vote }) => vote),
    models,
    features,
    options,
  );
  const snapshot = boardOf(table, fit, hash, options);
  const plain = bradleyTerry(table);
  const strengths = {
    ...plain,
    covariance: sandwichCovariance(table, plain),
    graph: connectivity(table),
  };
  return {
    fitted: true,
    snapshot: { ...snapshot, methodology: STYLE_METHODOLOGY },
    effects: {
      coefficients: fit.coefficients,
      leftOut,
      votesWithoutStyle: votes.length - design.length,
      baseline: boardOf(table, strengths, "", options).rows.map(({ model, rating, rank }) => ({
        model,
        rating,
        rank,
      })),
    },
  };
}

/** How many of the votes a fit could use and how many it asks for, without making it. */
export function countStyleVotes(
  votes: readonly StyleVote[],
  features: readonly StyleFeature[],
): { votes: number; needed: number } {
  const { design, needed } = designOf(votes, features);
  return { votes: design.length, needed };
}

/** The votes whose samples were both measured, and the covariates that they can tell apart. */
function designOf(votes: readonly StyleVote[], features: readonly StyleFeature[]) {
  const names = [...features.map(({ name }) => name), SIDE];
  const usable: { vote: StyleVote; design: CovariateVote }[] = [];
  for (const vote of votes) {
    const differences = styleDifferences(features, vote.leftStyle, vote.rightStyle, true);
    if (differences !== null)
      usable.push({ vote, design: { a: vote.left, b: vote.right, outcome: vote.outcome, differences } });
  }
  const design = usable.map((each) => each.design);
  const { kept, leftOut } = identifiable(design, names);
  const voted = new Set(design.flatMap(({ a, b }) => [a, b]));
  return { names, usable, design, kept, leftOut, needed: styleVotesNeeded(voted.size + kept.length) };
}

/** sha256 (hex) of what a style fit is made from: votes with the features as measured, in any order. */
function hashStyleVotes(
  votes: readonly StyleVote[],
  models: readonly string[],
  features: readonly StyleFeature[],
  options: { alpha?: number },
): string {
  const values = (style: StyleValues) => features.map(({ name }) => style[name] ?? null);
  const lines = votes.map(({ left, right, outcome, leftStyle, rightStyle }) =>
    JSON.stringify([left, right, outcome, values(leftStyle), values(rightStyle)]),
  );
  const hash = createHash("sha256");
  hash.update(`${STYLE_METHODOLOGY}\n${JSON.stringify(options)}\n${JSON.stringify(features)}\n`);
  hash.update(`${JSON.stringify([...new Set(models)].sort(compareIds))}\n`);
  for (const line of lines.sort(compareIds)) hash.update(`${line}\n`);
  return hash.digest("hex");
}

/** Like verifySnapshot, and every coefficient too. Empty when they match. */
export function verifyStyleSnapshot(
  stored: Pick<Snapshot, "methodology" | "inputsHash" | "rows"> & { effects: Omit<StyleEffects, "baseline"> },
  recomputed: StyleOutcome,
  tolerance = 1e-9,
): string[] {
  if (!recomputed.fitted) return [`recomputed: only ${recomputed.votes} of ${recomputed.needed} votes`];
  const differences = verifySnapshot(stored, recomputed.snapshot, tolerance);
  const fresh = recomputed.effects.coefficients;
  const names = (list: readonly { name: string }[]) => list.map(({ name }) => name).join(", ");
  if (names(stored.effects.coefficients) !== names(fresh)) {
    return [
      ...differences,
      `coefficients: stored ${names(stored.effects.coefficients)}, recomputed ${names(fresh)}`,
    ];
  }
  stored.effects.coefficients.forEach((was, k) => {
    for (const key of ["value", "se", "low", "high", "standardised"] as const) {
      if (!(Math.abs(was[key] - fresh[k][key]) <= tolerance))
        differences.push(`${was.name} ${key}: stored ${was[key]}, recomputed ${fresh[k][key]}`);
    }
  });
  return differences;
}
