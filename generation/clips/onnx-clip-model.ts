import { Tensor, type InferenceSession } from "onnxruntime-node";
import { doubled, FEWEST_ROWS, floats } from "@/generation/onnx-model";

/**
 * A network that draws clips: `x` [B,F,C,H,W], a time for each latent frame [B,F] and token ids [B,L]; the answer is like `x`.
 * A time of 1 says that the frame is given.
 */
export type ClipDenoiser = (
  x: Float32Array,
  times: Float32Array,
  tokens: BigInt64Array,
) => Promise<Float32Array>;

/** Numbers in an array of this shape. */
export const sizeOf = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);

/** A denoiser network (inputs x [B,F,C,H,W], t [B,F], tokens [B,L]; output prediction) as a function. */
export function onnxClipDenoiser(session: InferenceSession, sampleShape: readonly number[]): ClipDenoiser {
  const size = sizeOf(sampleShape);
  return async (x, times, tokens) => {
    const rows = x.length / size;
    const sent = Math.max(rows, FEWEST_ROWS);
    const result = await session.run({
      x: new Tensor("float32", rows === 1 ? doubled(x) : x, [sent, ...sampleShape]),
      t: new Tensor("float32", rows === 1 ? doubled(times) : times, [sent, sampleShape[0]]),
      tokens: new Tensor("int64", rows === 1 ? doubled(tokens) : tokens, [sent, tokens.length / rows]),
    });
    return floats(result.prediction as Tensor, x.length);
  };
}

/** Turns one window of latent frames [F,C,H,W] into its frames [1+4(F-1),3,S,S] in about [-1, 1]. */
export type WindowDecoder = (latents: Float32Array) => Promise<Float32Array>;

/**
 * A video autoencoder's decoder network (input latent [1,F,C,H,W], output clip [1,1+4(F-1),3,S,S]) as a function. A window is always
 * decoded alone: its bits cannot depend on others, and the frames in it are batch enough.
 */
export function onnxWindowDecoder(
  session: InferenceSession,
  { latentShape, frames, imageSize }: { latentShape: readonly number[]; frames: number; imageSize: number },
): WindowDecoder {
  return async (latents) => {
    const result = await session.run({ latent: new Tensor("float32", latents, [1, ...latentShape]) });
    return floats(result.clip as Tensor, frames * 3 * imageSize * imageSize);
  };
}

/** Turns a clip's first frame [3,S,S] in [-1, 1] into its first latent frame [C,H,W]. */
export type FirstFrameEncoder = (pixels: Float32Array) => Promise<Float32Array>;

/**
 * A video autoencoder's encoder network (input clip [1,1+4(F-1),3,S,S], output latent [1,F,C,H,W]) as a function of a first frame. The
 * first latent frame depends on it alone, so the network is shown copies of it.
 */
export function onnxFirstFrameEncoder(
  session: InferenceSession,
  { latentShape, frames, imageSize }: { latentShape: readonly number[]; frames: number; imageSize: number },
): FirstFrameEncoder {
  return async (pixels) => {
    const clip = new Float32Array(frames * pixels.length);
    for (let frame = 0; frame < frames; frame += 1) clip.set(pixels, frame * pixels.length);
    const result = await session.run({
      clip: new Tensor("float32", clip, [1, frames, 3, imageSize, imageSize]),
    });
    return floats(result.latent as Tensor, sizeOf(latentShape.slice(1)));
  };
}
