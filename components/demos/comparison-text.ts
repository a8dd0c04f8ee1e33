import type { useTranslations } from "next-intl";
import type { Format } from "@/components/format";
import type { StackComparison } from "@/lib/schemas/stack/stack-page";

/** Below this, a run is too short to tell two models apart, whatever its interval says. */
const FEWEST = 30;

export type Verdict = "better" | "worse" | "same" | "unknown";

/** Whether the first draws more prompts entirely right than the second: only if the paired interval leaves 0 out. */
export function verdictOf(result: StackComparison["result"]): Verdict {
  if (result === null || result.n < FEWEST) return "unknown";
  if (result.low > 0) return "better";
  return result.high < 0 ? "worse" : "same";
}

/** What was measured of two models, in a sentence that claims no more than the interval allows. */
export function comparisonText(
  t: ReturnType<typeof useTranslations<"demos">>,
  format: Format,
  { first, second, result }: StackComparison,
): string {
  if (result === null) return t("comparison.notMeasured");
  const { n } = result;
  if (n < FEWEST) return t("comparison.tooFew", { n, fewest: FEWEST });
  const measured = {
    first: format.percent(result.first, 1),
    second: format.percent(result.second, 1),
    n,
    low: format.signed(result.low * 100, 1),
    high: format.signed(result.high * 100, 1),
  };
  const verdict = verdictOf(result);
  if (verdict === "same") return t("comparison.same", measured);
  const [winner, loser] = verdict === "better" ? [first, second] : [second, first];
  return t("comparison.better", { ...measured, winner: winner.name, loser: loser.name });
}
