import type { DecodedImage } from "@/lib/media/decode-image";
import type { InputSpec } from "@/lib/encoders/encoder-spec";
import { resizeTf1, resizeTorch } from "@/lib/encoders/preprocessing/resize-bilinear";
import { resizeClean } from "@/lib/encoders/preprocessing/resize-clean";

const RESIZE = { clean: resizeClean, tf1: resizeTf1, torch: resizeTorch };

/** Writes one image, or one frame in planes, into `tensor` at element `offset`, resized and scaled as the encoder's input wants it. */
export function prepareImage(
  image: DecodedImage,
  input: InputSpec,
  tensor: Float32Array,
  offset: number,
): void {
  const { width, height, layout, mean, std } = input;
  const pixels = RESIZE[input.resize](image.data, image.width, image.height, width, height);
  const plane = width * height;
  for (let channel = 0; channel < 3; channel++) {
    const scale = 1 / (255 * std[channel]);
    const shift = mean[channel] / std[channel];
    const from = channel * plane;
    if (layout !== "NHWC") {
      for (let i = 0; i < plane; i++) tensor[offset + from + i] = pixels[from + i] * scale - shift;
    } else {
      for (let i = 0; i < plane; i++) tensor[offset + i * 3 + channel] = pixels[from + i] * scale - shift;
    }
  }
}
