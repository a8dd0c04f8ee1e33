import type { VoteResponse } from "@/lib/schemas/battles";

/** What was voted and how surprising it was: Elo's surprise is the score minus the expected score. */
export function verdict({
  outcome,
  counted,
  apart,
  expected,
  left,
  right,
}: Pick<VoteResponse, "outcome" | "counted" | "apart" | "expected" | "left" | "right">): string {
  if (!counted) return "Your vote is kept and waits to be counted.";
  const chosen =
    outcome === "both_bad"
      ? "Both bad: counted as a tie."
      : outcome === "tie"
        ? "A tie."
        : `You chose ${outcome === "left" ? left.name : right.name}.`;
  if (apart) return `${chosen} Your own prompt: it counts apart from the board.`;
  if (outcome === "both_bad") return chosen;
  if (outcome === "tie")
    return `${chosen} ${Math.max(expected, 1 - expected) < 0.6 ? "An even match." : "The underdog gains."}`;
  const winnerExpected = outcome === "left" ? expected : 1 - expected;
  if (winnerExpected < 0.35) return `${chosen} An upset.`;
  if (winnerExpected < 0.45) return `${chosen} A small surprise.`;
  if (winnerExpected <= 0.55) return `${chosen} An even match.`;
  if (winnerExpected <= 0.75) return `${chosen} The favourite won.`;
  return `${chosen} The clear favourite won.`;
}
