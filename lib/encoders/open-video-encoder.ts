import { readFile } from "node:fs/promises";
import path from "node:path";
import type { InferenceSession } from "onnxruntime-node";
import { SalonError } from "@/lib/errors";
import type { DecodedImage } from "@/lib/media/decode-image";
import { encoderId } from "@/lib/encoders/encoder-id";
import { EncoderError } from "@/lib/encoders/encoder-error";
import type { EncoderSpec, Reading } from "@/lib/encoders/encoder-spec";
import {
  describePreprocessing,
  frameRuleOf,
  framesOf,
  kindOf,
  withReading,
} from "@/lib/encoders/encoder-spec";
import { BUNDLED_WEIGHTS } from "@/lib/encoders/bundled-weights";
import type { FrameRule } from "@/lib/media/decode-video";
import { FileError } from "@/lib/media/files/file-error";
import { installedCard } from "@/lib/encoders/install-encoder";
import { openModel, openSession } from "@/lib/encoders/onnx-session";
import { weightsOnCard } from "@/lib/encoders/model-card";
import { prepareClip } from "@/lib/encoders/preprocessing/prepare-clip";
import { bundledSpec } from "@/lib/encoders/registry";
import type { StandardEncoder } from "@/lib/encoders/standard-encoders";
import { STANDARD_ENCODERS, buildEncoder } from "@/lib/encoders/standard-encoders";

/** An opened video encoder. */
export interface VideoEncoder {
  name: string;
  id: string;
  dimension: number;
  distanceLabel: string;
  preprocessing: string;
  /** Frames that it reads of a video. */
  frames: number;
  /** Which ones. */
  rule: FrameRule;
  /** Features of videos of equally many frames, [n, dimension] row-major. */
  extract(videos: DecodedImage[][]): Promise<Float32Array>;
  close(): Promise<void>;
}

const isStandard = (name: string) =>
  Object.hasOwn(STANDARD_ENCODERS, name) && STANDARD_ENCODERS[name].kind === "video";

/**
 * Whether a name is that of a video encoder: the bundled one, a standard one, installed or not, or a person's own that is installed.
 * @throws EncoderError BAD_MANIFEST
 */
export async function isVideoEncoder(name: string, encodersDir: string): Promise<boolean> {
  if (Object.hasOwn(STANDARD_ENCODERS, name)) return isStandard(name);
  if (bundledSpec(name, "video")) return true;
  const spec = (await installedCard(encodersDir, name))?.spec;
  return spec !== undefined && kindOf(spec.input) === "video";
}

/**
 * Opens a video encoder by name: bundled, or installed.
 * @throws EncoderError UNKNOWN_ENCODER, WEIGHTS_MISSING, WEIGHTS_WRONG, BAD_MANIFEST
 */
export async function openVideoEncoder(
  name: string,
  {
    weightsDir = BUNDLED_WEIGHTS,
    encodersDir,
    threads,
    ...reading
  }: { weightsDir?: string; encodersDir: string; threads?: number } & Reading,
): Promise<VideoEncoder> {
  const bundled = bundledSpec(name, "video");
  if (bundled) {
    const weights = await weightsOnCard(path.join(weightsDir, name), "encoder");
    const { session } = await openModel(weights.file, { sha256: weights.sha256, threads });
    return videoEncoder(bundled, weights.sha256, session, reading);
  }
  const card = (await isVideoEncoder(name, encodersDir)) ? await installedCard(encodersDir, name) : null;
  if (!card) {
    throw new EncoderError(
      "UNKNOWN_ENCODER",
      `${name} is no installed video encoder: run \`salon encoders install ${name}\`.`,
    );
  }
  const { path: file, sha256 } = card.files.encoder;
  const spec = card.spec ?? (card.checkpoint && standardSpec(name, card.checkpoint.verified, reading));
  if (!spec) throw new EncoderError("BAD_MANIFEST", `The card of ${name} does not say what it is.`);
  const { session } = await openModel(path.join(encodersDir, name, file), { sha256, threads });
  return videoEncoder(spec, card.checkpoint?.sha256 ?? sha256, session, reading);
}

/**
 * Opens a video encoder straight from a checkpoint, without installing it. With `unverified` another hash is accepted;
 * the id then carries that hash, and the distance is never called FVD.
 * @throws EncoderError UNKNOWN_ENCODER; FileError naming the checkpoint
 */
export async function openVideoFromCheckpoint(
  name: string,
  checkpointFile: string,
  { threads, unverified = false, ...reading }: { threads?: number; unverified?: boolean } & Reading = {},
): Promise<VideoEncoder> {
  if (!isStandard(name)) throw new EncoderError("UNKNOWN_ENCODER", `${name} is no video encoder.`);
  const bytes = await readFile(checkpointFile).catch((error: unknown) => {
    throw new FileError(checkpointFile, "cannot be read.", { cause: error });
  });
  const encoder: StandardEncoder = STANDARD_ENCODERS[name];
  const { onnx, checkpoint, verified } = await buildEncoder(encoder, bytes, checkpointFile, { unverified });
  const session = await openSession(onnx, checkpointFile, threads);
  return videoEncoder(standardSpec(name, verified, reading), checkpoint, session, reading);
}

function standardSpec(name: string, verified: boolean, { resize }: Reading): EncoderSpec {
  const { spec, resizes, distanceLabel } = STANDARD_ENCODERS[name];
  return {
    ...spec(resize ?? resizes[0]),
    distanceLabel: verified ? distanceLabel : `FD-${name}-unverified`,
  };
}

/** @param weights sha256 (hex) that the id carries */
function videoEncoder(
  spec: EncoderSpec,
  weights: string,
  session: InferenceSession,
  reading: Reading,
): VideoEncoder {
  const { name, features, distanceLabel } = spec;
  const input = withReading(spec.input, reading);
  const frames = framesOf(input) ?? 1;

  /** Another number of frames than its own is a person's wish; its own, the encoder's fault. */
  const cannot = (count: number, why: string, options: ErrorOptions = {}) => {
    const text = `${name} cannot read videos of ${count} frames: ${why}`;
    return count === framesOf(spec.input)
      ? new EncoderError("WEIGHTS_WRONG", text, options)
      : new SalonError("invalid_request", text, options);
  };

  async function run(video: DecodedImage[]): Promise<Float32Array> {
    const count = video.length;
    const feeds = { [input.name]: prepareClip(video, input) };
    const results = await session.run(feeds, [features.name]).catch((error: unknown) => {
      const why = error instanceof Error ? error.message.split("\n")[0].slice(0, 300) : String(error);
      throw cannot(count, why, { cause: error });
    });
    const row = results[features.name].data as Float32Array;
    if (row.length !== features.dimension)
      throw cannot(count, `it gave ${row.length} numbers instead of ${features.dimension}.`);
    return row;
  }

  return {
    name,
    id: encoderId(name, weights, features.name),
    dimension: features.dimension,
    distanceLabel,
    preprocessing: describePreprocessing(input),
    frames,
    rule: frameRuleOf(input),
    async extract(videos) {
      const rows = new Float32Array(videos.length * features.dimension);
      // One video at a time: 16 frames of 224x224 fill the cores already.
      for (const [i, video] of videos.entries()) rows.set(await run(video), i * features.dimension);
      return rows;
    },
    close: () => session.release(),
  };
}
