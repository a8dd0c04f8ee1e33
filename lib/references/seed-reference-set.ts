import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { addReference } from "@/lib/references/add-reference";
import { float64Bytes } from "@/lib/numerics/float-bytes";
import { encoderId } from "@/lib/encoders/encoder-id";
import { describePreprocessing } from "@/lib/encoders/encoder-spec";
import { BUNDLED_ENCODERS } from "@/lib/encoders/registry";

const FILE = fileURLToPath(
  new URL("../encoders/weights/toybox-encoder/reference-toybox-v1.json", import.meta.url),
);

/** Images of the reference split that ship with the encoder (scripts/export-reference-images.ts). */
const IMAGES = fileURLToPath(
  new URL("../encoders/weights/toybox-encoder/reference-toybox-v1.zip", import.meta.url),
);

const referenceFile = z
  .object({
    id: z.string(),
    extractor: z.string(),
    extractorSha256: z.string().regex(/^[0-9a-f]{64}$/),
    manifestSha256: z.string().regex(/^[0-9a-f]{64}$/),
    n: z.number().int().min(2),
    mean: z.array(z.number()),
    covariance: z.array(z.array(z.number())),
  })
  .refine(
    ({ mean, covariance }) =>
      covariance.length === mean.length && covariance.every((row) => row.length === mean.length),
    "covariance must be a square of the mean's length",
  );

/**
 * Store the reference statistics that come with the encoder's weights, and have the images that come with them built
 * into a set of their own; null when they are there already.
 */
export async function seedReferenceSet(tx: Tx): Promise<string | null> {
  const file = referenceFile.parse(JSON.parse(await readFile(FILE, "utf8")));
  const spec = BUNDLED_ENCODERS["toybox-encoder"];
  const bundledId = encoderId(file.extractor, file.extractorSha256, spec.features.name);
  const { count } = await tx.referenceSet.createMany({
    data: [
      {
        id: newId("reference"),
        slug: file.id,
        name: `Toybox renders (${file.n.toLocaleString("en-GB")})`,
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
  await seedImages(file.extractor, bundledId, tx);
  return count === 0 ? null : `Added reference statistics of ${file.n} Toybox renders for ${bundledId}.`;
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
