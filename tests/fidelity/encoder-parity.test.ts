import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { describe, expect, test } from "vitest";
import { parseNpy } from "@/lib/encoders/files/npy";
import { buildI3d, i3dTensors } from "@/lib/encoders/onnx-graph/i3d";
import { buildInception, inceptionTensors } from "@/lib/encoders/onnx-graph/inception-v3";
import { resizeTf1, resizeTorch } from "@/lib/encoders/preprocessing/resize-bilinear";
import { resizeClean } from "@/lib/encoders/preprocessing/resize-clean";
import { largestRelativeGap, image, randomCheckpoint } from "./seeded";

const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));
const npy = (name: string) => parseNpy(readFileSync(fixture(name)), name).data;

/** Planar float32 pixels in [-1, 1] of an image that needs no resize. */
function planar({ data, width, height }: ReturnType<typeof image>, middle: number): Float32Array {
  const plane = width * height;
  const out = new Float32Array(3 * plane);
  for (let i = 0; i < plane; i++)
    for (let c = 0; c < 3; c++) out[c * plane + i] = (data[3 * i + c] - middle) / middle;
  return out;
}

describe("networks built from checkpoints equal PyTorch's", () => {
  test("Inception-v3 2015-12-05: every one of 2048 features and 1008 logits within 1e-5", async () => {
    const session = await InferenceSession.create(buildInception(randomCheckpoint(inceptionTensors())));
    const pixels = new Float32Array(2 * 3 * 299 * 299);
    [1, 2].forEach((seed, i) => pixels.set(planar(image(299, 299, seed), 128), (i * pixels.length) / 2));
    const result = await session.run({ image: new Tensor("float32", pixels, [2, 3, 299, 299]) });
    const gap = largestRelativeGap(result.features.data as Float32Array, npy("inception-features.npy"));
    expect(gap).toBeLessThan(1e-5);
    const logits = largestRelativeGap(result.logits.data as Float32Array, npy("inception-logits.npy"));
    expect(logits).toBeLessThan(1e-5);
    console.log(`Inception: features ${gap.toExponential(1)}, logits ${logits.toExponential(1)}`);
  });

  test("I3D: 400 logits within 1e-5", async () => {
    const session = await InferenceSession.create(buildI3d(randomCheckpoint(i3dTensors())));
    const video = new Float32Array(3 * 16 * 224 * 224);
    const plane = 224 * 224;
    for (let frame = 0; frame < 16; frame++) {
      const pixels = planar(image(224, 224, frame), 127.5);
      for (let c = 0; c < 3; c++)
        video.set(pixels.subarray(c * plane, (c + 1) * plane), (c * 16 + frame) * plane);
    }
    const result = await session.run({ clip: new Tensor("float32", video, [1, 3, 16, 224, 224]) });
    const gap = largestRelativeGap(result.features.data as Float32Array, npy("i3d-logits.npy"));
    console.log(`I3D: ${gap.toExponential(1)}`);
    expect(gap).toBeLessThan(1e-5);
  });
});

describe("resizes", () => {
  const cases = JSON.parse(readFileSync(fixture("resize-clean.json"), "utf8")) as {
    seed: number;
    from: [number, number];
    to: [number, number];
    sha256: string;
  }[];
  test.each(cases)("clean equals PIL to the bit: $from to $to", ({ seed, from, to, sha256 }) => {
    const out = resizeClean(image(...from, seed).data, ...from, ...to);
    expect(createHash("sha256").update(new Uint8Array(out.buffer)).digest("hex")).toBe(sha256);
  });

  test.each([
    ["tf1", resizeTf1],
    ["torch", resizeTorch],
  ])("%s equals its reference within 1e-6 of the value range", (name, resize) => {
    for (const [seed, [w, h, W, H]] of [
      [16, 12, 37, 45],
      [90, 70, 33, 29],
    ].entries()) {
      const expected = npy(`resize-${name}-${seed}.npy`);
      const actual = resize(image(w, h, seed).data, w, h, W, H);
      expect(actual.length).toBe(expected.length);
      const worst = Math.max(...expected.map((x, i) => Math.abs(actual[i] - x) / 255));
      expect(worst).toBeLessThan(1e-6);
    }
  });

  test("tf1 and torch differ by 55 grey levels on an upsampled checkerboard, as their references do", () => {
    const board = Uint8Array.from({ length: 32 * 32 * 3 }, (_, i) => (((i / 3) & 31) + (i / 96 | 0)) % 2 * 255); // prettier-ignore
    const [tf1, torch] = [resizeTf1(board, 32, 32, 299, 299), resizeTorch(board, 32, 32, 299, 299)];
    const gap = tf1.reduce((sum, x, i) => sum + Math.abs(x - torch[i]), 0) / tf1.length;
    const { meanGreyLevels } = JSON.parse(readFileSync(fixture("checkerboard.json"), "utf8")) as {
      meanGreyLevels: number;
    };
    expect(gap).toBeCloseTo(meanGreyLevels, 2);
    expect(Math.round(gap)).toBe(55);
  });
});
