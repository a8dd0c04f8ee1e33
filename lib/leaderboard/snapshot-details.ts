import { z } from "zod";

/** RatingSnapshot.details: what the fit was made from, exactly, and what it says of itself. */
export const snapshotDetails = z.object({
  /** Ids in the order of the covariance: the listed models when the fit was made. Votes on others were left out. */
  models: z.array(z.string()),
  /** The last rating event (RatingEvent.seq) the fit saw; it saw every earlier one too. */
  lastEvent: z.coerce.bigint(),
  /** Events among those whose votes were not counted then (quarantined or excluded). */
  exclusions: z.array(z.coerce.bigint()),
  /** SnapshotOptions of lib/ratings/snapshot.ts. */
  options: z.object({
    ties: z.enum(["half", "davidson", "four"]).optional(),
    alpha: z.number().optional(),
    rankMethod: z.enum(["pairwise", "holm", "max-t", "overlap"]).optional(),
    reweight: z.boolean().optional(),
    seed: z.number().optional(),
  }),
  connected: z.boolean(),
  separated: z.boolean(),
  notes: z.array(z.string()),
  gradientNorm: z.number(),
  iterations: z.number(),
});

export type SnapshotDetails = z.output<typeof snapshotDetails>;

/** The details as JSON can hold them: event numbers as text. */
export function detailsToJson(details: SnapshotDetails) {
  return {
    ...details,
    lastEvent: String(details.lastEvent),
    exclusions: details.exclusions.map(String),
  };
}

/** float64, little endian. */
export function packCovariance(covariance: Float64Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(covariance.length * 8);
  const view = new DataView(bytes.buffer);
  covariance.forEach((value, i) => view.setFloat64(i * 8, value, true));
  return bytes;
}

export function unpackCovariance(bytes: Uint8Array): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({ length: bytes.byteLength / 8 }, (_, i) => view.getFloat64(i * 8, true));
}
