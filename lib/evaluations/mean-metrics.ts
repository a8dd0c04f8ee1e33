import { imageId, type MeasuredImage, type MeasuredSet } from "@/lib/evaluations/measure-images";
import {
  differenceOverPrompts,
  meanOverPrompts,
  type PromptMean,
  type ScoredImage,
} from "@/lib/evaluations/mean-over-prompts";
import { IMAGE_STYLE_ID, type ImageStyle } from "@/lib/metrics/image-style";
import { protocolKey, type Protocol } from "@/lib/metrics/protocol";
import type { MissingValue, ReportCaveat } from "@/lib/schemas/reasons/evaluation-notes";
import type { DifferenceFacts, MetricFacts } from "@/lib/schemas/evaluation-report";
import { graderAlignment } from "@/lib/schemas/metrics/grader-alignment";

const SHARE = [0, 1] as const;

type Describe = Pick<MetricFacts, "name" | "label" | "meaning" | "better" | "unit" | "group" | "protocol">;

/** An entry of a report for a mean over prompts; without a mean, why there is none. */
export function meanMetric(
  about: Describe,
  mean: PromptMean | null,
  { missing, caveats = [] }: { missing: MissingValue; caveats?: ReportCaveat[] },
  difference: DifferenceFacts | null = null,
): MetricFacts {
  if (mean === null) {
    const nothing = { value: null, low: null, high: null, n: 0, prompts: null, caveats };
    return { ...about, ...nothing, missingFor: missing, difference };
  }
  const { value, low, high, n, prompts } = mean;
  const all: ReportCaveat[] = low === null ? [...caveats, { code: "one_prompt" }] : caveats;
  return { ...about, value, low, high, n, prompts, caveats: all, missingFor: null, difference };
}

/** A {@link Protocol} with its key. */
export function keyedProtocol(protocol: Protocol): NonNullable<MetricFacts["protocol"]> {
  const { metric, encoder, preprocessing, samples, reference } = protocol;
  return { key: protocolKey(protocol), metric, encoder, preprocessing, samples, reference };
}

const STYLES: Record<keyof ImageStyle, { label: string; meaning: string }> = {
  brightness: { label: "Brightness", meaning: "Mean luma, 0 to 1." },
  contrast: { label: "Contrast", meaning: "Standard deviation of luma, 0 to 0.5." },
  saturation: { label: "Saturation", meaning: "Mean of HSV saturation, 0 to 1." },
  colourfulness: { label: "Colourfulness", meaning: "Hasler and Süsstrunk's measure, 0 to about 180." },
  sharpness: { label: "Sharpness", meaning: "Variance of the Laplacian of luma." },
};

/** How the images look, whatever they show: no value of these is better than another. */
export function styleMetrics(
  images: MeasuredSet,
  baseline: MeasuredSet | null,
  promptsHash: string,
  preprocessing = "own size",
): MetricFacts[] {
  return (Object.keys(STYLES) as (keyof ImageStyle)[]).map((name) => {
    const { label, meaning } = STYLES[name];
    const scored = (set: MeasuredSet) => scoresOf(set.images, ({ style }) => style[name]);
    const protocol = keyedProtocol({
      metric: `${IMAGE_STYLE_ID}/${name}, mean over prompts`,
      encoder: "none",
      preprocessing,
      samples: images.images.length,
      reference: promptsHash,
    });
    const about = {
      name: `style.${name}`,
      label,
      meaning,
      better: null,
      unit: null,
      group: "style",
      protocol,
    } as const;
    return meanMetric(
      about,
      meanOverPrompts([...scored(images).values()], null),
      { missing: { code: "no_images" } },
      baseline && differenceOf(scored(images), scored(baseline), null),
    );
  });
}

/** The share of images that show all their prompts claim; none where no prompt has a truth. */
export function truthMetrics(
  images: MeasuredSet,
  baseline: MeasuredSet | null,
  graderId: string | null,
  promptsHash: string,
): MetricFacts[] {
  if (graderId === null) return [];
  const scored = (set: MeasuredSet) =>
    scoresOf(set.images, ({ correct }) => (correct === null ? null : Number(correct)));
  const own = scored(images);
  const { name, label, meaning, better, unit, protocol } = graderAlignment;
  const keyed = keyedProtocol({
    metric: `${protocol}, mean over prompts`,
    encoder: graderId,
    preprocessing: "grader's own",
    samples: Math.max(1, own.size),
    reference: promptsHash,
  });
  return [
    meanMetric(
      { name, label, meaning, better, unit, group: "truth", protocol: keyed },
      meanOverPrompts([...own.values()], SHARE),
      { missing: { code: "no_truth" } },
      baseline && differenceOf(own, scored(baseline), SHARE),
    ),
  ];
}

/** A number of each image that has one, by the name by which images of two sets are matched. */
export function scoresOf(
  images: readonly MeasuredImage[],
  valueOf: (image: MeasuredImage) => number | null,
): Map<string, ScoredImage> {
  const scores = new Map<string, ScoredImage>();
  for (const image of images) {
    const value = valueOf(image);
    if (value !== null) scores.set(imageId(image), { key: image.key, value });
  }
  return scores;
}

/** The difference of two sets' means over the prompts that both have. */
export function differenceOf(
  first: ReadonlyMap<string, ScoredImage>,
  second: ReadonlyMap<string, ScoredImage>,
  bounds: readonly [number, number] | null,
): DifferenceFacts {
  const found = differenceOverPrompts(first, second, bounds);
  if (found === null) {
    const missingFor = { code: "nothing_in_common" } as const;
    return { value: null, low: null, high: null, n: 0, baseline: null, paired: false, missingFor };
  }
  const { value, low, high, n, baseline } = found;
  return { value, low, high, n, baseline, paired: true, missingFor: null };
}
