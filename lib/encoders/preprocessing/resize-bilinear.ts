/** Where an output position reads: two input positions and the weight of the second. */
interface Linear {
  low: Int32Array;
  high: Int32Array;
  weight: Float32Array;
}

/** TensorFlow 1's legacy grid: output i reads at i * from / to; corners are not aligned. */
function legacyGrid(from: number, to: number): Linear {
  const scale = Math.fround(from / to);
  return grid(from, to, (x) => Math.fround(x * scale));
}

/** Half-pixel grid of torch.nn.functional.interpolate(align_corners=False), clamped below at 0. */
function halfPixelGrid(from: number, to: number): Linear {
  const scale = Math.fround(from / to);
  return grid(from, to, (x) => Math.max(0, Math.fround(Math.fround(scale * Math.fround(x + 0.5)) - 0.5)));
}

function grid(from: number, to: number, source: (x: number) => number): Linear {
  const linear = { low: new Int32Array(to), high: new Int32Array(to), weight: new Float32Array(to) };
  for (let x = 0; x < to; x++) {
    const at = source(x);
    linear.low[x] = Math.min(from - 1, Math.floor(at));
    linear.high[x] = Math.min(from - 1, linear.low[x] + 1);
    linear.weight[x] = at - linear.low[x];
  }
  return linear;
}

/**
 * The `tf1` resize of torch-fidelity and of the first FID code (tf.image.resize_bilinear of TensorFlow 1):
 * bilinear without antialiasing on the legacy grid.
 *
 * @param rgb interleaved bytes, [height, width, 3]
 * @returns planar [3, toHeight, toWidth] in 0..255
 */
export function resizeTf1(
  rgb: Uint8Array,
  width: number,
  height: number,
  toWidth: number,
  toHeight: number,
): Float32Array {
  return bilinear(rgb, width, height, legacyGrid(width, toWidth), legacyGrid(height, toHeight));
}

/**
 * The `torch` resize of pytorch-fid: bilinear without antialiasing on the half-pixel grid.
 *
 * @param rgb interleaved bytes, [height, width, 3]
 * @returns planar [3, toHeight, toWidth] in 0..255
 */
export function resizeTorch(
  rgb: Uint8Array,
  width: number,
  height: number,
  toWidth: number,
  toHeight: number,
): Float32Array {
  return bilinear(rgb, width, height, halfPixelGrid(width, toWidth), halfPixelGrid(height, toHeight));
}

function bilinear(
  rgb: Uint8Array,
  width: number,
  height: number,
  across: Linear,
  down: Linear,
): Float32Array {
  const [toWidth, toHeight] = [across.low.length, down.low.length];
  const out = new Float32Array(3 * toWidth * toHeight);
  if (width === toWidth && height === toHeight) {
    const plane = width * height;
    for (let i = 0; i < plane; i++) for (let c = 0; c < 3; c++) out[c * plane + i] = rgb[3 * i + c];
    return out;
  }
  for (let y = 0; y < toHeight; y++) {
    const top = down.low[y] * width * 3;
    const bottom = down.high[y] * width * 3;
    const v = down.weight[y];
    for (let x = 0; x < toWidth; x++) {
      const left = across.low[x] * 3;
      const right = across.high[x] * 3;
      const u = across.weight[x];
      const at = y * toWidth + x;
      for (let c = 0; c < 3; c++) {
        const upper = rgb[top + left + c] + (rgb[top + right + c] - rgb[top + left + c]) * u;
        const lower = rgb[bottom + left + c] + (rgb[bottom + right + c] - rgb[bottom + left + c]) * u;
        out[c * toWidth * toHeight + at] = upper + (lower - upper) * v;
      }
    }
  }
  return out;
}
