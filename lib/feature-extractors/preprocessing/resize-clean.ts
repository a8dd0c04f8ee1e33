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
  const out = new Float32Array(3 * toWidth * toHeight);
  const across = bicubicTaps(width, toWidth);
  const down = bicubicTaps(height, toHeight);
  const middle = new Float32Array(height * toWidth);
  for (let channel = 0; channel < 3; channel++) {
    if (width === toWidth) {
      for (let i = 0; i < width * height; i++) middle[i] = rgb[i * 3 + channel];
    } else {
      for (let x = 0; x < toWidth; x++) {
        const weight = x * across.width;
        const count = across.count[x];
        const start = across.first[x] * 3 + channel;
        for (let y = 0; y < height; y++) {
          const row = y * width * 3 + start;
          let sum = 0;
          for (let t = 0; t < count; t++) sum += rgb[row + t * 3] * across.weights[weight + t];
          middle[y * toWidth + x] = sum;
        }
      }
    }
    const plane = out.subarray(channel * toWidth * toHeight, (channel + 1) * toWidth * toHeight);
    if (height === toHeight) {
      plane.set(middle);
    } else {
      const sums = new Float64Array(toWidth);
      for (let y = 0; y < toHeight; y++) {
        sums.fill(0);
        for (let t = 0; t < down.count[y]; t++) {
          const weight = down.weights[y * down.width + t];
          const row = (down.first[y] + t) * toWidth;
          for (let x = 0; x < toWidth; x++) sums[x] += middle[row + x] * weight;
        }
        plane.set(sums, y * toWidth);
      }
    }
    for (let i = 0; i < plane.length; i++) plane[i] = Math.min(255, Math.max(0, plane[i]));
  }
  return out;
}
