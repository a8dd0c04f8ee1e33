import { SalonError } from "@/lib/errors";

/** Why a metric could not be computed: always a fault of the input, never of the model. */
export type MetricErrorReason =
  "EMPTY" | "TOO_FEW" | "DIMENSION" | "NOT_FINITE" | "NOT_PSD" | "FORMAT" | "OPTION";

/** Refusal of a metric to answer: the input is unusable and the message says which part and why. */
export class MetricError extends SalonError {
  override readonly name = "MetricError";
  constructor(
    readonly reason: MetricErrorReason,
    message: string,
    /** The set at fault, where it is one of the two. */
    readonly set: "real" | "generated" | null = null,
  ) {
    super("invalid_request", message);
  }
}

/** A block of features: `n` rows of `dimension` numbers, row-major. */
export type FeatureArray = Float32Array | Float64Array;

/**
 * Number of rows in a feature array.
 * @throws MetricError DIMENSION when the length is no multiple of `dimension`.
 */
export function rowCount(features: FeatureArray, dimension: number): number {
  if (!Number.isInteger(dimension) || dimension < 1) {
    throw new MetricError("DIMENSION", `A feature dimension is a positive integer, not ${dimension}.`);
  }
  if (features.length % dimension !== 0) {
    throw new MetricError(
      "DIMENSION",
      `${features.length} numbers do not divide into rows of ${dimension} features.`,
    );
  }
  return features.length / dimension;
}

/**
 * Refuses NaN and infinity, naming the first bad row.
 * @throws MetricError NOT_FINITE
 */
export function requireFinite(features: FeatureArray, dimension: number, what = "features"): void {
  for (let i = 0; i < features.length; i++) {
    if (!Number.isFinite(features[i])) {
      const row = Math.floor(i / dimension);
      throw new MetricError(
        "NOT_FINITE",
        `Row ${row} of ${what} holds ${features[i]} in column ${i % dimension}.`,
      );
    }
  }
}
