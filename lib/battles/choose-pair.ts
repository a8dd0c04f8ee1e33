import type { PairDistribution } from "@/lib/ratings/active-pairs";

/** What one voter can be shown of each model: times[model][prompt] is how often the least shown sample was. */
export type TimesShown = readonly Uint16Array[];

/** Stands in TimesShown where a model has no sample of a prompt. */
export const NO_SAMPLE = 0xffff;

export interface ChosenPair {
  a: number;
  b: number;
  /** The probability with which this rule chose this pair for this voter now. */
  propensity: number;
  /** Prompts to choose from: those whose samples of both models this voter saw least often. */
  prompts: number[];
}

/**
 * The arena's rule: of the pairs with a prompt whose two samples this voter has not seen (once all are seen: has
 * seen least often), draw one by the given probabilities, rescaled to those pairs.
 * @param u uniform in [0, 1)
 * @returns null when no two models have samples of one prompt
 */
export function choosePair(pairs: PairDistribution, timesShown: TimesShown, u: number): ChosenPair | null {
  const most = timesShown.reduce(
    (top, row) => row.reduce((max, times) => (times === NO_SAMPLE ? max : Math.max(max, times)), top),
    0,
  );
  for (let level = 0; level <= most; level++) {
    const drawn = drawPair(pairs, (a, b) => sharesPrompt(timesShown[a], timesShown[b], level), u);
    if (drawn !== null) {
      return { ...drawn, prompts: sharedPrompts(timesShown[drawn.a], timesShown[drawn.b], level) };
    }
  }
  return null;
}

/** Draw one of the allowed pairs by its probability among them; null when there is none. */
export function drawPair(
  pairs: PairDistribution,
  allowed: (a: number, b: number) => boolean,
  u: number,
): { a: number; b: number; propensity: number } | null {
  const open: number[] = [];
  let total = 0;
  for (let k = 0; k < pairs.a.length; k++) {
    if (pairs.probability[k] > 0 && allowed(pairs.a[k], pairs.b[k])) {
      open.push(k);
      total += pairs.probability[k];
    }
  }
  let rest = u * total;
  for (const [position, k] of open.entries()) {
    rest -= pairs.probability[k];
    // Rounding may leave a crumb after the last pair.
    if (rest < 0 || position === open.length - 1) {
      return { a: pairs.a[k], b: pairs.b[k], propensity: pairs.probability[k] / total };
    }
  }
  return null;
}

const open = (a: Uint16Array, b: Uint16Array, prompt: number, level: number) =>
  a[prompt] <= level && b[prompt] <= level;

function sharesPrompt(a: Uint16Array, b: Uint16Array, level: number): boolean {
  for (let prompt = 0; prompt < a.length; prompt++) if (open(a, b, prompt, level)) return true;
  return false;
}

function sharedPrompts(a: Uint16Array, b: Uint16Array, level: number): number[] {
  return Array.from(a.keys()).filter((prompt) => open(a, b, prompt, level));
}
