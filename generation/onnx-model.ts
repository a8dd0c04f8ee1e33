import "@/bin/no-telemetry.mjs";
import { InferenceSession, Tensor } from "onnxruntime-node";
import type { ConditionalDenoiser } from "@/generation/samplers/denoiser";

/**
 * Fewest rows a network is ever asked for; a lone row is sent twice and its copy dropped.
 * ONNX Runtime multiplies a one-row matrix by another kernel, whose last bits differ (up to 7e-7 on our networks);
 * from two rows up, every batch size gave the same bits for a row.
 */
export const FEWEST_ROWS = 2;

/** Inputs and the output that a network must have. */
export interface NetworkNames {
  inputs: readonly string[];
  output: string;
}

export interface SessionOptions {
  /** Threads one run may use; ONNX Runtime's own choice (all cores) when absent. */
  threads?: number;
}

/**
 * Load a network from its file's bytes.
 * @throws Error when it is no ONNX model, or lacks one of the named inputs and outputs.
 */
export async function openSession(
  bytes: Uint8Array,
  names: NetworkNames,
  { threads }: SessionOptions,
): Promise<InferenceSession> {
  const session = await InferenceSession.create(bytes, {
    ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
    // Idle threads sleep instead of spinning: each model has its own pool, and others need the cores too. On two busy
    // cores, two spinning threads took 1.2 to 1.9 times the processor and the wall-clock time of two sleeping ones.
    extra: { session: { intra_op: { allow_spinning: "0" } } },
    logSeverityLevel: 3,
  });
  const missing = [
    ...names.inputs.filter((name) => !session.inputNames.includes(name)).map((name) => `input '${name}'`),
    ...(session.outputNames.includes(names.output) ? [] : [`output '${names.output}'`]),
  ];
  if (missing.length > 0) {
    await session.release();
    throw new Error(`The network has no ${missing.join(", no ")}.`);
  }
  return session;
}

/** A lone row with its copy beneath. */
export function doubled<T extends Float32Array | BigInt64Array>(row: T): T {
  const two = new (row.constructor as new (length: number) => T)(row.length * FEWEST_ROWS);
  for (let copy = 0; copy < FEWEST_ROWS; copy += 1) two.set(row as never, copy * row.length);
  return two;
}

/** A network's answer, `expected` numbers of it. @throws Error when it has fewer, or is no float32 */
export function floats(output: Tensor | undefined, expected: number): Float32Array {
  if (!(output?.data instanceof Float32Array) || output.data.length < expected) {
    throw new Error(
      `The network answered ${output?.type} [${output?.dims}], not ${expected} float32 values.`,
    );
  }
  return output.data.length === expected ? output.data : output.data.slice(0, expected);
}

/** A denoiser network (inputs x [B,C,H,W], t [B], tokens [B,L]; output prediction [B,C,H,W]) as a function. */
export function onnxDenoiser(session: InferenceSession, sampleShape: readonly number[]): ConditionalDenoiser {
  const size = sampleShape.reduce((product, side) => product * side, 1);
  return async (x, t, tokens) => {
    const rows = x.length / size;
    const sent = Math.max(rows, FEWEST_ROWS);
    const result = await session.run({
      x: new Tensor("float32", rows === 1 ? doubled(x) : x, [sent, ...sampleShape]),
      t: new Tensor("float32", new Float32Array(sent).fill(t), [sent]),
      tokens: new Tensor("int64", rows === 1 ? doubled(tokens) : tokens, [sent, tokens.length / rows]),
    });
    return floats(result.prediction as Tensor, x.length);
  };
}

/** A language model's guesses for every word of captions: logits [B,L,V] for prompts and partly masked captions [B,L]. */
export type WordPredictor = (prompts: BigInt64Array, captions: BigInt64Array) => Promise<Float32Array>;

/** A prompt enhancer's network (inputs prompt and caption [B,L]; output logits [B,L,V]) as a function. */
export function onnxWordPredictor(
  session: InferenceSession,
  length: number,
  vocabulary: number,
): WordPredictor {
  return async (prompts, captions) => {
    const rows = prompts.length / length;
    const sent = Math.max(rows, FEWEST_ROWS);
    const tokens = (values: BigInt64Array) =>
      new Tensor("int64", rows === 1 ? doubled(values) : values, [sent, length]);
    const result = await session.run({ prompt: tokens(prompts), caption: tokens(captions) });
    return floats(result.logits as Tensor, rows * length * vocabulary);
  };
}

/** Turns latents [B,C,H,W] into pixels [B,3,imageSize,imageSize] in about [-1, 1]. */
export type Decoder = (latents: Float32Array) => Promise<Float32Array>;

/** Turns pixels [B,3,imageSize,imageSize] in [-1, 1] into latents [B,C,H,W]. */
export type ImageEncoder = (pixels: Float32Array) => Promise<Float32Array>;

/** An autoencoder's encoder network (input image [B,3,S,S], output latent [B,C,H,W]) as a function. */
export function onnxImageEncoder(
  session: InferenceSession,
  latentShape: readonly number[],
  imageSize: number,
): ImageEncoder {
  const size = 3 * imageSize * imageSize;
  return async (pixels) => {
    const rows = pixels.length / size;
    const sent = Math.max(rows, FEWEST_ROWS);
    const image = rows === 1 ? doubled(pixels) : pixels;
    const result = await session.run({
      image: new Tensor("float32", image, [sent, 3, imageSize, imageSize]),
    });
    return floats(result.latent as Tensor, rows * latentShape.reduce((product, side) => product * side, 1));
  };
}

/** An autoencoder's decoder network (input latent [B,C,H,W], output image [B,3,S,S]) as a function. */
export function onnxDecoder(
  session: InferenceSession,
  latentShape: readonly number[],
  imageSize: number,
): Decoder {
  const size = latentShape.reduce((product, side) => product * side, 1);
  return async (latents) => {
    const rows = latents.length / size;
    const sent = Math.max(rows, FEWEST_ROWS);
    const result = await session.run({
      latent: new Tensor("float32", rows === 1 ? doubled(latents) : latents, [sent, ...latentShape]),
    });
    return floats(result.image as Tensor, rows * 3 * imageSize * imageSize);
  };
}
