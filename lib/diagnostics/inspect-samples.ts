import { artifactPath, getArtifact } from "@/lib/artifacts/store";
import type { Db } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { kindOfRun, type SampleKind } from "@/lib/references/encoders-in-use";
import type { StoredForensics } from "@/lib/diagnostics/diagnostics";
import { readVideo, type StoredVideo } from "@/lib/encoders/read-video";
import { ImageError, decodeImage } from "@/lib/media/decode-image";
import { FileError } from "@/lib/media/files/file-error";
import { imageFacts } from "@/lib/encoders/image-facts";
import { compareInputs, examine, type ImageFacts } from "@/lib/metrics/forensics";

/** Images in memory at a time. */
const BATCH = 16;

export type Histograms = Parameters<typeof compareInputs>[1];
type Row = {
  sampleId: string;
  sha256: string;
  mediaType: string;
  width: number;
  height: number;
  bytes: number;
  low: number | null;
  high: number | null;
  thumbnail: Uint8Array | null;
  video: StoredVideo | null;
};

/**
 * Input forensics of a run's samples: formats, resolutions, duplicates, value ranges, and what could not be read. Each
 * image's facts are noted once, with its artifact. What an endpoint sent that was no image never became a sample: it
 * is listed by its prompt.
 * @param references what the samples are held against
 */
export async function inspectSamples(
  runId: string,
  references: Histograms[],
  db: Db,
  signal: AbortSignal,
): Promise<StoredForensics> {
  const rows = await readRows(runId, db);
  const kind = await kindOfRun(runId, db);
  const corrupt: StoredForensics["corrupt"] = [];
  for (let start = 0; start < rows.length; start += BATCH) {
    signal.throwIfAborted();
    const unknown = rows.slice(start, start + BATCH).filter(({ thumbnail }) => thumbnail === null);
    if (kind === "video") {
      // Decoded one after the other: a video's frames take as much as a batch of images.
      for (const row of unknown)
        corrupt.push(...[await noteFacts(row, kind, db)].flatMap((bad) => bad ?? []));
    } else {
      const found = await Promise.all(unknown.map((row) => noteFacts(row, kind, db)));
      corrupt.push(...found.flatMap((bad) => bad ?? []));
    }
  }
  const failures = await db.sampleFailure.findMany({
    where: { runId, code: "invalid" },
    orderBy: [{ prompt: { index: "asc" } }, { index: "asc" }],
    select: { message: true, prompt: { select: { text: true } } },
  });
  corrupt.push(...failures.map(({ message, prompt }) => ({ name: prompt.text, reason: message })));
  const found = examine(rows.flatMap(factsOf), corrupt);
  const apart = found.n === 0 ? [] : references.flatMap((reference) => compareInputs(found, reference));
  return {
    ...found,
    badge: found.badge === "clean" && apart.length > 0 ? "look" : found.badge,
    // Several references may tell the same.
    remarks: [...found.remarks, ...new Map(apart.map((remark) => [JSON.stringify(remark), remark])).values()],
  };
}

function readRows(runId: string, db: Db): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    select s.id as "sampleId", a.sha256, a.media_type as "mediaType", a.width, a.height, a.bytes, a.low, a.high, a.thumbnail,
      a.video
    from samples s join artifacts a on a.sha256 = s.artifact_hash join prompts p on p.id = s.prompt_id
    where s.run_id = ${runId}
    order by p.index, s.index`;
}

/** Looks at an image and keeps what it finds, here and with the artifact; tells what is wrong with one that cannot be read. */
async function noteFacts(
  row: Row,
  kind: SampleKind,
  db: Db,
): Promise<{ name: string; reason: string } | null> {
  try {
    const facts = await (kind === "video" ? videoFacts(row) : stillFacts(row));
    Object.assign(row, facts);
    await db.artifact.update({ where: { sha256: row.sha256 }, data: facts });
    return null;
  } catch (error) {
    const isUnreadable = error instanceof ImageError || error instanceof FileError;
    if (!isUnreadable && !(error instanceof SalonError && error.code === "internal")) throw error;
    return { name: row.sampleId, reason: error.message };
  }
}

async function stillFacts({ sampleId, sha256 }: Row) {
  const bytes = await getArtifact(sha256);
  const { low, high, thumbnail } = imageFacts(sampleId, bytes, await decodeImage(bytes));
  return { low, high, thumbnail: Uint8Array.from(thumbnail) };
}

async function videoFacts({ sampleId, sha256 }: Row) {
  const video = { name: sampleId, bytes: await getArtifact(sha256), file: artifactPath(sha256) };
  const { low, high, thumbnail, video: timing } = (await readVideo(video)).row;
  return { low, high, thumbnail, video: timing };
}

function factsOf({ sampleId, mediaType, low, high, thumbnail, video, ...row }: Row): ImageFacts[] {
  if (low === null || high === null || thumbnail === null) return [];
  return [
    { ...row, name: sampleId, format: video?.codec ?? mediaType.replace("image/", ""), low, high, thumbnail },
  ];
}
