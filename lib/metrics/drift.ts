import { estimateOfMean } from "@/lib/metrics/estimate";
import { ALIKE_LEVELS, levelsApart } from "@/lib/metrics/image-distance";

/** Images of one prompt at two times, as 8x8 thumbnails, in the order of their draws. */
export interface CanaryImages {
  last: readonly Uint8Array[];
  now: readonly Uint8Array[];
}

export interface Drift {
  verdict: "unchanged" | "changed" | "unknown";
  /** Grey levels of 0 to 255 and their 97% interval; null: unknown. */
  distance: number | null;
  low: number | null;
  high: number | null;
  /** Prompts that both times have images of. */
  prompts: number;
}

/** Fewer prompts say nothing: Student's quantile is exact to a thousandth from three degrees of freedom on. */
export const LEAST_CANARIES = 4;
/** Of the interval: were the differences normal, fifteen of a thousand looks would raise an alarm where nothing changed. */
const LEVEL = 0.97;

/**
 * Whether the model behind a name is another than last time, by a few images of fixed prompts then and now.
 *
 * Where seeds are honoured the image of a prompt and seed is the same as last time, so its distance to the last one is taken, and a
 * change is a mean of which even the lower end of the interval is more than one picture differs from itself. Elsewhere each prompt is
 * drawn twice at each time, and what is taken is by how much the distance between the two times exceeds that within a time: the
 * energy distance of the prompt's images (Székely & Rizzo 2013), 0 on average where nothing changed; a change is an interval above 0.
 * Paired by prompt; Student's t over prompts. False alarms by simulation: tests/unit/metrics/drift.test.ts.
 */
export function judgeDrift(images: readonly CanaryImages[], { seeded }: { seeded: boolean }): Drift {
  const draws = seeded ? 1 : 2;
  const both = images.filter(({ last, now }) => last.length >= draws && now.length >= draws);
  const prompts = both.length;
  if (prompts < LEAST_CANARIES) return { verdict: "unknown", distance: null, low: null, high: null, prompts };
  const distances = Float64Array.from(both, seeded ? distanceOfSeed : energyDistance);
  const { value: distance, low, high } = estimateOfMean(distances, { level: LEVEL });
  const verdict = low > (seeded ? ALIKE_LEVELS : 0) ? "changed" : "unchanged";
  return { verdict, distance, low, high, prompts };
}

const distanceOfSeed = ({ last, now }: CanaryImages): number => levelsApart(last[0], now[0]);

function energyDistance({ last, now }: CanaryImages): number {
  const between =
    (levelsApart(last[0], now[0]) +
      levelsApart(last[0], now[1]) +
      levelsApart(last[1], now[0]) +
      levelsApart(last[1], now[1])) /
    4;
  return between - (levelsApart(last[0], last[1]) + levelsApart(now[0], now[1])) / 2;
}
