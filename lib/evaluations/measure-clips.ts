import { concatenate } from "@/lib/encoders/extract-source";
import { EncoderError } from "@/lib/encoders/encoder-error";
import type { ClipGrade } from "@/lib/encoders/grade-clip";
import { imageFacts } from "@/lib/encoders/image-facts";
import { manifestHash } from "@/lib/encoders/manifest";
import type { Encoder } from "@/lib/encoders/open-encoder";
import type { VideoEncoder } from "@/lib/encoders/open-video-encoder";
import type { ClipGrader } from "@/lib/encoders/toybox-clip-grader";
import type { MatchedImage } from "@/lib/evaluations/match-images";
import type { MeasuredImage, MeasuredSet } from "@/lib/evaluations/measure-images";
import { decodeVideo } from "@/lib/media/decode-video";
import { FileError } from "@/lib/media/files/file-error";
import { showVideo } from "@/lib/media/judge-image";
import type { SampleSource } from "@/lib/media/sample-source";
import { stillOf } from "@/lib/media/video-derivative";
import type { Video } from "@/lib/media/video-source";
import { frameConsistency } from "@/lib/metrics/consistency";
import { featureSet } from "@/lib/metrics/features";
import { examine, type ImageFacts } from "@/lib/metrics/forensics";
import { measureImageStyle } from "@/lib/metrics/image-style";
import { LEAST_FRAMES, MOTION_FRAMES, measureMotion, type Motion } from "@/lib/metrics/motion/measure-motion";
import type { ClipTruth } from "@/lib/schemas/stack/clip";

/** What is measured of a clip beside what is of an image, which is its middle frame. */
export interface ClipMeasures extends Motion {
  /** How alike its frames are in the bundled image encoder's features, and in the contrastive encoder's. */
  subject: number;
  scene: number;
  /** Null where its prompt has no truth, or there is no grader. */
  grade: ClipGrade | null;
}

/** What reads clips, all opened. */
export interface ClipReaders {
  encoder: VideoEncoder;
  grader: ClipGrader | null;
  subject: Encoder;
  scene: Encoder;
}

export interface MeasureClipsOptions extends ClipReaders {
  truthOf(key: string): ClipTruth | null;
  onProgress?: (done: number, total: number) => void;
}

/**
 * Decodes and measures every matched clip, one file each. One that cannot be read, or has too few frames, is listed and left out.
 * @throws FileError when none can be read
 */
export async function measureClips(
  source: SampleSource,
  matched: readonly MatchedImage[],
  { truthOf, onProgress, ...readers }: MeasureClipsOptions,
): Promise<MeasuredSet> {
  const files = new Map(source.files.map((file) => [file.name, file]));
  const videoOf = async (name: string): Promise<Video> => ({
    name: `${source.path}/${name}`,
    bytes: await files.get(name)!.read(),
  });
  const images: MeasuredImage[] = [];
  const facts: ImageFacts[] = [];
  const rows: Float32Array[] = [];
  const unreadable: MeasuredSet["unreadable"] = [];
  for (const [i, match] of matched.entries()) {
    const video = await videoOf(match.name);
    try {
      const { row, ...clip } = await measureClip(video, match, truthOf(match.key), readers);
      images.push({ ...match, ...clip, sha256: clip.facts.sha256 });
      facts.push(clip.facts);
      rows.push(row);
    } catch (error) {
      if (!(error instanceof FileError) && !(error instanceof EncoderError)) throw error;
      unreadable.push({ file: video.name, reason: error.message.replace(`${video.name}: `, "") });
    }
    onProgress?.(i + 1, matched.length);
  }
  if (images.length === 0) {
    throw new FileError(source.path, `has no video that can be read: ${unreadable[0].reason}`);
  }
  return {
    path: source.path,
    images,
    features: featureSet(concatenate(rows), readers.encoder.dimension, `features of ${source.path}`),
    logits: null,
    manifest: manifestHash(images.map(({ sha256 }) => sha256)),
    forensics: examine(facts),
    unreadable,
    read: async (name) => stillOf(await videoOf(name)),
    show: async (name, sees) => showVideo(await videoOf(name), sees === "video" ? "video" : "frames"),
  };
}

async function measureClip(
  video: Video,
  { name }: MatchedImage,
  truth: ClipTruth | null,
  { encoder, grader, subject, scene }: ClipReaders,
) {
  const { frames: count, rule } = encoder;
  const frames = await decodeVideo(video, count, { rule });
  const row = await encoder.extract([frames]);
  const middle = frames[frames.length >> 1];
  const moving = await decodeVideo(video, MOTION_FRAMES, { least: LEAST_FRAMES });
  const alike = async (image: Encoder) => frameConsistency(await image.extract(frames), image.dimension);
  const [grade] =
    grader && truth
      ? await grader.grade([await decodeVideo(video, grader.frames, { rule: grader.rule })], [truth])
      : [null];
  return {
    row,
    facts: imageFacts(name, video.bytes, middle),
    style: measureImageStyle(middle),
    correct: grade?.allCorrect ?? null,
    clip: { ...measureMotion(moving), subject: await alike(subject), scene: await alike(scene), grade },
  };
}
