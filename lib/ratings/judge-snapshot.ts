import { createHash } from "node:crypto";
import type { ClusterSummary } from "./dependence";
import { compareIds, countPairs, pairTable } from "./pair-counts";
import { predictionPowered } from "./prediction-powered";
import type { JudgedPair, LabelledPair } from "./judged-rows";
import { boardOf } from "./snapshot";
import type { Snapshot } from "./snapshot";
import { verifySnapshot } from "@/lib/ratings/analysis/snapshot-differences";

/** Names the whole method; it changes whenever the same votes and verdicts could give another number. */
export const JUDGE_METHODOLOGY = "salon-ppi-1";

/** What the judge is worth, beside the board. */
export interface JudgeWorth {
  lambda: number;
  correlation: number;
  effectiveVotes: number;
  /** Votes with a verdict beside them, and verdicts alone, that the fit could use. */
  labelled: number;
  judgeOnly: number;
  clusters: ClusterSummary[];
  /** People's votes alone, fitted in the same way. */
  baseline: { model: string; rating: number; low: number; high: number; rank: number | null }[];
}

/** A board of people's votes and a judge's verdicts, or how many votes with a verdict it lacks. */
export type JudgeOutcome =
  | { fitted: true; snapshot: Snapshot; worth: JudgeWorth }
  | { fitted: false; labelled: number; needed: number };

/** Votes with a verdict that a fit asks for: the judge is measured on them. Ten a model, never fewer than a hundred. */
export function labelledNeeded(models: number): number {
  return Math.max(100, 10 * models);
}

/**
 * The board of people's votes sharpened by a judge (prediction-powered.ts): ties as half wins, clustered by voter and
 * prompt as a board is.
 * @param models also models without votes
 */
export function buildJudgeSnapshot(
  labelled: readonly LabelledPair[],
  judgeOnly: readonly JudgedPair[],
  models: readonly string[],
): JudgeOutcome {
  const needed = labelledNeeded(new Set(labelled.flatMap(({ a, b }) => [a, b])).size);
  const spoken = labelled.filter(({ judge }) => judge !== null).length;
  if (spoken < needed) return { fitted: false, labelled: spoken, needed };
  const options = { models, cluster: ["voter", "prompt"] as const };
  const fit = predictionPowered(labelled, judgeOnly, options);
  const people = predictionPowered(labelled, judgeOnly, { ...options, lambda: 0 });
  const table = pairTable(countPairs(labelled), models);
  const snapshot = boardOf(table, fit, hashJudged(labelled, judgeOnly, models), {});
  const { lambda, correlation, effectiveVotes, clusters } = fit;
  return {
    fitted: true,
    snapshot: { ...snapshot, methodology: JUDGE_METHODOLOGY },
    worth: {
      lambda,
      correlation,
      effectiveVotes,
      labelled: fit.labelled,
      judgeOnly: fit.judgeOnly,
      clusters,
      baseline: boardOf(table, people, "", {}).rows.map(({ model, rating, low, high, rank }) => ({
        model,
        rating,
        low,
        high,
        rank,
      })),
    },
  };
}

/** sha256 (hex) of votes and verdicts, in any order. */
function hashJudged(
  labelled: readonly LabelledPair[],
  judgeOnly: readonly JudgedPair[],
  models: readonly string[],
): string {
  const hash = createHash("sha256");
  hash.update(`${JUDGE_METHODOLOGY}\n${JSON.stringify([...new Set(models)].sort(compareIds))}\n`);
  const lines = [
    ...labelled.map(({ a, b, outcome, judge, voter, prompt }) =>
      JSON.stringify([a, b, outcome, judge, voter ?? null, prompt ?? null]),
    ),
    ...judgeOnly.map(({ a, b, judge, prompt }) => JSON.stringify([a, b, judge, prompt ?? null])),
  ];
  for (const line of lines.sort(compareIds)) hash.update(`${line}\n`);
  return hash.digest("hex");
}

/** Like verifySnapshot, and what the judge is worth too. Empty when they match. */
export function verifyJudgeSnapshot(
  stored: Pick<Snapshot, "methodology" | "inputsHash" | "rows"> & { worth: Omit<JudgeWorth, "baseline"> },
  recomputed: JudgeOutcome,
  tolerance = 1e-9,
): string[] {
  if (!recomputed.fitted) return [`recomputed: only ${recomputed.labelled} of ${recomputed.needed} votes`];
  const differences = verifySnapshot(stored, recomputed.snapshot, tolerance);
  for (const key of ["lambda", "correlation", "effectiveVotes", "labelled", "judgeOnly"] as const) {
    const [was, is] = [stored.worth[key], recomputed.worth[key]];
    if (!(Math.abs(was - is) <= tolerance * Math.max(1, Math.abs(was))))
      differences.push(`${key}: stored ${was}, recomputed ${is}`);
  }
  return differences;
}
