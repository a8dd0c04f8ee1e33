import { artifactPath, getArtifact } from "@/lib/artifacts/store";
import type { Db } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { videoTiming } from "@/lib/media/video-timing";
import { decodeVideo } from "@/lib/media/decode-video";
import { decodeImage } from "@/lib/media/decode-image";
import { VIDEO_STYLE_ID, measureImageStyle, type ImageStyle } from "@/lib/metrics/image-style";

/** Samples a statement keeps: a stop loses at most so many. */
const BATCH = 32;
/** A video looks as the mean of its first so many frames. */
const VIDEO_FRAMES = 16;

/**
 * Measure how the samples of a board's votes look, where that is not known yet. A sample is measured once, whatever
 * board it turns up on; one that is gone or damaged is kept with the reason, so that nobody waits for it.
 * @param board measureId: which way of measuring (board-style.ts)
 * @returns how many were measured
 * @throws the signal's reason when the worker stops
 */
export async function measureStyles(
  board: { id: string; measureId: string },
  db: Db,
  signal: AbortSignal,
): Promise<number> {
  const { id, measureId } = board;
  const missing = await db.$queryRaw<{ sha256: string }[]>`
    select distinct s.artifact_hash as sha256
    from (
      select b.left_sample_id as id from battles b join votes v on v.battle_id = b.id where v.board_id = ${id}
      union
      select b.right_sample_id from battles b join votes v on v.battle_id = b.id where v.board_id = ${id}
    ) shown
    join samples s on s.id = shown.id
    where not exists (
      select from artifact_styles a where a.artifact_hash = s.artifact_hash and a.measure_id = ${measureId})
    order by 1`;
  const measure = measureId === VIDEO_STYLE_ID ? measureVideo : measureImage;
  for (let from = 0; from < missing.length; from += BATCH) {
    const rows = [];
    for (const { sha256 } of missing.slice(from, from + BATCH)) {
      signal.throwIfAborted();
      rows.push({ artifactHash: sha256, measureId, ...(await orProblem(() => measure(sha256))) });
    }
    await db.artifactStyle.createMany({ data: rows, skipDuplicates: true });
  }
  return missing.length;
}

async function orProblem<T>(measure: () => Promise<T>): Promise<T | { problem: string }> {
  try {
    return await measure();
  } catch (error) {
    // Missing, changed on disk, no image, damaged: reading it again would say the same.
    if (!(error instanceof SalonError)) throw error;
    return { problem: error.message };
  }
}

async function measureImage(sha256: string) {
  return { ...measureImageStyle(await decodeImage(await getArtifact(sha256))) };
}

/** A video's duration and frame rate, and the mean look of its first frames. */
async function measureVideo(sha256: string) {
  const video = { name: sha256, bytes: await getArtifact(sha256), file: artifactPath(sha256) };
  const { frames, duration, fps } = await videoTiming(video);
  const looks = (await decodeVideo(video, Math.min(frames, VIDEO_FRAMES))).map(measureImageStyle);
  const mean = (name: keyof ImageStyle) => looks.reduce((sum, look) => sum + look[name], 0) / looks.length;
  return {
    brightness: mean("brightness"),
    contrast: mean("contrast"),
    saturation: mean("saturation"),
    colourfulness: mean("colourfulness"),
    sharpness: mean("sharpness"),
    duration,
    fps,
  };
}
