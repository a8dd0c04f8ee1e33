import type { DecodedImage } from "@/lib/media/decode-image";
import { sha256 } from "@/lib/encoders/manifest";
import type { ImageFacts } from "@/lib/metrics/forensics";

/** Notes what input forensics needs of an image: hash, size, value range, 8x8 thumbnail. */
export function imageFacts(name: string, bytes: Uint8Array, image: DecodedImage): ImageFacts {
  const { width, height, data, format } = image;
  const { low, high } = widestRange(data);
  const thumbnail = new Uint8Array(192);
  for (let y = 0; y < 8; y++) {
    const [top, bottom] = cell(y, height);
    for (let x = 0; x < 8; x++) {
      const [left, right] = cell(x, width);
      const sums = [0, 0, 0];
      for (let row = top; row < bottom; row++) {
        for (let i = (row * width + left) * 3; i < (row * width + right) * 3; i += 3) {
          sums[0] += data[i];
          sums[1] += data[i + 1];
          sums[2] += data[i + 2];
        }
      }
      const area = (bottom - top) * (right - left);
      for (let c = 0; c < 3; c++) thumbnail[(y * 8 + x) * 3 + c] = Math.round(sums[c] / area);
    }
  }
  return { name, sha256: sha256(bytes), format, width, height, bytes: bytes.length, low, high, thumbnail };
}

/** Value range of the channel that varies most: an image of one flat colour has none, whatever the colour. */
function widestRange(data: Uint8Array): { low: number; high: number } {
  const lows = [255, 255, 255];
  const highs = [0, 0, 0];
  for (let i = 0; i < data.length; i += 3) {
    for (let c = 0; c < 3; c++) {
      const value = data[i + c];
      if (value < lows[c]) lows[c] = value;
      if (value > highs[c]) highs[c] = value;
    }
  }
  const ranges = lows.map((low, c) => ({ low, high: highs[c] }));
  return ranges.reduce((best, range) => (range.high - range.low > best.high - best.low ? range : best));
}

/** Pixels of the i-th of eight cells; at least one, so that tiny images have thumbnails too. */
function cell(i: number, size: number): [number, number] {
  const start = Math.min(size - 1, Math.floor((i * size) / 8));
  return [start, Math.max(start + 1, Math.floor(((i + 1) * size) / 8))];
}
