import { signed } from "@/components/format";
import type { VoteResponse } from "@/lib/schemas/battles";

/** What an outcome was worth, in words: Elo's surprise is the score minus the expected score. */
export function verdict({
  outcome,
  expected,
  left,
  right,
}: Pick<VoteResponse, "outcome" | "expected" | "left" | "right">): {
  /** "+7 / −7", left first. */
  movement: string;
  /** "an upset" */
  word: string;
} {
  const moves = [left.eloAfter - left.eloBefore, right.eloAfter - right.eloBefore];
  const movement = moves.map((move) => signed(move, Math.abs(move) < 1 ? 1 : 0)).join(" / ");
  const favourite = Math.max(expected, 1 - expected);
  if (outcome === "both_bad") return { movement, word: "neither would do, counted as a tie" };
  if (outcome === "tie")
    return {
      movement,
      word: favourite < 0.6 ? "evenly matched, as expected" : "a tie the underdog gains by",
    };
  const winnerExpected = outcome === "left" ? expected : 1 - expected;
  if (winnerExpected < 0.35) return { movement, word: "an upset" };
  if (winnerExpected < 0.45) return { movement, word: "a small surprise" };
  if (winnerExpected <= 0.55) return { movement, word: "it could have gone either way" };
  if (winnerExpected <= 0.75) return { movement, word: "the favourite won" };
  return { movement, word: "as nearly everyone would" };
}
