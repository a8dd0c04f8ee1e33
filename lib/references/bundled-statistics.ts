import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { BUNDLED_WEIGHTS } from "@/lib/encoders/bundled-weights";
import { parseNpy } from "@/lib/encoders/files/npy";
import { sha256 } from "@/lib/encoders/manifest";
import { FileError } from "@/lib/media/files/file-error";
import type { FeatureSet } from "@/lib/metrics/features";
import { featureSet } from "@/lib/metrics/features";
import type { Gaussian } from "@/lib/metrics/frechet-distance";

const isSquare = ({ mean, covariance }: { mean: number[]; covariance: number[][] }) =>
  covariance.length === mean.length && covariance.every((row) => row.length === mean.length);
const SQUARE = "covariance must be a square of the mean's length";

const statistics = { mean: z.array(z.number()), covariance: z.array(z.array(z.number())) };
const hash = z.string().regex(/^[0-9a-f]{64}$/);

const file = z
  .object({
    id: z.string(),
    extractor: z.string(),
    extractorSha256: hash,
    manifestSha256: hash,
    n: z.number().int().min(2),
    ...statistics,
    /** Of videos: statistics of their frozen middle frames, and the sha256 of the .npy file beside that holds their features. */
    frozen: z.object(statistics).refine(isSquare, SQUARE).optional(),
    featuresSha256: hash.optional(),
  })
  .refine(isSquare, SQUARE);

/** Statistics of real samples that come with an encoder's weights. */
export type BundledStatistics = z.output<typeof file>;

/** The files that come with each bundled encoder that has a reference, without ".json". */
export const BUNDLED_REFERENCES = {
  "toybox-encoder": "reference-toybox-v1",
  "toybox-video-encoder": "reference-toybox-clips-v1",
} as const;

type Bundled = keyof typeof BUNDLED_REFERENCES;

const fileOf = (encoder: Bundled, weightsDir: string, extension: string) =>
  path.join(weightsDir, encoder, `${BUNDLED_REFERENCES[encoder]}.${extension}`);

/** The statistics that come with an encoder; null where this copy of Salon has none. */
export async function readBundledStatistics(
  encoder: Bundled,
  weightsDir = BUNDLED_WEIGHTS,
): Promise<BundledStatistics | null> {
  const text = await readFile(fileOf(encoder, weightsDir, "json"), "utf8").catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null;
      throw error;
    },
  );
  return text === null ? null : file.parse(JSON.parse(text));
}

/** What is known of the real clips of FVD-toybox beyond their mean and covariance. */
export interface ClipReference {
  features: FeatureSet;
  frozen: Gaussian;
}

/**
 * The real clips with this manifest, where they are those that come with the video encoder; null where they are others.
 * @throws FileError when their features are not the ones that the statistics were written with
 */
export async function readClipReference(
  manifest: string,
  weightsDir = BUNDLED_WEIGHTS,
): Promise<ClipReference | null> {
  const known = await readBundledStatistics("toybox-video-encoder", weightsDir);
  if (known?.manifestSha256 !== manifest || !known.frozen) return null;
  const npy = fileOf("toybox-video-encoder", weightsDir, "npy");
  const bytes = await readFile(npy);
  if (sha256(bytes) !== known.featuresSha256) throw new FileError(npy, "is not what its statistics are of.");
  const { data, shape } = parseNpy(bytes, npy);
  return {
    features: featureSet(data, shape[1], `features in ${npy}`),
    frozen: gaussianOf(known.frozen, known.n),
  };
}

/** Statistics of `count` samples in the form that distances are computed with. */
export const gaussianOf = (
  { mean, covariance }: Pick<BundledStatistics, "mean" | "covariance">,
  count: number,
): Gaussian => ({
  dimension: mean.length,
  mean: Float64Array.from(mean),
  covariance: Float64Array.from(covariance.flat()),
  count,
});

/**
 * The reference that comes with an encoder, for scripts that draw samples of what it is of.
 * @param count how many real samples it should be of: what follows them in their split is in no reference
 * @throws Error where it is missing, or of another number
 */
export async function requireBundledReference(encoder: Bundled, count: number): Promise<Gaussian> {
  const known = await readBundledStatistics(encoder);
  if (known?.n === count) return gaussianOf(known, known.n);
  const found = known === null ? "missing" : `of ${known.n} samples`;
  throw new Error(
    `The reference of ${encoder} is ${found}, not of ${count}: samples to draw would be among its own.`,
  );
}
