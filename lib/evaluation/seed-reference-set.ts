import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";

const FILE = fileURLToPath(
  new URL("../feature-extractors/weights/toybox-encoder/reference-toybox-v1.json", import.meta.url),
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

/** Store the reference statistics that come with the encoder's weights; null when they are there already. */
export async function seedReferenceSet(tx: Tx): Promise<string | null> {
  const file = referenceFile.parse(JSON.parse(await readFile(FILE, "utf8")));
  const extractorId = `${file.extractor}@${file.extractorSha256.slice(0, 12)}`;
  const { count } = await tx.referenceSet.createMany({
    data: [
      {
        id: newId("reference"),
        slug: file.id,
        name: `Toybox renders (${file.n.toLocaleString("en-GB")})`,
        extractorId,
        manifestSha256: file.manifestSha256,
        n: file.n,
        dimension: file.mean.length,
        mean: float64Bytes(file.mean),
        covariance: float64Bytes(file.covariance.flat()),
      },
    ],
    skipDuplicates: true,
  });
  return count === 0 ? null : `Added reference statistics of ${file.n} Toybox renders for ${extractorId}.`;
}

function float64Bytes(values: number[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(values.length * 8);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setFloat64(i * 8, value, true));
  return bytes;
}
