import type { VoteResponse } from "@/lib/schemas/battles";

/** What was voted and how surprising it was: Elo's surprise is the score minus the expected score. */
export function verdict({
  outcome,
  counted,
  expected,
  left,
  right,
}: Pick<VoteResponse, "outcome" | "counted" | "expected" | "left" | "right">): string {
  if (!counted) return "Your vote is kept and waits to be counted.";
  if (outcome === "both_bad") return "Both bad: counted as a tie.";
  if (outcome === "tie")
    return Math.max(expected, 1 - expected) < 0.6 ? "A tie. An even match." : "A tie. The underdog gains.";
  const chosen = `You chose ${outcome === "left" ? left.name : right.name}.`;
  const winnerExpected = outcome === "left" ? expected : 1 - expected;
  if (winnerExpected < 0.35) return `${chosen} An upset.`;
  if (winnerExpected < 0.45) return `${chosen} A small surprise.`;
  if (winnerExpected <= 0.55) return `${chosen} An even match.`;
  if (winnerExpected <= 0.75) return `${chosen} The favourite won.`;
  return `${chosen} The clear favourite won.`;
}
