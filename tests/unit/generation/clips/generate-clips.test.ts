import { describe, expect, it, vi } from "vitest";
import { generateClips, type ClipSettings, type ClipTask } from "@/generation/clips/generate-clips";
import { clipModelCardSchema, firstFrameCardSchema } from "@/generation/clips/video-card";
import type { LoadedClipModel } from "@/generation/clips/video-library";
import { CLIP_TEXT_LENGTH, tokenizeClipCaption } from "@/generation/world/motion/clip-tokenizer";

const LATENTS = 5;
const card = clipModelCardSchema.parse({
  id: "formula",
  name: "Formula",
  creator: "Salon",
  task: "text-to-video",
  family: "flow",
  prediction: "velocity",
  paradigm: "Flow matching",
  architecture: "None",
  representation: "One number a frame",
  textConditioning: "First token",
  imageSize: 2,
  frames: 17,
  sampleShape: [LATENTS, 1, 1, 1],
  firstFrame: "formula-first-frame",
  decoder: "formula-autoencoder",
  textLength: CLIP_TEXT_LENGTH,
  vocabularySize: 73,
  sampler: { default: "euler", steps: 2, guidanceScale: 1 },
  files: { denoiser: { path: "denoiser.onnx", sha256: "0".repeat(64), bytes: 1 } },
  parameters: 1,
  training: {},
  figures: {},
  license: "Apache-2.0",
  released: "2026-01-31",
});
const FIRST_STEPS = 3;
const firstCard = firstFrameCardSchema.parse({
  id: "formula-first-frame",
  task: "first-frame",
  family: card.family,
  prediction: card.prediction,
  sampleShape: [1, 1, 1],
  textLength: card.textLength,
  vocabularySize: card.vocabularySize,
  sampler: { default: "euler", steps: FIRST_STEPS, guidanceScale: 2 },
  files: card.files,
});
const settings: ClipSettings = { sampler: "euler", steps: 2, guidanceScale: 1, frames: 17, anchors: 4 };
const watch = { signal: new AbortController().signal };
const task = (prompt: string, seed: number, first: Float32Array | null = null): ClipTask => ({
  prompt,
  seed,
  first,
});

interface Call {
  x: number[];
  times: number[];
  tokens: bigint[];
}

/**
 * Its clips count up: the exact velocity towards latent frames that are each one step brighter than the frame before, from the first
 * token's grey on or from the last that is given. A latent frame is the grey of its last frame.
 */
function countingModel() {
  const calls: Call[] = [];
  /** Rows of each call for first frames. */
  const firstCalls: number[] = [];
  /** Greys of the frames that were encoded. */
  const encoded: number[] = [];
  const model: LoadedClipModel = {
    card,
    first: {
      card: firstCard,
      denoise: async (x, t, tokens) => {
        firstCalls.push(x.length);
        // By no caption the same, so that guidance changes nothing.
        return x.map((value, row) => {
          const token = Number(tokens[(row % (x.length / 2)) * CLIP_TEXT_LENGTH]);
          return (grey(token) - value) / (1 - t);
        });
      },
    },
    denoise: async (x, times, tokens) => {
      calls.push({ x: [...x], times: [...times], tokens: [...tokens] });
      return x.map((value, at) => {
        const row = Math.floor(at / LATENTS);
        const own = [...times.slice(row * LATENTS, (row + 1) * LATENTS)];
        const given = own.filter((time) => time === 1).length;
        const wanted = x[row * LATENTS + given - 1] + ((at % LATENTS) - given + 1) * STEP;
        return given > at % LATENTS ? NaN : (wanted - value) / (1 - times[at]);
      });
    },
    decode: async (latents) =>
      Float32Array.from(
        [...latents].flatMap((value, at) => new Array<number>(12 * (at === 0 ? 1 : 4)).fill(value)),
      ),
    encodeFirst: async (pixels) => {
      encoded.push(byte(pixels[0]));
      return Float32Array.of(pixels[0] + MARK);
    },
  };
  return { model, calls, firstCalls, encoded };
}
/** By what an encoded frame is known from a latent frame that was drawn. */
const MARK = 1e-3;
/** Four of 255 grey levels. */
const STEP = 4 / 127.5;
const grey = (token: number) => (token % 16) / 127.5 - 1;
const byte = (value: number) => Math.round((value + 1) * 127.5);
/** The grey of each latent frame's last frame. */
const levels = (clip: Uint8Array) =>
  Array.from({ length: (clip.length / 12 - 1) / 4 + 1 }, (_, at) => clip[12 * 4 * at]);
const countFrom = (first: number, count: number) => Array.from({ length: count }, (_, at) => first + 4 * at);
const close = (levelsOf: number[], wanted: number[]) => {
  expect(levelsOf).toHaveLength(wanted.length);
  levelsOf.forEach((level, at) => expect(Math.abs(level - wanted[at])).toBeLessThanOrEqual(1));
};

describe("a clip", () => {
  it("begins with a first frame of its own caption, and all that follow it are drawn at the same time", async () => {
    const { model, calls, firstCalls } = countingModel();
    const prompts = ["a red ball moves left", "blue"];
    const tasks = prompts.map((prompt, seed) => task(prompt, seed));
    const { clips } = await generateClips(model, settings, tasks, watch);
    for (const [row, clip] of clips.entries()) {
      expect(clip).toHaveLength(17 * 12);
      close(levels(clip), countFrom(byte(grey(tokenizeClipCaption(prompts[row])[0])), 5));
    }
    expect(firstCalls).toEqual(new Array(FIRST_STEPS).fill(4));
    const row = (t: number) => [1, t, t, t, t];
    expect(calls.map(({ times }) => times)).toEqual([0, 0.5].map((t) => [...row(t), ...row(t)]));
  });

  it.each([
    ["euler", 1],
    ["lcm", 4],
  ] as const)("by %s with %i anchors is the same whatever it is drawn beside", async (sampler, anchors) => {
    const { model } = countingModel();
    // Far from its exact answer, so that the noise shows.
    const blurred: LoadedClipModel = {
      ...model,
      denoise: async (x, times, tokens) =>
        (await model.denoise(x, times, tokens)).map((value, at) =>
          Number.isNaN(value) ? 0 : value / 2 + x[at] / 20,
        ),
    };
    const own = { ...settings, sampler, anchors, frames: 29, guidanceScale: 2 };
    const draw = async (...tasks: ClipTask[]) => (await generateClips(blurred, own, tasks, watch)).clips;
    const [a, b] = [task("a red ball", 1), task("blue", 2)];
    const [alone] = await draw(a);
    const [, second] = await draw(b, a);
    expect([...second]).toEqual([...alone]);
    const [other] = await draw(task("a red ball", 3));
    expect([...other]).not.toEqual([...alone]);
  });

  it("is asked for with and without its caption in one call when guided, its given frames in both halves", async () => {
    const { model, calls } = countingModel();
    const first = new Float32Array(12).fill(0.5);
    await generateClips(model, { ...settings, guidanceScale: 3 }, [task("a red ball", 1, first)], watch);
    for (const { x, times, tokens } of calls) {
      for (const value of [x[0], x[5]]) expect(value).toBeCloseTo(0.5 + MARK, 5);
      expect([times[0], times[5]]).toEqual([1, 1]);
      expect(tokens.slice(CLIP_TEXT_LENGTH).every((id) => id === 0n)).toBe(true);
    }
  });

  it("that begins with an image has it as its first frame, at time 1 in every call", async () => {
    const { model, calls, firstCalls } = countingModel();
    const first = new Float32Array(12).fill(0);
    const { clips } = await generateClips(model, settings, [task("a red ball", 1, first)], watch);
    expect(firstCalls).toEqual([]);
    close(levels(clips[0]), countFrom(byte(0), 5));
    for (const { x, times } of calls) {
      expect(x[0]).toBeCloseTo(MARK, 5);
      expect(times[0]).toBe(1);
      expect(times.slice(1)).not.toContain(1);
    }
  });
});

it("those of a batch that are given a first frame keep it, and the others draw theirs", async () => {
  const { model } = countingModel();
  const tasks = [task("blue", 1, new Float32Array(12).fill(0)), task("red", 2)];
  const { clips } = await generateClips(model, settings, tasks, watch);
  close(levels(clips[0]), countFrom(byte(0), 5));
  close(levels(clips[1]), countFrom(byte(grey(tokenizeClipCaption("red")[0])), 5));
});

describe("a longer clip", () => {
  it.each([
    [1, 65, 4],
    [4, 65, 13],
    [1, 37, 3],
    [4, 21, 2],
  ] as const)(
    "with %i anchors goes on over %i frames in %i windows, without a seam",
    async (anchors, frames, windows) => {
      const { model, calls, encoded } = countingModel();
      const { clips } = await generateClips(
        model,
        { ...settings, frames, anchors },
        [task("blue", 1)],
        watch,
      );
      expect(clips[0]).toHaveLength(frames * 12);
      close(levels(clips[0]), countFrom(byte(grey(tokenizeClipCaption("blue")[0])), (frames - 1) / 4 + 1));
      expect(calls).toHaveLength(windows * settings.steps);
      for (const { times } of calls.slice(settings.steps))
        expect(times.filter((time) => time === 1)).toHaveLength(anchors);
      // The first window begins with the frame that was drawn for it, each further one with the earliest anchor's own, encoded anew.
      const each = LATENTS - anchors;
      const [drawn, ...anchored] = encoded;
      expect(drawn).toBe(levels(clips[0])[0]);
      const begun = calls.slice(settings.steps).map(({ x }) => x[0]);
      begun.forEach((value, call) =>
        expect(value).toBeCloseTo(anchored[Math.floor(call / settings.steps)] / 127.5 - 1 + MARK, 5),
      );
      expect(anchored).toEqual(
        Array.from({ length: windows - 1 }, (_, at) => levels(clips[0])[LATENTS + at * each - anchors]),
      );
    },
  );
});

it("takes turns: it waits before each call of the network, and the waits are not counted as its own time", async () => {
  const { model, calls } = countingModel();
  const turns: number[] = [];
  vi.useFakeTimers({ toFake: ["performance"] });
  try {
    const { timing } = await generateClips(model, { ...settings, steps: 4 }, [task("a", 1)], {
      ...watch,
      turn: async () => {
        turns.push(calls.length);
        vi.advanceTimersByTime(1000);
      },
    });
    expect(turns).toEqual([0, 0, 0, 0, 1, 2, 3]);
    expect(timing).toEqual({ denoise: 0, decode: 0 });
  } finally {
    vi.useRealTimers();
  }
});

it("stops between two calls of the network once nobody wants it, and tells how far it is until then", async () => {
  const stop = new AbortController();
  const { model, calls } = countingModel();
  const shares: number[] = [];
  const onProgress = (share: number) => {
    shares.push(share);
    if (share === 0.5) stop.abort(new Error("left"));
  };
  const given = task("a", 1, new Float32Array(12));
  const drawn = generateClips(model, { ...settings, frames: 21 }, [given], {
    signal: stop.signal,
    onProgress,
  });
  await expect(drawn).rejects.toThrow("left");
  expect(shares).toEqual([0, 0.25, 0.5]);
  expect(calls).toHaveLength(3);
});
