import { readFile } from "node:fs/promises";
import path from "node:path";
import { Tensor } from "onnxruntime-node";
import { BUNDLED_WEIGHTS } from "@/lib/encoders/bundled-weights";
import type { DecodedImage } from "@/lib/media/decode-image";
import { encoderId } from "@/lib/encoders/encoder-id";
import { EncoderError } from "@/lib/encoders/encoder-error";
import type { EncoderSpec, Resize } from "@/lib/encoders/encoder-spec";
import { describePreprocessing, kindOf } from "@/lib/encoders/encoder-spec";
import { FileError } from "@/lib/media/files/file-error";
import { installedCard } from "@/lib/encoders/install-encoder";
import { weightsOnCard } from "@/lib/encoders/model-card";
import type { OpenedModel } from "@/lib/encoders/onnx-session";
import { openModel, openSession } from "@/lib/encoders/onnx-session";
import { prepareImage } from "@/lib/encoders/preprocessing/prepare-image";
import { BUNDLED_ENCODERS, bundledSpec } from "@/lib/encoders/registry";
import type { StandardEncoder } from "@/lib/encoders/standard-encoders";
import { STANDARD_ENCODERS, buildEncoder } from "@/lib/encoders/standard-encoders";

/** An opened image encoder. */
export interface Encoder {
  name: string;
  /** Name plus 12 hex digits of its weights and output (encoder-id.ts): features may be cached under it. */
  id: string;
  /** Features an image. */
  dimension: number;
  /** What a Fréchet distance on these features is called. */
  distanceLabel: string;
  /** The preprocessing in words, for the protocol. */
  preprocessing: string;
  /** Features of the images in their order, [n, dimension] row-major. */
  extract(images: DecodedImage[]): Promise<Float32Array>;
  /** Features and, where the encoder is a classifier, its class logits, of the same images in one pass. */
  extractOutputs(images: DecodedImage[]): Promise<{ features: Float32Array; logits: Float32Array | null }>;
  /** Frees the session. */
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Folder of the bundled weights, one folder an encoder. */
  weightsDir?: string;
  /** Folder of the installed encoders (salon encoders install); none by default. */
  encodersDir?: string;
  /** Another resize than the encoder's first: the distance is then of another protocol. */
  resize?: Resize;
  /** Threads of one inference; 0 (the default) takes one a core. */
  threads?: number;
}

/**
 * Opens an image encoder by name: bundled, or installed. The same images give the same features, in
 * batches or one by one.
 * @throws EncoderError UNKNOWN_ENCODER, WEIGHTS_MISSING, WEIGHTS_WRONG, BAD_MANIFEST
 */
export async function openEncoder(
  name: string,
  { weightsDir = BUNDLED_WEIGHTS, encodersDir, resize, threads }: OpenOptions = {},
): Promise<Encoder> {
  const spec = bundledSpec(name, "image");
  if (spec) {
    const { file, sha256 } = await weightsOnCard(path.join(weightsDir, spec.name), "encoder");
    return imageEncoder(withResize(spec, resize), await openModel(file, { sha256, threads }));
  }
  const card = encodersDir === undefined ? null : await installedCard(encodersDir, name);
  if (!card || encodersDir === undefined) throw unknownEncoder(name);
  const standard = STANDARD_ENCODERS[name];
  const kind = card.spec ? kindOf(card.spec.input) : standard?.kind;
  if (kind !== "image" || !(card.spec || card.checkpoint)) {
    throw new EncoderError("UNKNOWN_ENCODER", `${name} is no image encoder.`);
  }
  const { path: file, sha256 } = card.files.encoder;
  const model = await openModel(path.join(encodersDir, name, file), { sha256, threads });
  if (card.spec) return imageEncoder(withResize(card.spec, resize), model);
  return imageEncoder(standardSpec(standard, card.checkpoint?.verified ?? false, resize), {
    ...model,
    sha256: card.checkpoint?.sha256 ?? sha256,
  });
}

/**
 * Opens a standard image encoder straight from a checkpoint, without installing it. With `unverified`
 * another hash is accepted; the id then carries that hash, and the distance is never called FID.
 * @throws EncoderError UNKNOWN_ENCODER; FileError naming the checkpoint
 */
export async function openFromCheckpoint(
  name: string,
  checkpointFile: string,
  {
    resize,
    threads,
    unverified = false,
  }: Pick<OpenOptions, "resize" | "threads"> & { unverified?: boolean } = {},
): Promise<Encoder> {
  const standard = Object.hasOwn(STANDARD_ENCODERS, name) ? STANDARD_ENCODERS[name] : undefined;
  if (standard?.kind !== "image") throw unknownEncoder(name);
  const bytes = await readFile(checkpointFile).catch((error: unknown) => {
    throw new FileError(checkpointFile, "cannot be read.", { cause: error });
  });
  const { onnx, checkpoint, verified } = await buildEncoder(standard, bytes, checkpointFile, { unverified });
  const session = await openSession(onnx, checkpointFile, threads);
  return imageEncoder(standardSpec(standard, verified, resize), { session, sha256: checkpoint });
}

function unknownEncoder(name: string): EncoderError {
  if (bundledSpec(name, "video")) {
    return new EncoderError("UNKNOWN_ENCODER", `${name} reads videos, not images.`);
  }
  const bundled = Object.keys(BUNDLED_ENCODERS).join(", ");
  const text = Object.hasOwn(STANDARD_ENCODERS, name)
    ? `${name} is not installed: run \`salon encoders install ${name}\`.`
    : `There is no encoder ${name}: bundled is ${bundled}; \`salon encoders list\` shows the others.`;
  return new EncoderError("UNKNOWN_ENCODER", text);
}

function withResize(spec: EncoderSpec, resize: Resize | undefined): EncoderSpec {
  return resize ? { ...spec, input: { ...spec.input, resize } } : spec;
}

function standardSpec(encoder: StandardEncoder, verified: boolean, resize = encoder.resizes[0]): EncoderSpec {
  return {
    ...encoder.spec(resize),
    distanceLabel: verified ? encoder.distanceLabel : `FD-${encoder.name}-unverified`,
  };
}

const BATCH = 32;

/**
 * An encoder of images over an opened model.
 * @throws EncoderError WEIGHTS_WRONG when the model lacks an input or output that the spec names.
 */
export function imageEncoder(spec: EncoderSpec, { session, sha256 }: OpenedModel): Encoder {
  const { input, features, logits } = spec;
  const outputs = logits ? [features, logits] : [features];
  const missing = [
    ...[input.name].filter((name) => !session.inputNames.includes(name)),
    ...outputs.map(({ name }) => name).filter((name) => !session.outputNames.includes(name)),
  ];
  if (missing.length > 0) {
    throw new EncoderError("WEIGHTS_WRONG", `The weights of ${spec.name} have no ${missing.join(", ")}.`);
  }
  const size = 3 * input.width * input.height;
  const shape = input.layout === "NCHW" ? [3, input.height, input.width] : [input.height, input.width, 3];

  async function run(images: DecodedImage[], wanted: typeof outputs): Promise<Float32Array[]> {
    const rows = wanted.map(({ dimension }) => new Float32Array(images.length * dimension));
    for (let start = 0; start < images.length; start += BATCH) {
      const batch = images.slice(start, start + BATCH);
      const pixels = new Float32Array(batch.length * size);
      batch.forEach((image, i) => prepareImage(image, input, pixels, i * size));
      const tensor = new Tensor("float32", pixels, [batch.length, ...shape]);
      const names = wanted.map(({ name }) => name);
      const results = await session.run({ [input.name]: tensor }, names);
      wanted.forEach(({ name, dimension }, i) => {
        const block = results[name].data as Float32Array;
        if (block.length !== batch.length * dimension) {
          throw new EncoderError(
            "WEIGHTS_WRONG",
            `${spec.name} gave ${block.length} numbers for ${batch.length} images instead of ${dimension} each.`,
          );
        }
        rows[i].set(block, start * dimension);
      });
    }
    return rows;
  }

  return {
    name: spec.name,
    id: encoderId(spec.name, sha256, features.name),
    dimension: features.dimension,
    distanceLabel: spec.distanceLabel,
    preprocessing: describePreprocessing(input),
    extract: async (images) => (await run(images, [features]))[0],
    extractOutputs: async (images) => {
      const [rows, scores] = await run(images, outputs);
      return { features: rows, logits: scores ?? null };
    },
    close: () => session.release(),
  };
}
