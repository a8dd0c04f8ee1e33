/** What a voter said of a pair (a, b): a is better, b is better, they tie, or both are bad. */
export type Outcome = "a" | "b" | "tie" | "both_bad";

/** Every outcome; its index is its code in typed arrays. */
export const OUTCOMES: readonly Outcome[] = ["a", "b", "tie", "both_bad"];

/**
 * The score of model a: 1 for a win, 0 for a loss, 0.5 otherwise. "Both bad" is an outcome of its own in
 * the log and in the four-outcome model; Elo and every half-win fit read it as a tie.
 */
export function scoreOf(outcome: Outcome): 0 | 0.5 | 1 {
  if (outcome === "a") return 1;
  return outcome === "b" ? 0 : 0.5;
}

/** The same vote told from the other side. */
export function swapSides(outcome: Outcome): Outcome {
  if (outcome === "a") return "b";
  return outcome === "b" ? "a" : outcome;
}
