import { fitLogLinear, outcomeProbabilities } from "./log-linear-pairs";
import type { LogLinearFit } from "./log-linear-pairs";
import type { PairTable } from "./pair-counts";

/**
 * Davidson's model of ties: with pi = e^theta and D = pi_a + pi_b + nu sqrt(pi_a pi_b), P(a) = pi_a / D,
 * P(b) = pi_b / D and P(tie) = nu sqrt(pi_a pi_b) / D. Even models tie most, and a tie is evidence of equality
 * rather than half a win. Both-bad votes count as ties.
 *
 * theta is on the scale of decisive votes, P(a | decided) = sigmoid(theta_a - theta_b), so its spread is wider
 * than that of half-wins. Source: Davidson, JASA 65 (1970).
 */
export function davidson(table: PairTable): LogLinearFit {
  return fitLogLinear(table, { extras: 1 });
}

/** Probabilities [a, b, tie] under a fit. */
export function davidsonProbabilities(thetaA: number, thetaB: number, logNu: number): number[] {
  return outcomeProbabilities(thetaA, thetaB, logNu, -Infinity).slice(0, 3);
}
