import { percent } from "@/components/format";
import type { StackComparison } from "@/lib/schemas/stack/stack-page";

/** Below this, a run is too short to tell two models apart, whatever its interval says. */
const FEWEST = 30;

/** Percentage points with a real minus sign. */
const pointsOf = (share: number) => `${share < 0 ? "−" : "+"}${(Math.abs(share) * 100).toFixed(1)}`;

export type Verdict = "better" | "worse" | "same" | "unknown";

/** Whether the first draws more prompts entirely right than the second: only if the paired interval leaves 0 out. */
export function verdictOf(result: StackComparison["result"]): Verdict {
  if (result === null || result.n < FEWEST) return "unknown";
  if (result.low > 0) return "better";
  return result.high < 0 ? "worse" : "same";
}

/** What was measured of two models, in a sentence that claims no more than the interval allows. */
export function comparisonText({ first, second, result }: StackComparison): string {
  if (result === null) return "Not both measured on the same prompts here yet.";
  if (result.n < FEWEST) return `Too few prompts yet to compare: ${result.n} of at least ${FEWEST}.`;
  const shares = `${percent(result.first, 1)} against ${percent(result.second, 1)} of the same ${result.n} prompts drawn entirely right`;
  const interval = `95% interval ${pointsOf(result.low)} to ${pointsOf(result.high)} points`;
  const verdict = verdictOf(result);
  if (verdict === "same") return `No measurable difference: ${shares} (${interval}).`;
  const [winner, loser] = verdict === "better" ? [first, second] : [second, first];
  return `${winner.name} follows prompts better than ${loser.name}: ${shares} (${interval}).`;
}
