import { estimateOfMean } from "@/lib/metrics/estimate";
import { scoreInterval } from "@/lib/numerics/score-interval";
import { mean } from "@/lib/numerics/sample-statistics";

/** A number of one image, with the prompt it is of. */
export interface ScoredImage {
  key: string;
  value: number;
}

/** A mean with its 95% interval; no interval below two prompts where the numbers have no bounds. */
export interface PromptMean {
  value: number;
  low: number | null;
  high: number | null;
  /** Images. */
  n: number;
  prompts: number;
}

/**
 * Mean over prompts of the mean over their images: images of one prompt are alike, so that the prompts are the units of the
 * interval, and each weighs the same.
 * @param bounds of one number, where it has any: the interval is then Agresti and Coull's, which claims no certainty where all
 *   numbers are alike; else Student's
 * @returns null without images
 */
export function meanOverPrompts(
  images: readonly ScoredImage[],
  bounds: readonly [number, number] | null,
): PromptMean | null {
  if (images.length === 0) return null;
  const byPrompt = new Map<string, number[]>();
  for (const { key, value } of images) byPrompt.set(key, [...(byPrompt.get(key) ?? []), value]);
  const means = Float64Array.from(byPrompt.values(), (values) => mean(Float64Array.from(values)));
  const about = { n: images.length, prompts: means.length };
  if (bounds !== null) {
    const [least, most] = bounds;
    const shares = means.map((value) => (value - least) / (most - least));
    const sum = shares.reduce((all, share) => all + share, 0);
    const squares = shares.reduce((all, share) => all + share * share, 0);
    const { value, low, high } = scoreInterval(means.length, sum, squares);
    const back = (share: number) => least + share * (most - least);
    return { value: back(value), low: back(low), high: back(high), ...about };
  }
  if (means.length < 2) return { value: means[0], low: null, high: null, ...about };
  const { value, low, high } = estimateOfMean(means);
  return { value, low, high, ...about };
}

/**
 * first - second over the images that both have, by id: the mean over prompts of the mean difference of their images.
 * @param bounds of one number of either set
 * @returns null where they have no image in common
 */
export function differenceOverPrompts(
  first: ReadonlyMap<string, ScoredImage>,
  second: ReadonlyMap<string, ScoredImage>,
  bounds: readonly [number, number] | null,
): (PromptMean & { baseline: number }) | null {
  const pairs = [...first].flatMap(([id, { key, value }]) => {
    const other = second.get(id);
    return other === undefined ? [] : [{ key, value: value - other.value, other: other.value }];
  });
  const reach = bounds === null ? null : bounds[1] - bounds[0];
  const difference = meanOverPrompts(pairs, reach === null ? null : [-reach, reach]);
  const baseline = meanOverPrompts(
    pairs.map(({ key, other }) => ({ key, value: other })),
    bounds,
  );
  return difference && baseline && { ...difference, baseline: baseline.value };
}
