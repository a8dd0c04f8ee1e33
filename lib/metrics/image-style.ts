/** How an image looks, whatever it shows: each a number that a viewer may reward by itself. */
export interface ImageStyle {
  /** Mean luma (Rec. 601), 0 to 1. */
  brightness: number;
  /** Standard deviation of luma, 0 to 0.5: RMS contrast. */
  contrast: number;
  /** Mean of HSV saturation, 0 to 1; black has none. */
  saturation: number;
  /** Hasler and Süsstrunk's colourfulness, 0 to about 180; above 80 they call it highly colourful. */
  colourfulness: number;
  /** Variance of the 4-neighbour Laplacian of luma on 0 to 255, over the pixels that have four neighbours. */
  sharpness: number;
}

/** Names the way of measuring; another way is another id, and its numbers never stand beside these. */
export const IMAGE_STYLE_ID = "image-style-1";
/** The same of a video: means over its first frames, and its timing. */
export const VIDEO_STYLE_ID = "clip-style-1";

/**
 * Measures an image in one pass over its pixels, at its own size.
 *
 * @param image 8-bit RGB, three bytes a pixel, rows top to bottom; at least one pixel.
 * Sources: Hasler & Süsstrunk 2003 (colourfulness); Pech-Pacheco et al. 2000 (variance of the Laplacian).
 */
export function measureImageStyle(image: { width: number; height: number; data: Uint8Array }): ImageStyle {
  const { width, height, data } = image;
  const pixels = width * height;
  if (!(pixels > 0) || data.length !== 3 * pixels) {
    throw new RangeError(`${data.length} bytes are no RGB image of ${width} x ${height} pixels`);
  }
  const luma = new Float32Array(pixels);
  let saturation = 0;
  const [grey, redGreen, yellowBlue, edges] = [new Moments(), new Moments(), new Moments(), new Moments()];
  for (let i = 0; i < pixels; i++) {
    const [r, g, b] = [data[3 * i], data[3 * i + 1], data[3 * i + 2]];
    luma[i] = 0.299 * r + 0.587 * g + 0.114 * b;
    grey.add(luma[i]);
    const most = Math.max(r, g, b);
    if (most > 0) saturation += (most - Math.min(r, g, b)) / most;
    redGreen.add(r - g);
    yellowBlue.add((r + g) / 2 - b);
  }
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      edges.add(luma[i - 1] + luma[i + 1] + luma[i - width] + luma[i + width] - 4 * luma[i]);
    }
  }
  return {
    brightness: grey.mean / 255,
    contrast: Math.sqrt(grey.variance) / 255,
    saturation: saturation / pixels,
    colourfulness:
      Math.sqrt(redGreen.variance + yellowBlue.variance) + 0.3 * Math.hypot(redGreen.mean, yellowBlue.mean),
    sharpness: edges.variance,
  };
}

/** Mean and population variance of numbers up to about a thousand: plain sums are exact enough in float64. */
class Moments {
  private n = 0;
  private sum = 0;
  private squares = 0;

  add(x: number): void {
    this.n++;
    this.sum += x;
    this.squares += x * x;
  }

  get mean(): number {
    return this.n === 0 ? 0 : this.sum / this.n;
  }

  get variance(): number {
    return this.n === 0 ? 0 : Math.max(0, this.squares / this.n - this.mean ** 2);
  }
}
