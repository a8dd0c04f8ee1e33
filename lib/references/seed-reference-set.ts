import { fileURLToPath } from "node:url";
import type { Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { addReference } from "@/lib/references/add-reference";
import { readBundledStatistics } from "@/lib/references/bundled-statistics";
import { float64Bytes } from "@/lib/numerics/float-bytes";
import { encoderId } from "@/lib/encoders/encoder-id";
import { describePreprocessing } from "@/lib/encoders/encoder-spec";
import { BUNDLED_ENCODERS } from "@/lib/encoders/registry";

/** Images of the reference split that ship with the encoder (scripts/export-reference-images.ts). */
const IMAGES = fileURLToPath(
  new URL("../encoders/weights/toybox-encoder/reference-toybox-v1.zip", import.meta.url),
);

const SAMPLES = { "toybox-encoder": "renders", "toybox-video-encoder": "clips" } as const;

/**
 * Store the reference statistics that come with the encoders' weights, and have the images that come with them built into a set of
 * their own. What is there already stays as it is.
 * @returns a line for each that was new
 */
export async function seedReferenceSet(tx: Tx): Promise<string[]> {
  const added: string[] = [];
  for (const encoder of ["toybox-encoder", "toybox-video-encoder"] as const) {
    const line = await seedStatistics(encoder, tx);
    if (line !== null) added.push(line);
  }
  return added;
}

/** @returns null when they are there already, or this copy of Salon has none */
async function seedStatistics(encoder: keyof typeof SAMPLES, tx: Tx): Promise<string | null> {
  const file = await readBundledStatistics(encoder);
  if (file === null) return null;
  const spec = BUNDLED_ENCODERS[encoder];
  const bundledId = encoderId(file.extractor, file.extractorSha256, spec.features.name);
  const { count } = await tx.referenceSet.createMany({
    data: [
      {
        id: newId("reference"),
        slug: file.id,
        name: `Toybox ${SAMPLES[encoder]} (${file.n.toLocaleString("en-GB")})`,
        encoderId: bundledId,
        preprocessing: describePreprocessing(spec.input),
        kind: "bundled",
        scoresDistance: true,
        manifestSha256: file.manifestSha256,
        n: file.n,
        dimension: file.mean.length,
        mean: float64Bytes(file.mean),
        covariance: float64Bytes(file.covariance.flat()),
      },
    ],
    skipDuplicates: true,
  });
  if (encoder === "toybox-encoder") await seedImages(encoder, bundledId, tx);
  return count === 0
    ? null
    : `Added reference statistics of ${file.n} Toybox ${SAMPLES[encoder]} for ${bundledId}.`;
}

/** The images, once for these weights; a set that failed (a full disk) is begun anew. */
async function seedImages(encoder: string, bundledId: string, tx: Tx): Promise<void> {
  const there = await tx.referenceSet.count({
    where: {
      kind: "bundled",
      scoresSamples: true,
      OR: [
        { state: "READY", encoderId: bundledId },
        { state: "BUILDING", encoderId: encoder },
      ],
    },
  });
  if (there > 0) return;
  await tx.referenceSet.deleteMany({ where: { kind: "bundled", scoresSamples: true, state: "FAILED" } });
  await addReference(
    {
      name: "Toybox renders (1,000 images)",
      encoder,
      kind: "bundled",
      source: IMAGES,
      ownerId: null,
      by: "system",
      scoresSamples: true,
    },
    tx,
  );
}
