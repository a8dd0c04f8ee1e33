import { artifactPath, getArtifact } from "@/lib/artifacts/store";
import type { Db } from "@/lib/db/client";
import { float32Bytes } from "@/lib/numerics/float-bytes";
import { decodeVideo, frameRuleName } from "@/lib/media/decode-video";
import type { DecodedImage } from "@/lib/media/decode-image";
import { EncoderError } from "@/lib/encoders/encoder-error";
import { featuresId } from "@/lib/encoders/features-id";
import { FileError } from "@/lib/media/files/file-error";
import type { VideoEncoder } from "@/lib/encoders/open-video-encoder";

/** Videos whose rows are read at a time; they are decoded one after the other. */
const BATCH = 32;

/** An encoder, or what else reads videos once; `least`: it makes do with so few frames where a video has no more. */
export type VideoReader = Omit<VideoEncoder, "distanceLabel"> & { least?: number };

type Pending = {
  artifactHash: string;
  /** What its features are cached under, of the encoders that have not read it. */
  missing: string[];
};

/**
 * Embed a run's videos with every encoder, where that is not done yet: one decoding feeds all. Features are kept by artifact hash,
 * encoder and preprocessing, so a video is never read twice by the same encoder; a stop loses at most one video. An encoder that
 * cannot read one of them (too short a video, or it does not give what its manifest says) is left out: it must not end the run,
 * and a distance over the videos that happen to be long enough would be another one.
 * @returns the encoders that have read every video
 * @throws SalonError internal when a stored video is gone; the signal's reason when the worker stops
 */
export async function embedVideos(
  runId: string,
  encoders: VideoReader[],
  db: Db,
  signal: AbortSignal,
): Promise<VideoReader[]> {
  let serving = encoders;
  while (serving.length > 0) {
    const batch = await readPending(runId, serving, db);
    if (batch.length === 0) break;
    for (const { artifactHash, missing } of batch) {
      signal.throwIfAborted();
      const wanted = serving.filter((encoder) => missing.includes(featuresId(encoder)));
      const failed = await embedVideo(artifactHash, wanted, db);
      serving = serving.filter((encoder) => !failed.includes(encoder));
    }
  }
  return serving;
}

function readPending(runId: string, encoders: VideoReader[], db: Db): Promise<Pending[]> {
  return db.$queryRaw<Pending[]>`
    select artifact_hash as "artifactHash", missing from (
      select distinct s.artifact_hash,
        array(select wanted from unnest(${encoders.map(featuresId)}::text[]) wanted
          where not exists (select from embeddings e
            where e.artifact_hash = s.artifact_hash and e.encoder_id = wanted)) as missing
      from samples s where s.run_id = ${runId}
    ) each_video
    where cardinality(missing) > 0
    limit ${BATCH}`;
}

/** @returns the encoders that could not read it */
async function embedVideo(artifactHash: string, encoders: VideoReader[], db: Db): Promise<VideoReader[]> {
  const bytes = await getArtifact(artifactHash);
  const video = { name: artifactHash, bytes, file: artifactPath(artifactHash) };
  const failed: VideoReader[] = [];
  // The most frames of a rule first: those of the others are its first ones.
  const decoded = new Map<string, DecodedImage[]>();
  for (const encoder of [...encoders].sort((a, b) => b.frames - a.frames)) {
    const { frames: count, rule, least = count } = encoder;
    const key = frameRuleName(rule);
    try {
      let frames = decoded.get(key);
      if (frames === undefined || frames.length < least)
        frames = await decodeVideo(video, count, { rule, least });
      decoded.set(key, frames);
      const features = await encoder.extract([frames.slice(0, count)]);
      await db.embedding.createMany({
        data: [{ artifactHash, encoderId: featuresId(encoder), vector: float32Bytes(features) }],
        skipDuplicates: true,
      });
    } catch (error) {
      if (!(error instanceof FileError) && !(error instanceof EncoderError)) throw error;
      failed.push(encoder);
    }
  }
  return failed;
}
