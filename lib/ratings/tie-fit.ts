import { bradleyTerry } from "./bradley-terry";
import { robustCovariance, scoredBradleyTerry } from "./covariance";
import type { CovarianceExcess, ScoredFit } from "./covariance";
import { davidson } from "./davidson";
import { fourOutcome } from "./four-outcome";
import { outcomeProbabilities } from "./log-linear-pairs";
import type { PairTable } from "./pair-counts";
import type { TieModel } from "@/lib/schemas/tie-model";
import { dispersion } from "@/lib/ratings/analysis/power";
import { sigmoid } from "./scale";

/** How ties and both-bad votes enter the fit: half a win each, davidson.ts, or four-outcome.ts. */
export type { TieModel };

/** Strengths under a model of ties, and what they say of a battle. */
export interface TieFit extends ScoredFit {
  /** Expected score of a against b: its wins and half of ties and both-bads, 0 to 1. */
  score(a: number, b: number): number;
  /** The same for two strengths, in logits. */
  scoreOf(thetaA: number, thetaB: number): number;
  /** Information that one more vote on the pair gives about theta_a - theta_b, in 1 / logits squared. */
  information(a: number, b: number): number;
}

/** Fits a table by the model of ties that a board uses. */
export function fitPairs(table: PairTable, ties: TieModel): TieFit {
  if (ties === "half") {
    const fit = scoredBradleyTerry(table, bradleyTerry(table));
    const { theta } = fit;
    const noise = dispersion(table, theta);
    return {
      ...fit,
      score: (a, b) => sigmoid(theta[a] - theta[b]),
      scoreOf: (thetaA, thetaB) => sigmoid(thetaA - thetaB),
      information: (a, b) => {
        const p = sigmoid(theta[a] - theta[b]);
        return (p * (1 - p)) / noise;
      },
    };
  }
  const fit = ties === "davidson" ? davidson(table) : fourOutcome(table);
  const { theta, logNu } = fit;
  const logKappa = ties === "davidson" ? -Infinity : fit.logKappa;
  const decided = (a: number, b: number) => outcomeProbabilities(theta[a], theta[b], logNu, logKappa);
  const scoreOf = (thetaA: number, thetaB: number) => {
    const [win, , tie, bad] = outcomeProbabilities(thetaA, thetaB, logNu, logKappa);
    return win + (tie + bad) / 2;
  };
  return {
    ...fit,
    score: (a, b) => scoreOf(theta[a], theta[b]),
    scoreOf,
    // The outcomes' loadings on the difference are 1/2, -1/2, 0, 0: their variance.
    information: (a, b) => {
      const [win, loss] = decided(a, b);
      return (win + loss - (win - loss) ** 2) / 4;
    },
  };
}

/** {@link fitPairs} with the robust covariance of the strengths. */
export function fitWithTies(
  table: PairTable,
  ties: TieModel,
  dependence?: CovarianceExcess,
): TieFit & { covariance: Float64Array } {
  const fit = fitPairs(table, ties);
  return { ...fit, covariance: robustCovariance(fit, dependence) };
}
