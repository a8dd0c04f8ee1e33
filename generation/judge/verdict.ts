import type { Assessment } from "@/generation/judge/evidence";

export const VERDICTS = ["A", "B", "both_good", "both_bad"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** How much of an image's worth is how it follows the prompt; the rest is how well it is drawn. */
const FOLLOWING_WEIGHT = 0.75;
/** Images whose worth differs by less are as good, or as bad, as each other. */
const MARGIN = 0.05;

/** An image's worth in [0,1]; null where it can't tell. */
export function worth({ following, quality }: Assessment): number | null {
  if (following === null) return null;
  return quality === null ? following : FOLLOWING_WEIGHT * following + (1 - FOLLOWING_WEIGHT) * quality;
}

/**
 * Two images of one prompt compared: every verdict there is, the fitting one first, so that a schema that offers fewer still
 * gets the best of those. An image it can't tell about, beside one it can, is worth nothing. Null where it can't tell of either.
 */
export function compare(a: Assessment, b: Assessment): Verdict[] | null {
  const known = [worth(a), worth(b)];
  if (known[0] === null && known[1] === null) return null;
  const [first, second] = known.map((value) => value ?? 0);
  const better: Verdict[] = first >= second ? ["A", "B"] : ["B", "A"];
  const both: Verdict[] = first + second >= 1 ? ["both_good", "both_bad"] : ["both_bad", "both_good"];
  return Math.abs(first - second) >= MARGIN ? [...better, ...both] : [...both, ...better];
}
