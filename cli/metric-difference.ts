import { FileError } from "@/lib/media/files/file-error";
import { canPair, pairedDifference } from "@/lib/metrics/estimate";
import type { MetricOutput } from "@/lib/metrics/metric-input";
import type { MetricSet } from "./metric-input";
import { requireSameDimension, shown } from "./metric-input";

/** One number's difference between two models, as the JSON output has it. */
export interface Difference {
  other: number;
  difference: number;
  low: number;
  high: number;
  p_value: number;
  paired: boolean;
}

/**
 * @throws FileError when the second set has no samples of its own, other features, or another number of samples: scores at
 *   different n are of different protocols
 */
export function requireComparableSets(fake: MetricSet, other: MetricSet): void {
  if (!other.features) throw new FileError(other.path, "holds statistics only; a comparison needs samples.");
  requireSameDimension(fake, other);
  if (fake.features && fake.features.n !== other.features.n) {
    throw new FileError(
      other.path,
      `has ${other.features.n} samples, but ${fake.path} has ${fake.features.n}: scores at different n are not compared.`,
    );
  }
}

/**
 * fake - other for every number with an interval. Sample i of one is set against sample i of the other when their files
 * have the same names; ready-made features are taken to be in the same order.
 */
export function comparison(
  value: MetricOutput,
  against: MetricOutput,
  fake: MetricSet,
  other: MetricSet,
): Record<string, Difference> {
  const sameNames = namesOf(fake) === namesOf(other);
  return Object.fromEntries(
    Object.entries(value.estimates).map(([key, estimate]) => {
      const counterpart = against.estimates[key];
      const paired = canPair(estimate, counterpart, sameNames);
      const { difference, low, high, pValue } = pairedDifference(estimate, counterpart, { paired });
      return [key, { other: counterpart.value, difference, low, high, p_value: pValue, paired }];
    }),
  );
}

const namesOf = ({ names }: MetricSet) => JSON.stringify(names?.map((name) => name.replace(/\.\w+$/, "")));

/** Lines of the table. */
export function differenceRows(differences: Record<string, Difference>): string[][] {
  return Object.entries(differences).map(([key, { difference, low, high, p_value, paired }]) => [
    "",
    `${key} difference`,
    `${shown(difference)}  [${shown(low)}, ${shown(high)}]  p = ${shown(p_value)}${paired ? "" : ", not paired"}`,
  ]);
}
