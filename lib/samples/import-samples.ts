import { dropStaged } from "@/lib/artifacts/staged-upload";
import { keepArtifacts, type NewArtifact } from "@/lib/artifacts/keep-artifacts";
import { putArtifact } from "@/lib/artifacts/store";
import { inTransaction, type Db } from "@/lib/db/client";
import { Prisma, type SampleUpload } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";
import { FileError } from "@/lib/media/files/file-error";
import type { SampleSource } from "@/lib/media/sample-source";
import { kindOfRun, type SampleKind } from "@/lib/references/encoders-in-use";
import { noSampleRoom } from "@/lib/runs/sample-room";
import { checkSample, isProblem } from "@/lib/samples/check-sample";
import { failUpload } from "@/lib/samples/fail-upload";
import { finishUpload } from "@/lib/samples/finish-upload";
import { storable } from "@/lib/samples/keep-problems";
import { findManifest, MANIFEST_BYTES, matchByManifest } from "@/lib/samples/manifest";
import { matchFiles, type Matching, type PlacedFile } from "@/lib/samples/match-files";
import { hashOfArchive, openSamples } from "@/lib/samples/open-samples";
import { samplesLimits } from "@/lib/samples/upload-limits";
import type { FileProblem } from "@/lib/schemas/sample-uploads";

export interface ImportOptions {
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
}

/** Files kept in one transaction, and how many bytes of them are in memory at a time. */
const BATCH = 16;
const BATCH_BYTES = 32 * 2 ** 20;

/**
 * Read an upload into its run: list it, decide which file is which sample, decode each, keep the bytes as they are, and make them
 * samples in one transaction at the end, so that nothing is ever half imported. What was checked before a kill is not checked again.
 * An upload that cannot be read (broken, cut off, too much) ends FAILED with the reason, and leaves nothing.
 * @throws what is no fault of the upload (a full disk, a lost database): to be tried again
 */
export async function importSamples(
  uploadId: string,
  db: Db,
  { signal, onProgress }: ImportOptions = {},
): Promise<void> {
  const upload = await db.sampleUpload.findUnique({ where: { id: uploadId } });
  if (upload?.state !== "READING" || upload.source === null) return;
  try {
    const over = await readUpload(upload, upload.source, db, { signal, onProgress });
    if (over && upload.staged) await dropStaged(uploadId);
  } catch (error) {
    if (!(error instanceof SalonError) || error.code === "internal" || error.retryable) throw error;
    await failUpload(uploadId, { code: "upload_unreadable", said: saidOf(upload, error) }, db);
  }
}

/** An upload lies under a name that means nothing to whoever sent it. */
function saidOf({ source, staged, name }: SampleUpload, { message }: SalonError): string {
  if (!staged || source === null) return message;
  return message.replaceAll(`${source}/`, "").replaceAll(source, name);
}

/** @returns whether the upload is over */
async function readUpload(
  upload: SampleUpload,
  location: string,
  db: Db,
  options: ImportOptions,
): Promise<boolean> {
  const run = await db.run.findUniqueOrThrow({ where: { id: upload.runId }, include: { model: true } });
  const isVisitors = run.model.submitterId !== null;
  const source = await openSamples(location, { limits: isVisitors ? samplesLimits() : undefined });
  try {
    const prompts = await db.prompt.findMany({
      where: { promptSetId: run.promptSetId, index: { lt: run.promptCount } },
      select: { id: true, index: true, key: true, text: true },
    });
    const matching = await matchSource(source, prompts);
    const total = sizeOf(source, matching.placed);
    const full = isVisitors ? await noSampleRoom(run.model, db, { own: total, together: total }) : null;
    if (full !== null) {
      await failUpload(upload.id, full, db);
      return true;
    }
    await db.$transaction([
      db.run.updateMany({
        where: { id: run.id, state: "QUEUED" },
        data: { state: "GENERATING", startedAt: new Date() },
      }),
      db.sampleUpload.update({
        where: { id: upload.id },
        data: {
          sha256: upload.sha256 ?? (await hashOfArchive(location)),
          layout: matching.layout,
          files: source.files.length,
          passedOver: source.passedOver.length,
        },
      }),
    ]);
    const promptIds = new Map(prompts.map(({ id, index }) => [index, id]));
    const placed = matching.placed.map((file) => ({ ...file, promptId: promptIds.get(file.promptIndex)! }));
    const found = await checkFiles({ upload, modelId: run.modelId, source, placed }, db, options);
    if (found === null) {
      await failUpload(upload.id, { code: "run_cancelled" }, db);
      return true;
    }
    return await finishUpload(upload.id, [...matching.problems, ...found], db);
  } finally {
    await source.close();
  }
}

async function matchSource(
  { path, files }: SampleSource,
  prompts: Parameters<typeof matchFiles>[1],
): Promise<Matching> {
  const names = files.map(({ name }) => name);
  const name = findManifest(names);
  if (name === null) return matchFiles(names, prompts);
  const file = files.find((each) => each.name === name)!;
  if (file.size > MANIFEST_BYTES) throw new FileError(`${path}/${name}`, "is too long for a manifest.");
  const text = new TextDecoder().decode(await file.read());
  return matchByManifest(names, { name, text }, prompts);
}

function sizeOf(source: SampleSource, placed: readonly PlacedFile[]): number {
  const wanted = new Set(placed.map(({ name }) => name));
  return source.files.reduce((sum, { name, size }) => sum + (wanted.has(name) ? size : 0), 0);
}

interface Checking {
  upload: SampleUpload;
  modelId: string;
  source: SampleSource;
  placed: (PlacedFile & { promptId: string })[];
}

/**
 * Decode what has not been, batch by batch, and keep what is whole as pending files.
 * @returns what is wrong with the others; null when the upload or its run was ended meanwhile
 */
async function checkFiles(
  { upload, modelId, source, placed }: Checking,
  db: Db,
  { signal, onProgress }: ImportOptions,
): Promise<FileProblem[] | null> {
  const kind = await kindOfRun(upload.runId, db);
  const files = new Map(source.files.map((file) => [file.name, file]));
  const kept = await db.uploadedFile.findMany({ where: { uploadId: upload.id }, select: { name: true } });
  const done = new Set(kept.map(({ name }) => name));
  const open = placed.filter(({ name }) => !done.has(storable(name)));
  const problems: FileProblem[] = [];
  let checked = placed.length - open.length;
  for (const batch of batches(open, (file) => files.get(file.name)!.size)) {
    signal?.throwIfAborted();
    const fitting: { file: (typeof open)[number]; artifact: NewArtifact }[] = [];
    for (const file of batch) {
      const outcome = await checkFile(file.name, files.get(file.name)!.read, kind);
      if (isProblem(outcome)) problems.push({ name: file.name, ...outcome });
      else fitting.push({ file, artifact: outcome });
    }
    checked += batch.length;
    if (!(await keepBatch({ upload, modelId, checked }, fitting, db))) return null;
    onProgress?.(checked, placed.length);
  }
  return problems;
}

async function checkFile(
  name: string,
  read: () => Promise<Uint8Array>,
  kind: SampleKind,
): ReturnType<typeof checkSample> {
  let bytes: Uint8Array;
  try {
    bytes = await read();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return { code: "damaged", details: { why: "It cannot be unpacked: the archive is damaged there." } };
  }
  return checkSample(name, bytes, kind);
}

/** @returns false when the upload or its run was ended meanwhile */
async function keepBatch(
  { upload, modelId, checked }: { upload: SampleUpload; modelId: string; checked: number },
  fitting: { file: PlacedFile & { promptId: string }; artifact: NewArtifact }[],
  db: Db,
): Promise<boolean> {
  // Slow disks are waited for before the transaction, not in it.
  for (const { artifact } of fitting) await putArtifact(artifact.bytes);
  return inTransaction(async (tx) => {
    const { count } = await tx.sampleUpload.updateMany({
      where: { id: upload.id, state: "READING", run: { state: { not: "CANCELLED" }, modelId } },
      data: { checked, touchedAt: new Date() },
    });
    if (count === 0) return false;
    const hashes = await keepArtifacts(
      fitting.map(({ artifact }) => artifact),
      tx,
    );
    // Bytes that were here as an image are a video from now on.
    for (const [i, { artifact }] of fitting.entries()) {
      const { video } = artifact.row;
      if (video === undefined || video === null) continue;
      const known = { sha256: hashes[i], video: { equals: Prisma.DbNull } };
      await tx.artifact.updateMany({ where: known, data: { video } });
    }
    await tx.uploadedFile.createMany({
      data: fitting.map(({ file }, i) => ({
        uploadId: upload.id,
        promptId: file.promptId,
        index: file.sampleIndex,
        name: storable(file.name),
        artifactHash: hashes[i],
        seed: file.seed,
      })),
      skipDuplicates: true,
    });
    return true;
  }, db);
}

/** Files in batches of a few, and of a few megabytes; a large one is a batch of its own. */
function* batches<T>(files: readonly T[], sizeOf: (file: T) => number): Generator<T[]> {
  let batch: T[] = [];
  let bytes = 0;
  for (const file of files) {
    if (batch.length > 0 && (batch.length >= BATCH || bytes + sizeOf(file) > BATCH_BYTES)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(file);
    bytes += sizeOf(file);
  }
  if (batch.length > 0) yield batch;
}
