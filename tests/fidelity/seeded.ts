import { crc32 } from "node:zlib";
import type { DecodedImage } from "@/lib/media/decode-image";
import type { Checkpoint } from "@/lib/encoders/checkpoint/read-checkpoint";
import { NumpyRandomState } from "../unit/metrics/numpy-random";

/** The tensors of reference/seeded.py, bit for bit. */
export function randomCheckpoint(shapes: Map<string, number[]>): Checkpoint {
  const checkpoint: Checkpoint = new Map();
  for (const [name, shape] of shapes) {
    const length = shape.reduce((product, side) => product * side, 1);
    const data = new Float32Array(length);
    if (!name.endsWith("num_batches_tracked")) {
      const random = new NumpyRandomState(crc32(name));
      const scale = Math.sqrt(24 / shape.slice(1).reduce((product, side) => product * side, 1));
      const shift = name.endsWith("bn.bias");
      const positive = /(running_var|bn\.weight)$/.test(name);
      for (let i = 0; i < length; i++) {
        const u = random.uniform();
        data[i] = positive ? 0.5 + u : shift ? u : shape.length === 1 ? 0.2 * (u - 0.5) : scale * (u - 0.5);
      }
    }
    checkpoint.set(name, { shape, data });
  }
  return checkpoint;
}

/** The image of reference/seeded.py, byte for byte. */
export function image(width: number, height: number, seed: number): DecodedImage {
  const random = new NumpyRandomState(seed);
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++, i++) {
        const bands = Math.floor((x * (seed + 2) + y * 3 + c * 40) / 4) % 192;
        data[i] = bands + Math.floor(random.uniform() * 64);
      }
  return { width, height, data, format: "png" };
}

/**
 * Largest difference relative to the expected value, or to the mean size of all values where that is larger: a
 * ReLU's output near zero is the difference of large numbers, whose rounding says nothing about the network.
 */
export function largestRelativeGap(actual: ArrayLike<number>, expected: Float32Array | Float64Array): number {
  let worst = actual.length === expected.length ? 0 : Infinity;
  let size = 0;
  for (const value of expected) size += Math.abs(value) / expected.length;
  for (let i = 0; i < expected.length; i++) {
    worst = Math.max(worst, Math.abs(actual[i] - expected[i]) / Math.max(size, Math.abs(expected[i])));
  }
  return worst;
}
