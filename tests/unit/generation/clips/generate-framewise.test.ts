import { expect, test } from "vitest";
import type { ClipSettings } from "@/generation/clips/generate-clips";
import { generateFramewise } from "@/generation/clips/generate-framewise";
import { framewiseCardSchema } from "@/generation/clips/video-card";
import type { LoadedFramewiseModel } from "@/generation/clips/video-library";
import { modelCardSchema } from "@/generation/model-card";

const FRAMES = 17;
const SIDE = 2;
const described = {
  creator: "Salon",
  paradigm: "Flow matching",
  architecture: "None",
  representation: "Pixels",
  textConditioning: "None",
  parameters: 1,
  training: {},
  figures: {},
  license: "Apache-2.0",
  released: "2026-01-31",
};
const file = { path: "denoiser.onnx", sha256: "0".repeat(64), bytes: 1 };

/** An image model that keeps its noise as it is: an image is its noise. Counts the rows it is asked for. */
function noiseModel(sharedNoise: number): { model: LoadedFramewiseModel; rows: () => number } {
  let rows = 0;
  const size = 3 * SIDE * SIDE;
  const model = {
    card: framewiseCardSchema.parse({
      ...described,
      id: "frames",
      name: "Frames",
      task: "text-to-video",
      imageSize: SIDE,
      frames: FRAMES,
      drawnBy: { model: "images", sha256: file.sha256 },
      sharedNoise,
      sampler: { default: "euler", steps: 1, guidanceScale: 1 },
    }),
    images: {
      card: modelCardSchema.parse({
        ...described,
        id: "images",
        name: "Images",
        family: "flow",
        prediction: "velocity",
        imageSize: SIDE,
        sampleShape: [3, SIDE, SIDE],
        decoder: null,
        textLength: 20,
        vocabularySize: 58,
        sampler: { default: "euler", steps: 1, guidanceScale: 1 },
        files: { denoiser: file },
      }),
      denoise: async (x: Float32Array) => {
        rows += x.length / size;
        return new Float32Array(x.length);
      },
      decode: null,
    },
  } as unknown as LoadedFramewiseModel;
  return { model, rows: () => rows };
}

const settings: ClipSettings = { sampler: "euler", steps: 1, guidanceScale: 1, frames: FRAMES, anchors: 1 };
const draw = async (sharedNoise: number) => {
  const { model, rows } = noiseModel(sharedNoise);
  const task = { prompt: "a red ball", seed: 7, first: null };
  const { clips } = await generateFramewise(model, settings, [task], {
    signal: new AbortController().signal,
  });
  const bytes = 3 * SIDE * SIDE;
  const frames = Array.from({ length: FRAMES }, (_, at) => [
    ...clips[0].subarray(at * bytes, (at + 1) * bytes),
  ]);
  return { frames, rows: rows(), length: clips[0].length / bytes };
};

test("frames whose noise is all in common are one image, drawn once and held; else each is drawn and differs", async () => {
  const [still, moving] = [await draw(1), await draw(0.8)];
  expect([still.length, moving.length]).toEqual([FRAMES, FRAMES]);
  expect(new Set(still.frames.map(String)).size).toBe(1);
  expect(new Set(moving.frames.map(String)).size).toBe(FRAMES);
  expect(moving.rows).toBeGreaterThanOrEqual(FRAMES);
  expect(still.rows).toBeLessThanOrEqual(2);
});
