/** For each output position: the first input position it reads, how many, and their weights. */
interface Taps {
  first: Int32Array;
  count: Int32Array;
  weights: Float64Array;
  /** Weights kept for each output position. */
  width: number;
}

const tapsBySizes = new Map<string, Taps>();

/** PIL's precompute_coeffs for its bicubic filter (a = -0.5), antialiased when shrinking. */
function bicubicTaps(from: number, to: number): Taps {
  const key = `${from}>${to}`;
  const known = tapsBySizes.get(key);
  if (known) return known;
  const scale = from / to;
  const filterScale = Math.max(scale, 1);
  const support = 2 * filterScale;
  const width = Math.ceil(support) * 2 + 1;
  const taps: Taps = {
    first: new Int32Array(to),
    count: new Int32Array(to),
    weights: new Float64Array(to * width),
    width,
  };
  const step = 1 / filterScale;
  for (let x = 0; x < to; x++) {
    const centre = (x + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - support + 0.5));
    const end = Math.min(from, Math.trunc(centre + support + 0.5));
    let sum = 0;
    for (let t = 0; t < end - first; t++) {
      const weight = bicubic((t + first - centre + 0.5) * step);
      taps.weights[x * width + t] = weight;
      sum += weight;
    }
    for (let t = 0; t < end - first; t++) if (sum !== 0) taps.weights[x * width + t] /= sum;
    taps.first[x] = first;
    taps.count[x] = end - first;
  }
  if (tapsBySizes.size > 256) tapsBySizes.clear();
  tapsBySizes.set(key, taps);
  return taps;
}

function bicubic(x: number): number {
  const a = -0.5;
  const t = Math.abs(x);
  if (t < 1) return ((a + 2) * t - (a + 3)) * t * t + 1;
  if (t < 2) return (((t - 5) * t + 8) * t - 4) * a;
  return 0;
}

/**
 * The `clean` resize of clean-fid (Parmar et al. 2022), equal to the bit to PIL's mode-F bicubic a channel:
 * antialiased, horizontal pass first, double weights, each pass stored as float32, clipped to 0..255, never
 * quantised to bytes.
 *
 * @param rgb interleaved bytes, [height, width, 3]
 * @returns planar [3, toHeight, toWidth] in 0..255
 */
export function resizeClean(
  rgb: Uint8Array,
  width: number,
  height: number,
  toWidth: number,
  toHeight: number,
): Float32Array {
  const middle = resizeAcross(rgb, width, height, toWidth);
  const out = height === toHeight ? middle : resizeDown(middle, toWidth, height, toHeight);
  for (let i = 0; i < out.length; i++) out[i] = Math.min(255, Math.max(0, out[i]));
  return out;
}

/** Rows to their new width: planar [3, height, toWidth]. The three channels share their weights. */
function resizeAcross(rgb: Uint8Array, width: number, height: number, toWidth: number): Float32Array {
  const plane = height * toWidth;
  const out = new Float32Array(3 * plane);
  if (width === toWidth) {
    for (let i = 0; i < plane; i++) {
      out[i] = rgb[3 * i];
      out[plane + i] = rgb[3 * i + 1];
      out[2 * plane + i] = rgb[3 * i + 2];
    }
    return out;
  }
  const { first, count, weights, width: kept } = bicubicTaps(width, toWidth);
  for (let y = 0; y < height; y++) {
    const row = y * width * 3;
    for (let x = 0; x < toWidth; x++) {
      let from = row + first[x] * 3;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let t = x * kept; t < x * kept + count[x]; t++, from += 3) {
        const weight = weights[t];
        red += rgb[from] * weight;
        green += rgb[from + 1] * weight;
        blue += rgb[from + 2] * weight;
      }
      const at = y * toWidth + x;
      out[at] = red;
      out[plane + at] = green;
      out[2 * plane + at] = blue;
    }
  }
  return out;
}

/** Columns of each plane to their new height. */
function resizeDown(planes: Float32Array, width: number, height: number, toHeight: number): Float32Array {
  const { first, count, weights, width: kept } = bicubicTaps(height, toHeight);
  const out = new Float32Array(3 * toHeight * width);
  const sums = new Float64Array(width);
  for (let channel = 0; channel < 3; channel++) {
    for (let y = 0; y < toHeight; y++) {
      sums.fill(0);
      for (let t = 0; t < count[y]; t++) {
        const weight = weights[y * kept + t];
        const row = (channel * height + first[y] + t) * width;
        for (let x = 0; x < width; x++) sums[x] += planes[row + x] * weight;
      }
      out.set(sums, (channel * toHeight + y) * width);
    }
  }
  return out;
}
