import { createHash } from "node:crypto";
import { SalonError } from "@/lib/errors";
import type { VideoSource } from "@/lib/media/video-source";
import { decodeVideo, frameRuleName, type DecodeOptions, type FrameRule } from "@/lib/media/decode-video";
import type { DecodedImage } from "@/lib/media/decode-image";
import { decodeBatches } from "@/lib/encoders/extract-source";
import type { Encoder } from "@/lib/encoders/open-encoder";
import type { VideoEncoder } from "@/lib/encoders/open-video-encoder";
import type { RowFile } from "@/lib/encoders/row-file";
import { openRowFile } from "@/lib/encoders/row-file";
import type { SampleSource } from "@/lib/media/sample-source";

/** An encoder, and the .npy file that its features go to. */
export interface FeatureTarget<E> {
  encoder: E;
  out: string;
}

export interface WriteOptions {
  onProgress?: (done: number, total: number) => void;
  /** Of one image. */
  maxPixels?: number;
  /** How a video is decoded, by its name. */
  decoding?: (name: string) => DecodeOptions;
  /** Which frames of a video are read, and how the preprocessing says it; undefined: each encoder's own. */
  rule?: { frames: FrameRule; inProtocol: string };
}

interface RowTarget<T> {
  out: string;
  dimension: number;
  key: string;
  embed: (samples: T[]) => Promise<Float32Array>;
}

/** Samples that are decoded in order, from index `from` on. */
interface RowSource<T> {
  n: number;
  decode: (from: number) => AsyncIterable<{ start: number; samples: T[] }>;
}

/**
 * Writes features to .npy files, [n, d] float32 each, from one decoding of the samples, and resumably: a run that was killed goes
 * on after the last complete row of the file that is furthest behind, and no encoder embeds anew what its own file has. A row's
 * place says which sample it is of, so none is counted twice. Finished files appear under their names at once; input that turns
 * out wrong leaves nothing.
 * @returns rows that an earlier run had already written, of each file
 */
async function writeRows<T>(
  targets: RowTarget<T>[],
  source: RowSource<T>,
  options: WriteOptions,
): Promise<number[]> {
  const { n } = source;
  const files: RowFile[] = [];
  try {
    // Before the rows, so that a file that cannot be written costs the others nothing.
    for (const { out, dimension, key } of targets) files.push(await openRowFile(out, { n, dimension, key }));
    await writeAll(targets, files, source, options);
    for (const file of files) await file.finish();
    return files.map(({ from }) => from);
  } finally {
    await Promise.all(files.map((file) => file.close()));
  }
}

async function writeAll<T>(
  targets: RowTarget<T>[],
  files: RowFile[],
  { n, decode }: RowSource<T>,
  { onProgress }: WriteOptions,
): Promise<void> {
  try {
    const known = files.map(({ from }) => from);
    const first = Math.min(...known);
    for await (const { start, samples } of first < n ? decode(first) : []) {
      for (const [i, { embed }] of targets.entries()) {
        const skipped = Math.max(0, known[i] - start);
        if (skipped < samples.length) {
          await files[i].write(start + skipped, await embed(samples.slice(skipped)));
        }
      }
      onProgress?.(start + samples.length, n);
    }
  } catch (error) {
    // Wrong input stays wrong until it is changed, and then the rows are another set's.
    if (error instanceof SalonError) await Promise.all(files.map((file) => file.discard()));
    throw error;
  }
}

/**
 * Writes the features of a source of images in file-name order, by every encoder into its own file: {@link writeRows} under
 * the encoder, its preprocessing and the list of files (names and sizes).
 * @throws ImageError or FileError naming the file at fault
 */
export function writeFeatures(
  source: SampleSource,
  targets: FeatureTarget<Encoder>[],
  options: WriteOptions = {},
): Promise<number[]> {
  return writeRows<DecodedImage>(
    targets.map(({ encoder, out }) => ({
      out,
      dimension: encoder.dimension,
      key: jobKey(encoder, source.files),
      embed: (images) => encoder.extract(images),
    })),
    {
      n: source.files.length,
      async *decode(from) {
        for await (const { start, images } of decodeBatches(source, { from, maxPixels: options.maxPixels }))
          yield { start, samples: images };
      },
    },
    options,
  );
}

/**
 * Writes the features of videos in name order, one video at a time, likewise: each is decoded to as many frames as the encoder
 * that reads most of them wants.
 * @throws FileError naming the video at fault
 */
export function writeVideoFeatures(
  source: VideoSource,
  targets: FeatureTarget<VideoEncoder>[],
  options: WriteOptions = {},
): Promise<number[]> {
  const { videos } = source;
  const most = Math.max(...targets.map(({ encoder }) => encoder.frames));
  const rules = targets.map(({ encoder }) => options.rule?.frames ?? encoder.rule);
  const [rule] = rules;
  // The first frames serve every encoder; another rule's depend on how many there are.
  const areOne = rules.every((other) => frameRuleName(other) === frameRuleName(rule));
  if (!areOne || (rule !== "first" && targets.some(({ encoder }) => encoder.frames !== most)))
    throw new SalonError(
      "invalid_request",
      "These encoders read different frames of a video: write the features of each by a command of its own.",
    );
  return writeRows<DecodedImage[]>(
    targets.map(({ encoder, out }) => ({
      out,
      dimension: encoder.dimension,
      key: jobKey(
        { id: encoder.id, preprocessing: encoder.preprocessing + (options.rule?.inProtocol ?? "") },
        videos,
      ),
      embed: (samples) => encoder.extract(samples.map((frames) => frames.slice(0, encoder.frames))),
    })),
    {
      n: videos.length,
      async *decode(from) {
        for (let start = from; start < videos.length; start++) {
          const video = await videos[start].read();
          const decoding = { ...options.decoding?.(video.name), rule };
          yield { start, samples: [await decodeVideo(video, most, decoding)] };
        }
      },
    },
    options,
  );
}

function jobKey(
  { id, preprocessing }: { id: string; preprocessing: string },
  files: { name: string; size: number }[],
): string {
  const hash = createHash("sha256").update(`${id}\n${preprocessing}\n`);
  for (const { name, size } of files) hash.update(`${size} ${name}\n`);
  return hash.digest("hex");
}
