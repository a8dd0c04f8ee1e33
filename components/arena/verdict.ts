import type { useTranslations } from "next-intl";
import type { VoteResponse } from "@/lib/schemas/battles";

type Voted = Pick<VoteResponse, "outcome" | "counted" | "apart" | "expected" | "left" | "right">;

/** What was voted and how surprising it was: Elo's surprise is the score minus the expected score. */
export function verdict(t: ReturnType<typeof useTranslations<"arena">>, vote: Voted): string {
  const { outcome, counted, apart, expected, left, right } = vote;
  if (!counted) return t("verdict.waiting");
  if (outcome === "both_bad") return t(apart ? "verdict.bothBadApart" : "verdict.bothBad");
  if (outcome === "tie") return t("verdict.tie", { worth: apart ? "apart" : worthOfTie(expected) });
  const { name } = outcome === "left" ? left : right;
  const winnerExpected = outcome === "left" ? expected : 1 - expected;
  return t("verdict.chose", { name, worth: apart ? "apart" : worthOfWin(winnerExpected) });
}

const worthOfTie = (expected: number) => (Math.max(expected, 1 - expected) < 0.6 ? "even" : "underdog");

/** @param expected by Elo, of the side that won */
function worthOfWin(expected: number) {
  if (expected < 0.35) return "upset";
  if (expected < 0.45) return "surprise";
  if (expected <= 0.55) return "even";
  return expected <= 0.75 ? "favourite" : "clear";
}
