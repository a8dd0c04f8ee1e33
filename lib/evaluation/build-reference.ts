import { readFile, rm } from "node:fs/promises";
import { keepArtifacts } from "@/lib/artifacts/keep-artifacts";
import { putArtifact } from "@/lib/artifacts/store";
import { inTransaction, type Db } from "@/lib/db/client";
import type { ReferenceSet } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";
import { encodersDir } from "@/lib/evaluation/encoders-in-use";
import { float32Bytes, float64Bytes } from "@/lib/evaluation/float-bytes";
import { finishReference } from "@/lib/evaluation/finish-reference";
import { UPLOAD_PIXELS, uploadLimits } from "@/lib/evaluation/upload-limits";
import { decodeImage } from "@/lib/feature-extractors/decode-image";
import { encoderIdentity, resizeOf } from "@/lib/feature-extractors/encoder-identity";
import { featuresId } from "@/lib/feature-extractors/features-id";
import { FileError } from "@/lib/feature-extractors/files/file-error";
import { parseStatistics } from "@/lib/feature-extractors/files/npz";
import { sha256 } from "@/lib/feature-extractors/manifest";
import { openFeatureExtractor, type FeatureExtractor } from "@/lib/feature-extractors/open-extractor";
import { pictureFacts } from "@/lib/feature-extractors/picture-facts";
import { openSampleSource, type SampleSource } from "@/lib/feature-extractors/sample-source";
import { sniffArchive } from "@/lib/evaluation/sniff-archive";

/** Pictures decoded together: of an upload's largest 16 take 200 MB. */
const BATCH = 16;

export interface BuildOptions {
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
}

/**
 * Build a reference set from its source: keep and embed its pictures batch by batch, then summarise them. A build that
 * was killed goes on after its last whole batch; one that runs twice does everything once. A source that is no set of
 * pictures makes the set FAILED with the reason, and leaves no picture of it.
 * @throws what is no fault of the source (a full disk, a lost database): to be tried again
 */
export async function buildReference(
  referenceSetId: string,
  db: Db,
  { signal, onProgress }: BuildOptions = {},
): Promise<void> {
  const set = await db.referenceSet.findUnique({ where: { id: referenceSetId } });
  if (set?.state !== "BUILDING" || set.source === null) return;
  try {
    if (set.kind === "statistics") await importStatistics(set, db);
    else await buildFromPictures(set, db, { signal, onProgress });
  } catch (error) {
    if (!(error instanceof SalonError) || error.code === "internal") throw error;
    await failReference(set.id, reasonFor(set, error), db);
  }
  await dropUpload(set);
}

/** End a set that cannot be built, and with it what there is of it. */
export async function failReference(id: string, reason: string, db: Db): Promise<void> {
  await inTransaction(async (tx) => {
    const { count } = await tx.referenceSet.updateMany({
      where: { id, state: "BUILDING" },
      data: { state: "FAILED", failureReason: reason, source: null },
    });
    if (count > 0) await tx.referencePicture.deleteMany({ where: { referenceSetId: id } });
  }, db);
}

/** An upload lies under a name that means nothing to whoever sent it. */
function reasonFor({ ownerId, name, source }: ReferenceSet, error: SalonError): string {
  const { message } = error;
  if (ownerId === null || source === null) return message;
  return message.replaceAll(`${source}/`, "").replaceAll(source, name);
}

/** The upload is the set's own copy; a folder or file of the operator's stays. */
async function dropUpload({ source, ownerId }: ReferenceSet): Promise<void> {
  if (source !== null && ownerId !== null) await rm(source, { force: true });
}

async function importStatistics(set: ReferenceSet, db: Db): Promise<void> {
  const source = set.source ?? "";
  const bytes = await readFile(source).catch((error: unknown) => {
    throw new FileError(source, "cannot be read.", { cause: error });
  });
  const { dimension, mean, covariance } = await parseStatistics(bytes, source);
  const encoder = await encoderIdentity(set.extractorId.split("@")[0], openingOf(set));
  if (dimension !== encoder.dimension) {
    throw new FileError(
      source,
      `holds statistics of ${dimension} features, but ${encoder.id} has ${encoder.dimension}.`,
    );
  }
  await finishReference(
    set.id,
    {
      extractorId: encoder.id,
      preprocessing: encoder.preprocessing,
      dimension,
      manifestSha256: sha256(bytes),
      n: set.n,
      mean: float64Bytes(mean),
      covariance: float64Bytes(covariance),
    },
    db,
  );
}

/** Where the set's encoder is, and the resize that was asked for with the set, if one was. */
const openingOf = (set: ReferenceSet) => ({
  encodersDir: encodersDir(),
  resize: resizeOf(set.preprocessing),
});

async function buildFromPictures(set: ReferenceSet, db: Db, options: BuildOptions): Promise<void> {
  const limits = set.ownerId === null ? undefined : uploadLimits();
  const name = set.extractorId.split("@")[0];
  const extractor = await openFeatureExtractor(name, { ...openingOf(set), threads: 1 });
  try {
    const kind = set.kind === "upload" ? await sniffArchive(set.source ?? "") : undefined;
    const source = await openSampleSource(set.source ?? "", { limits, kind: kind ?? undefined });
    try {
      await db.referenceSet.update({ where: { id: set.id }, data: { total: source.files.length } });
      const kept = await db.referencePicture.count({ where: { referenceSetId: set.id } });
      for (let start = kept; start < source.files.length; start += BATCH) {
        options.signal?.throwIfAborted();
        await keepBatch(set, source, start, extractor, db);
        options.onProgress?.(Math.min(start + BATCH, source.files.length), source.files.length);
      }
    } finally {
      await source.close();
    }
    await finishReference(set.id, extractor, db);
  } finally {
    await extractor.close();
  }
}

async function keepBatch(
  set: ReferenceSet,
  source: SampleSource,
  start: number,
  extractor: FeatureExtractor,
  db: Db,
): Promise<void> {
  const maxPixels = set.ownerId === null ? undefined : UPLOAD_PIXELS;
  const batch = await Promise.all(
    source.files.slice(start, start + BATCH).map(async (file) => {
      const bytes = await file.read();
      const image = await decodeImage(bytes, { name: `${source.path}/${file.name}`, maxPixels });
      return { image, bytes, facts: pictureFacts(file.name, bytes, image) };
    }),
  );
  const features = await extractor.extract(batch.map(({ image }) => image));
  // Slow disks are waited for before the transaction, not in it.
  await Promise.all(batch.map(({ bytes }) => putArtifact(bytes)));
  const { dimension } = extractor;
  const extractorId = featuresId(extractor);
  await inTransaction(async (tx) => {
    await keepArtifacts(
      batch.map(({ bytes, facts: { width, height, low, high, thumbnail, format } }) => ({
        bytes,
        row: {
          mediaType: `image/${format}`,
          width,
          height,
          low,
          high,
          thumbnail: Uint8Array.from(thumbnail),
        },
      })),
      tx,
    );
    await tx.embedding.createMany({
      data: batch.map(({ facts }, i) => ({
        artifactHash: facts.sha256,
        extractorId,
        vector: float32Bytes(features.subarray(i * dimension, (i + 1) * dimension)),
      })),
      skipDuplicates: true,
    });
    await tx.referencePicture.createMany({
      data: batch.map(({ facts }, i) => ({
        referenceSetId: set.id,
        index: start + i,
        name: facts.name.replaceAll("\0", "").slice(0, 300),
        artifactHash: facts.sha256,
      })),
      skipDuplicates: true,
    });
  }, db);
}
