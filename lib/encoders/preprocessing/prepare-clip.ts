import { Tensor } from "onnxruntime-node";
import type { InputSpec } from "@/lib/encoders/encoder-spec";
import { prepareImage } from "@/lib/encoders/preprocessing/prepare-image";
import type { DecodedImage } from "@/lib/media/decode-image";

/** One video's frames as a video encoder's input wants them: float32 [1, 3, T, H, W] of NCTHW, [1, T, 3, H, W] of NTCHW. */
export function prepareClip(frames: readonly DecodedImage[], input: InputSpec): Tensor {
  const { layout, width, height } = input;
  const plane = width * height;
  const byFrame = layout === "NTCHW";
  const values = new Float32Array(3 * frames.length * plane);
  const frame = new Float32Array(3 * plane);
  frames.forEach((image, t) => {
    prepareImage(image, input, frame, 0);
    for (let c = 0; c < 3; c++) {
      const at = byFrame ? t * 3 + c : c * frames.length + t;
      values.set(frame.subarray(c * plane, (c + 1) * plane), at * plane);
    }
  });
  const outer = byFrame ? [frames.length, 3] : [3, frames.length];
  return new Tensor("float32", values, [1, ...outer, height, width]);
}
