import { clusteredShare, preference, type Figure } from "@/lib/rubrics/report/agreement";

/** A judge's share for the same sample, told in both orders. */
export interface BothOrders {
  /** The sample's share when it came first, [0, 1]. */
  first: number;
  /** Its share when it came second. */
  second: number;
  prompt: string;
}

/**
 * Share of pairs on which the judge prefers one image in one order and the other, or none, in the other.
 * @returns null below two prompts
 */
export function orderFlipRate(pairs: readonly BothOrders[]): Figure | null {
  return clusteredShare(
    pairs.map(({ first, second, prompt }) => ({
      hit: preference(first) === preference(second) ? 0 : 1,
      prompt,
    })),
  );
}

/** Share of the first place among decided single verdicts: 50% where order does not matter. */
export function firstPlaceRate(pairs: readonly BothOrders[]): Figure | null {
  const single = pairs.flatMap(({ first, second, prompt }) => [
    { share: first, prompt },
    { share: 1 - second, prompt },
  ]);
  return clusteredShare(
    single
      .filter(({ share }) => preference(share) !== "tie")
      .map(({ share, prompt }) => ({ hit: preference(share) === "a" ? 1 : 0, prompt })),
  );
}
