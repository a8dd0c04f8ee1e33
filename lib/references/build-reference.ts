import { readFile, rm } from "node:fs/promises";
import { keepArtifacts } from "@/lib/artifacts/keep-artifacts";
import { putArtifact } from "@/lib/artifacts/store";
import { inTransaction, type Db } from "@/lib/db/client";
import { Prisma, type ReferenceSet } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";
import { encodersDir } from "@/lib/references/encoders-in-use";
import { openVideoReader } from "@/lib/references/video-reader";
import { float32Bytes, float64Bytes } from "@/lib/numerics/float-bytes";
import { finishReference } from "@/lib/references/finish-reference";
import { openImageReader } from "@/lib/references/image-reader";
import type { ReferenceReader } from "@/lib/references/reference-reader";
import { sniffArchive } from "@/lib/references/sniff-archive";
import { UPLOAD_PIXELS, uploadLimits } from "@/lib/references/upload-limits";
import { encoderIdentity } from "@/lib/encoders/encoder-identity";
import { readingOf } from "@/lib/encoders/encoder-spec";
import { featuresId } from "@/lib/encoders/features-id";
import { OWN_MAX_PIXELS } from "@/lib/media/decode-image";
import { FileError } from "@/lib/media/files/file-error";
import { parseStatistics } from "@/lib/encoders/files/npz";
import { sha256 } from "@/lib/encoders/manifest";
import { isVideoEncoder } from "@/lib/encoders/open-video-encoder";
import type { ReferenceFailure } from "@/lib/schemas/reasons/reference-failure";

export interface BuildOptions {
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
}

/**
 * Build a reference set from its source: keep and embed its images, or its videos where the encoder reads videos, batch by
 * batch, then summarise them. A build that was killed goes on after its last whole batch; one that runs twice does everything
 * once. A source that is no such set makes the set FAILED with the reason, and leaves nothing of it.
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
    const failure =
      set.kind === "statistics"
        ? await importStatistics(set, db)
        : await buildFromSamples(set, db, { signal, onProgress });
    if (failure !== null) await failReference(set.id, failure, db);
  } catch (error) {
    if (!(error instanceof SalonError) || error.code === "internal") throw error;
    await failReference(set.id, { code: "unreadable", said: saidOf(set, error) }, db);
  }
  await dropUpload(set);
}

/** End a set that cannot be built, and with it what there is of it. */
export async function failReference(id: string, failure: ReferenceFailure, db: Db): Promise<void> {
  await inTransaction(async (tx) => {
    const { count } = await tx.referenceSet.updateMany({
      where: { id, state: "BUILDING" },
      data: { state: "FAILED", failureReason: failure, source: null },
    });
    if (count > 0) await tx.referenceImage.deleteMany({ where: { referenceSetId: id } });
  }, db);
}

/** An upload lies under a name that means nothing to whoever sent it. */
function saidOf({ ownerId, name, source }: ReferenceSet, error: SalonError): string {
  const { message } = error;
  if (ownerId === null || source === null) return message;
  return message.replaceAll(`${source}/`, "").replaceAll(source, name);
}

/** The upload is the set's own copy; a folder or file of the operator's stays. */
async function dropUpload({ source, ownerId }: ReferenceSet): Promise<void> {
  if (source !== null && ownerId !== null) await rm(source, { force: true });
}

async function importStatistics(set: ReferenceSet, db: Db): Promise<ReferenceFailure | null> {
  const source = set.source ?? "";
  const bytes = await readFile(source).catch((error: unknown) => {
    throw new FileError(source, "cannot be read.", { cause: error });
  });
  const { dimension, mean, covariance } = await parseStatistics(bytes, source);
  const encoder = await encoderIdentity(set.encoderId.split("@")[0], openingOf(set));
  if (dimension !== encoder.dimension) {
    throw new FileError(
      source,
      `holds statistics of ${dimension} features, but ${encoder.id} has ${encoder.dimension}.`,
    );
  }
  return finishReference(
    set.id,
    {
      encoderId: encoder.id,
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

/** Where the set's encoder is, and how it was asked to read, if that was asked for with the set. */
const openingOf = (set: ReferenceSet) => ({
  encodersDir: encodersDir(),
  ...readingOf(set.preprocessing),
});

async function openReader(set: ReferenceSet): Promise<ReferenceReader> {
  const isUpload = set.ownerId !== null;
  const kind = set.kind === "upload" ? await sniffArchive(set.source ?? "") : null;
  const name = set.encoderId.split("@")[0];
  const open = (await isVideoEncoder(name, encodersDir())) ? openVideoReader : openImageReader;
  return open(set.source ?? "", name, {
    ...openingOf(set),
    source: { limits: isUpload ? uploadLimits() : undefined, kind: kind ?? undefined },
    maxPixels: isUpload ? UPLOAD_PIXELS : OWN_MAX_PIXELS,
  });
}

async function buildFromSamples(
  set: ReferenceSet,
  db: Db,
  options: BuildOptions,
): Promise<ReferenceFailure | null> {
  const reader = await openReader(set);
  const { total, batch } = reader;
  try {
    await db.referenceSet.update({ where: { id: set.id }, data: { total } });
    const kept = await db.referenceImage.count({ where: { referenceSetId: set.id } });
    for (let start = kept; start < total; start += batch) {
      options.signal?.throwIfAborted();
      await keepBatch(set, reader, start, db);
      options.onProgress?.(Math.min(start + batch, total), total);
    }
    return await finishReference(set.id, reader, db);
  } finally {
    await reader.close();
  }
}

async function keepBatch(set: ReferenceSet, reader: ReferenceReader, start: number, db: Db): Promise<void> {
  const samples = await reader.read(start);
  // Slow disks are waited for before the transaction, not in it.
  const hashes = await Promise.all(samples.map(({ bytes }) => putArtifact(bytes)));
  const encoderId = featuresId(reader.encoder);
  await inTransaction(async (tx) => {
    await keepArtifacts(samples, tx);
    // Bytes that were here as an image are a video from now on.
    for (const [i, { row }] of samples.entries()) {
      if (row.video === undefined || row.video === null) continue;
      const known = { sha256: hashes[i], video: { equals: Prisma.DbNull } };
      await tx.artifact.updateMany({ where: known, data: { video: row.video } });
    }
    await tx.embedding.createMany({
      data: samples.map(({ features }, i) => ({
        artifactHash: hashes[i],
        encoderId,
        vector: float32Bytes(features),
      })),
      skipDuplicates: true,
    });
    await tx.referenceImage.createMany({
      data: samples.map(({ name }, i) => ({
        referenceSetId: set.id,
        index: start + i,
        name: name.replaceAll("\0", "").slice(0, 300),
        artifactHash: hashes[i],
      })),
      skipDuplicates: true,
    });
  }, db);
}
