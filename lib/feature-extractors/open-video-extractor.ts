import { readFile } from "node:fs/promises";
import path from "node:path";
import type { InferenceSession } from "onnxruntime-node";
import { Tensor } from "onnxruntime-node";
import type { DecodedImage } from "@/lib/feature-extractors/decode-image";
import { ExtractorError } from "@/lib/feature-extractors/extractor-error";
import type { Resize } from "@/lib/feature-extractors/extractor-spec";
import { describePreprocessing } from "@/lib/feature-extractors/extractor-spec";
import { FileError } from "@/lib/feature-extractors/files/file-error";
import { installedCard } from "@/lib/feature-extractors/install-encoder";
import { openModel, openSession } from "@/lib/feature-extractors/onnx-session";
import { prepareImage } from "@/lib/feature-extractors/preprocessing/prepare-image";
import type { StandardEncoder } from "@/lib/feature-extractors/standard-encoders";
import { STANDARD_ENCODERS, buildEncoder } from "@/lib/feature-extractors/standard-encoders";

/** An opened encoder of clips. */
export interface VideoExtractor {
  name: string;
  id: string;
  dimension: number;
  distanceLabel: string;
  preprocessing: string;
  /** Features of clips of equally many frames, [n, dimension] row-major. */
  extract(clips: DecodedImage[][]): Promise<Float32Array>;
  close(): Promise<void>;
}

/** Whether a name is that of an encoder of clips. */
export const isVideoEncoder = (name: string): boolean =>
  Object.hasOwn(STANDARD_ENCODERS, name) && STANDARD_ENCODERS[name].kind === "video";

/**
 * Opens an installed encoder of clips.
 * @throws ExtractorError UNKNOWN_ENCODER, WEIGHTS_MISSING, WEIGHTS_WRONG
 */
export async function openVideoExtractor(
  name: string,
  { encodersDir, resize, threads }: { encodersDir: string; resize?: Resize; threads?: number },
): Promise<VideoExtractor> {
  const card = isVideoEncoder(name) ? await installedCard(encodersDir, name) : null;
  if (!card?.checkpoint) {
    throw new ExtractorError(
      "UNKNOWN_ENCODER",
      `${name} is no installed encoder of clips: run \`salon encoders install ${name}\`.`,
    );
  }
  const { path: file, sha256 } = card.files.encoder;
  const { session } = await openModel(path.join(encodersDir, name, file), { sha256, threads });
  return videoExtractor(STANDARD_ENCODERS[name], card.checkpoint, session, resize);
}

/**
 * Opens an encoder of clips straight from a checkpoint, without installing it. With `unverified` another hash is accepted;
 * the id then carries that hash, and the distance is never called FVD.
 * @throws ExtractorError UNKNOWN_ENCODER; FileError naming the checkpoint
 */
export async function openVideoFromCheckpoint(
  name: string,
  checkpointFile: string,
  { resize, threads, unverified = false }: { resize?: Resize; threads?: number; unverified?: boolean } = {},
): Promise<VideoExtractor> {
  if (!isVideoEncoder(name)) throw new ExtractorError("UNKNOWN_ENCODER", `${name} is no encoder of clips.`);
  const bytes = await readFile(checkpointFile).catch((error: unknown) => {
    throw new FileError(checkpointFile, "cannot be read.", { cause: error });
  });
  const encoder = STANDARD_ENCODERS[name];
  const { onnx, checkpoint, verified } = await buildEncoder(encoder, bytes, checkpointFile, { unverified });
  const session = await openSession(onnx, checkpointFile, threads);
  return videoExtractor(encoder, { sha256: checkpoint, verified }, session, resize);
}

function videoExtractor(
  encoder: StandardEncoder,
  checkpoint: { sha256: string; verified: boolean },
  session: InferenceSession,
  resize: Resize = encoder.resizes[0],
): VideoExtractor {
  const { input, features } = encoder.spec(resize);
  const plane = input.width * input.height;
  return {
    name: encoder.name,
    id: `${encoder.name}@${checkpoint.sha256.slice(0, 12)}`,
    dimension: features.dimension,
    distanceLabel: checkpoint.verified ? encoder.distanceLabel : `FD-${encoder.name}-unverified`,
    preprocessing: describePreprocessing(input),
    async extract(clips) {
      const rows = new Float32Array(clips.length * features.dimension);
      const frame = new Float32Array(3 * plane);
      // One clip at a time: 16 frames of 224x224 fill the cores already.
      for (const [i, clip] of clips.entries()) {
        const tensor = new Float32Array(3 * clip.length * plane);
        clip.forEach((image, t) => {
          prepareImage(image, input, frame, 0);
          for (let c = 0; c < 3; c++) {
            tensor.set(frame.subarray(c * plane, (c + 1) * plane), (c * clip.length + t) * plane);
          }
        });
        const shape = [1, 3, clip.length, input.height, input.width];
        const result = await session.run({ [input.name]: new Tensor("float32", tensor, shape) }, [
          features.name,
        ]);
        rows.set(result[features.name].data as Float32Array, i * features.dimension);
      }
      return rows;
    },
    close: () => session.release(),
  };
}
