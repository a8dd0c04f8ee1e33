import type { SamplerName } from "@/generation/model-card";
import { readClipPrompt, captionTokens } from "@/generation/read-prompt";
import { toPlanes } from "@/generation/read-image";
import { CALLS_A_STEP } from "@/generation/record-frames";
import { sample } from "@/generation/sample";
import type { Denoiser, NoiseSource } from "@/generation/samplers/denoiser";
import { classifierFreeGuidance } from "@/generation/samplers/guidance";
import { batchNoise } from "@/generation/samplers/random";
import { ClipDecoder } from "./clip-decoder";
import { decodeFirstFrame, drawFirstFrames, firstFrameCalls } from "./draw-first-frames";
import { frameTimes, GROUP, windowsOf, type AnchorCount } from "./frame-counts";
import type { LoadedClipModel } from "./video-library";

/** How a batch of clips is sampled, after their first frames (draw-first-frames.ts): the same for all of them. */
export interface ClipSettings {
  sampler: SamplerName;
  steps: number;
  guidanceScale: number;
  /** Frames of each clip (frame-counts.ts). */
  frames: number;
  /** Latent frames of what is there that each further window of a longer clip is given. */
  anchors: AnchorCount;
}

/** One clip to draw. */
export interface ClipTask {
  prompt: string;
  seed: number;
  /** The frame that it begins with, pixels [3,S,S] in [-1, 1]; null: that one is drawn too. */
  first: Float32Array | null;
}

export interface ClipWatch {
  signal: AbortSignal;
  /** Told the share that is done, in [0, 1]. */
  onProgress?: (share: number) => void;
  /** Awaited before each call of the network (give-way.ts). */
  turn?: () => Promise<void>;
}

/** Clips as their frames in 8-bit RGB one after the other, and the wall-clock milliseconds of the parts, without waits for a turn. */
export interface DrawnClips {
  clips: Uint8Array[];
  timing: { denoise: number; decode: number };
}

/** A clip while windows are added to it. */
class GrowingClip {
  readonly frames: Uint8Array[] = [];
  private readonly latents: Float32Array[] = [];
  private readonly decoder: ClipDecoder;

  constructor(private readonly model: LoadedClipModel) {
    this.decoder = new ClipDecoder(model.decode, model.card.sampleShape[0]);
  }

  async add(latents: readonly Float32Array[]): Promise<void> {
    this.latents.push(...latents);
    this.frames.push(...(await this.decoder.take(latents)));
  }

  /**
   * Its last `count` latent frames as the next window's first. A window's first latent frame is always of one frame alone, and does not
   * tell how the clip came there as the others do: so the frame that the earliest stands for is encoded anew. It is decoded by now,
   * for a decoder's window is no longer than a walk's.
   */
  async anchors(count: number): Promise<Float32Array[]> {
    const from = this.latents.length - count;
    const first = await this.model.encodeFirst(toPlanes(this.frames[from * GROUP]));
    return [first, ...this.latents.slice(from + 1)];
  }

  async end(): Promise<Uint8Array> {
    this.frames.push(...(await this.decoder.end()));
    return Buffer.concat(this.frames);
  }
}

/**
 * Draw a batch of clips, window by window. A clip's bytes depend on its own prompt, seed and first frame, the model and the settings,
 * never on the rest of the batch.
 * @throws the signal's reason, between two denoiser calls, once it is aborted
 */
export async function generateClips(
  model: LoadedClipModel,
  settings: ClipSettings,
  tasks: readonly ClipTask[],
  { signal, onProgress = () => {}, turn = async () => {} }: ClipWatch,
): Promise<DrawnClips> {
  const { card } = model;
  const windows = windowsOf(settings.frames, settings.anchors, card.sampleShape[0]);
  const undrawn = tasks.filter(({ first }) => first === null);
  const calls =
    windows.length * settings.steps * CALLS_A_STEP[settings.sampler] +
    (undrawn.length > 0 ? firstFrameCalls(model) : 0);
  const clips = tasks.map(() => new GrowingClip(model));
  const noise = batchNoise(
    tasks.map(({ seed }) => seed),
    card.sampleShape.reduce((product, side) => product * side, 1),
  );
  const timing = { denoise: 0, decode: 0 };
  const timed = async <T>(part: keyof typeof timing, work: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    const result = await work();
    timing[part] += performance.now() - started;
    return result;
  };
  let called = 0;
  const beforeCall = async () => {
    const asked = performance.now();
    await turn();
    timing.denoise -= performance.now() - asked;
    signal.throwIfAborted();
    onProgress(Math.min(1, called++ / calls));
  };
  const drawnFirst = await timed("denoise", () => drawFirstFrames(model, undrawn, beforeCall));
  const firsts = await timed("decode", () =>
    inTurn(tasks, async (task) =>
      model.encodeFirst(task.first ?? (await decodeFirstFrame(model, drawnFirst[undrawn.indexOf(task)]))),
    ),
  );
  const walk = windowWalk(model, settings, tasks, beforeCall);
  for (const [at, { given, fresh }] of windows.entries()) {
    const isFirst = at === 0;
    const known = await timed("decode", () =>
      inTurn(clips, async (clip, row) => (isFirst ? [firsts[row]] : clip.anchors(given))),
    );
    const drawn = await timed("denoise", () => walk(known, noise));
    await timed("decode", () =>
      inTurn(clips, (clip, row) => clip.add(drawn[row].slice(isFirst ? 0 : given, given + fresh))),
    );
  }
  const done = await timed("decode", () => inTurn(clips, (clip) => clip.end()));
  return { clips: done, timing };
}

/** One after the other: networks use all cores already. */
async function inTurn<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const [index, item] of items.entries()) results.push(await work(item, index));
  return results;
}

/**
 * The walk from noise to a window's latent frames, a list of [C,H,W] for each clip. What is given is put in its place before every call
 * of the network, and stands there at the end.
 */
function windowWalk(
  { card, denoise }: LoadedClipModel,
  settings: ClipSettings,
  tasks: readonly ClipTask[],
  beforeCall: () => Promise<void>,
) {
  const [latents] = card.sampleShape;
  const size = card.sampleShape.reduce((product, side) => product * side, 1);
  const frameSize = size / latents;
  const tokens = captionTokens(
    tasks.map(({ prompt }) => readClipPrompt(prompt, card)),
    card.textLength,
  );
  return async (known: readonly Float32Array[][], noise: NoiseSource): Promise<Float32Array[][]> => {
    const given = known[0].length;
    const keep = (x: Float32Array) => {
      known.forEach((frames, row) =>
        frames.forEach((frame, at) => x.set(frame, row * size + at * frameSize)),
      );
      return x;
    };
    const guided = classifierFreeGuidance(
      (x, t, words) => denoise(x, frameTimes(x.length / size, latents, given, t), words),
      tokens,
      settings.guidanceScale,
    );
    const steered: Denoiser = async (x, t) => {
      await beforeCall();
      return guided(keep(x), t);
    };
    const drawn = keep(await sample(card, settings, steered, noise, tasks.length));
    return tasks.map((_, row) =>
      Array.from({ length: latents }, (__, at) =>
        drawn.slice(row * size + at * frameSize, row * size + (at + 1) * frameSize),
      ),
    );
  };
}
