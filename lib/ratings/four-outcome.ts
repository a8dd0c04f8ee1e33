import { fitLogLinear, outcomeProbabilities } from "./log-linear-pairs";
import type { LogLinearFit } from "./log-linear-pairs";
import type { PairTable } from "./pair-counts";

/**
 * Davidson's model with "both bad" as an outcome of its own, driven by absolute quality: with pi = e^theta and
 * D = pi_a + pi_b + nu sqrt(pi_a pi_b) + kappa, P(both bad) = kappa / D, as though a bar of strength ln kappa
 * had competed and won. Two weak models are called bad far more often than two strong ones, so these votes tell
 * about level, which win rates alone cannot. Without ties and with kappa = 1 it is the "bag" model
 * 1 / (1 + pi_a + pi_b).
 */
export function fourOutcome(table: PairTable): LogLinearFit {
  return fitLogLinear(table, { extras: 2 });
}

/** Probabilities [a, b, tie, both bad] under a fit. */
export function fourOutcomeProbabilities(
  thetaA: number,
  thetaB: number,
  logNu: number,
  logKappa: number,
): number[] {
  return outcomeProbabilities(thetaA, thetaB, logNu, logKappa);
}
