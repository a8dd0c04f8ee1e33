import sharp from "sharp";

export const OUTPUT_FORMATS = ["png", "webp"] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** Pixels [3,S,S] in [-1, 1] (values beyond are clamped) as interleaved 8-bit RGB, S*S*3 bytes. */
export function toRgb(pixels: Float32Array): Uint8Array {
  const plane = pixels.length / 3;
  const rgb = new Uint8ClampedArray(pixels.length);
  for (let channel = 0; channel < 3; channel += 1) {
    for (let index = 0; index < plane; index += 1) {
      rgb[index * 3 + channel] = (pixels[channel * plane + index] + 1) * 127.5;
    }
  }
  return new Uint8Array(rgb.buffer);
}

/** An image file of a square RGB image: lossless either way, and with no metadata at all. */
export function encodeImage(rgb: Uint8Array, size: number, format: OutputFormat): Promise<Buffer> {
  const image = sharp(rgb, { raw: { width: size, height: size, channels: 3 } });
  return (format === "png" ? image.png() : image.webp({ lossless: true })).toBuffer();
}
