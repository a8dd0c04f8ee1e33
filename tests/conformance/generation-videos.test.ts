import { spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { LoadedClipModel } from "@/generation/clips/video-library";
import { toRgb } from "@/generation/encode-image";
import { isFramewise, type ClipModelCard } from "@/generation/clips/video-card";
import { ModelLibrary } from "@/generation/model-library";
import { batchNoise } from "@/generation/samplers/random";
import { decodeVideo } from "@/lib/media/decode-video";
import { videoTiming } from "@/lib/media/video-timing";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import { memoryRecord } from "@/lib/providers/order-record";
import type { GenerationOrder, ModelEndpoint } from "@/lib/providers/outcome";
import { placeOrder } from "@/lib/providers/place-order";
import type { OrderTask } from "@/lib/schemas/formats/order-task";
import { testClient } from "../support/test-client";
import { Backend, MODELS_DIR, type ErrorResponse } from "./generation-client";

const library = await ModelLibrary.open(MODELS_DIR);
const CARDS = library.videos.list();
const FRAMEWISE = CARDS.find(isFramewise)!;
const MODEL = FRAMEWISE.id;
const IMAGE_MODEL = FRAMEWISE.drawnBy.model;
/** Little enough to keep the suite short; the guarantees hold at any number of steps, and with guidance. */
const FEW_STEPS = 1;
const NO_GUIDANCE = 1;
const hasFfmpeg = spawnSync("ffmpeg", ["-version"]).status === 0;

let backend: Backend;
let client: GuardedClient;
beforeAll(async () => {
  backend = await Backend.start({ ffmpeg: "no-such-program" });
  client = testClient("127.0.0.1");
});
afterAll(async () => {
  client.close();
  await Promise.all([backend.close(), library.close()]);
});

interface Video {
  id: string;
  status: string;
  progress: number;
  error: { code: string; message: string } | null;
  [field: string]: unknown;
}

const at = (path: string, init?: RequestInit, server = backend) =>
  fetch(`${server.url}/v1/videos${path}`, init);
const post = (body: unknown, server = backend) =>
  at(
    "",
    { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
    server,
  );
const good = { model: MODEL, prompt: "a red ball", steps: FEW_STEPS, guidance_scale: NO_GUIDANCE, seed: 3 };

async function order(body: object = good, server = backend): Promise<Video> {
  const response = await post(body, server);
  const video = (await response.json()) as Video;
  expect(response.status, JSON.stringify(video)).toBe(200);
  return video;
}
const ask = async (id: string, server = backend) => (await (await at(`/${id}`, {}, server)).json()) as Video;

function untilDone(id: string, server = backend): Promise<Video> {
  return vi.waitFor(
    async () => {
      const video = await ask(id, server);
      expect(["completed", "failed"]).toContain(video.status);
      return video;
    },
    { interval: 20, timeout: 50_000 },
  );
}

async function refusal(response: Response, status: number): Promise<ErrorResponse["error"]> {
  expect(response.status).toBe(status);
  return ((await response.json()) as ErrorResponse).error;
}

/** A video through Salon's own client, as a run has one. */
async function draw(model: string, more: Partial<GenerationOrder<OrderTask>> = {}) {
  const endpoint: ModelEndpoint = {
    ...{ owner: "bundled", format: "openai-images", options: null, baseUrl: `${backend.url}/v1` },
    ...{ providerModel: model, apiKey: null, timeoutMs: 50_000, leftOut: [], learn: async () => {} },
  };
  const wanted: GenerationOrder<OrderTask> = {
    ...{ task: "text-to-video", prompt: "a red ball moves left", size: "64x64", seed: 7 },
    ...{ steps: FEW_STEPS, guidance: NO_GUIDANCE },
    ...more,
  };
  const outcome = await placeOrder(endpoint, wanted, client, {
    record: memoryRecord(),
    wait: (ms) => sleep(Math.min(ms, 20)),
  });
  if (outcome.kind !== "ok" || outcome.media !== "video") throw new Error(JSON.stringify(outcome));
  return outcome;
}

describe.each(CARDS.map((card) => [card.id, card] as const))("%s", (model, card) => {
  it("gives Salon's own client a clip that plays: of its size, frames and seconds, the same for the same seed", async () => {
    const [first, again, other] = [await draw(model), await draw(model), await draw(model, { seed: 8 })];
    const video = { name: "clip", bytes: first.video.bytes };
    expect(await videoTiming(video)).toMatchObject({
      ...{ codec: "webp", width: 64, height: 64, frames: 17, duration: 2.125 },
    });
    const frames = await decodeVideo(video, 17);
    const holdsOneImage = "sharedNoise" in card && card.sharedNoise === 1;
    expect(Buffer.compare(frames[0].data, frames[16].data) === 0).toBe(holdsOneImage);
    expect(first).toMatchObject({ seedSent: 7, seedUsed: 7, inferenceMs: expect.any(Number) as unknown });
    expect(again.video.bytes.equals(first.video.bytes)).toBe(true);
    expect(other.video.bytes.equals(first.video.bytes)).toBe(false);
  });

  it("is listed with its task and what it can be asked for, and its card is served", async () => {
    const listed = (await (await fetch(`${backend.url}/v1/models/${model}`)).json()) as object;
    expect(listed).toMatchObject({
      id: model,
      salon: {
        ...{ task: "text-to-video", endpoint: "/v1/videos", video_sizes: ["64x64"] },
        ...{ default_frames: 17, most_frames: 65, first_frame: !isFramewise(card) },
        default_sampler: card.sampler.default,
      },
    });
    const served = await (await fetch(`${backend.url}/v1/models/${model}/card`)).json();
    expect(served).toEqual(card);
  });

  it("draws longer clips, of the seconds that were asked for", async () => {
    const { video } = await draw(model, { seconds: 4 });
    expect(await videoTiming({ name: "clip", bytes: video.bytes })).toMatchObject({ duration: 33 / 8 });
  });
});

const NETWORKS = CARDS.filter((card): card is ClipModelCard => !isFramewise(card));
describe.each(NETWORKS.map((card) => [card.id, card] as const))("%s", (model, card) => {
  it("begins with a given image: the same first frame whatever the prompt and the seed", async () => {
    const half = { create: { width: 48, height: 96, channels: 3 as const, background: "blue" } };
    const bytes = await sharp({ create: { width: 96, height: 96, channels: 3, background: "red" } })
      .composite([{ input: await sharp(half).png().toBuffer(), left: 0, top: 0 }])
      .png()
      .toBuffer();
    const more = { task: "image-to-video" as const, sources: [{ bytes, mediaType: "image/png" }] };
    const clips = [await draw(model, more), await draw(model, { ...more, prompt: "a fish spins", seed: 9 })];
    const [[first, later], [otherFirst, otherLater]] = await Promise.all(
      clips.map(async ({ video }) => {
        const frames = await decodeVideo({ name: "clip", bytes: video.bytes }, 17);
        return [frames[0].data, frames[16].data];
      }),
    );
    expect(Buffer.compare(otherFirst, first)).toBe(0);
    expect(Buffer.compare(otherLater, later)).not.toBe(0);
  });

  it("decodes a latent frame to the same frames in whatever window it stands, if not first", async () => {
    const { decode } = (await library.videos.load(model)) as LoadedClipModel;
    const [latents, ...shape] = card.sampleShape;
    const size = shape.reduce((product, side) => product * side, 1);
    const clip = batchNoise([1], 7 * size)();
    const [early, late] = [
      await decode(clip.slice(0, latents * size)),
      await decode(clip.slice(2 * size, (2 + latents) * size)),
    ];
    const frame = early.length / (1 + 4 * (latents - 1));
    // Latent frames 3 and 4 stand in both.
    const rgb = (pixels: Float32Array, from: number) => toRgb(pixels.slice(from * frame, (from + 8) * frame));
    expect(Buffer.compare(rgb(early, 9), rgb(late, 1))).toBe(0);
  });

  it("answers a row with the same bits, whatever the batch and the row's place in it", async () => {
    const { denoise } = (await library.videos.load(model)) as LoadedClipModel;
    const [rows, latents] = [4, card.sampleShape[0]];
    const size = card.sampleShape.reduce((product, side) => product * side, 1);
    const x = batchNoise([0, 1, 2, 3], size)();
    const times = Float32Array.from({ length: rows * latents }, (_, index) =>
      index % latents < Math.floor(index / latents) ? 1 : 0.4,
    );
    const tokens = BigInt64Array.from({ length: rows * card.textLength }, (_, index) =>
      BigInt((index * 7) % card.vocabularySize),
    );
    const answer = (from: number, count: number) => {
      const part = (width: number) => [from * width, (from + count) * width] as const;
      return denoise(
        x.slice(...part(size)),
        times.slice(...part(latents)),
        tokens.slice(...part(card.textLength)),
      );
    };
    const reference = await answer(0, rows);
    for (const [from, count] of [
      [0, 1],
      [3, 1],
      [0, 2],
      [1, 3],
    ]) {
      const wanted = reference.slice(from * size, (from + count) * size);
      expect(Buffer.from((await answer(from, count)).buffer).equals(Buffer.from(wanted.buffer))).toBe(true);
    }
  });
});

describe("an order", () => {
  it("is taken at once, says how far it is, and is done with its file, until it is deleted", async () => {
    const taken = await order({ ...good, seconds: "2", size: "64x64" });
    expect(taken).toMatchObject({
      ...{ object: "video", model: MODEL, progress: 0, seconds: "2", size: "64x64", seed: 3, error: null },
      id: expect.stringMatching(/^video_[\w-]{24}$/) as unknown,
    });
    expect(["queued", "in_progress"]).toContain(taken.status);
    const done = await untilDone(taken.id);
    expect(done).toMatchObject({ status: "completed", progress: 100, salon: { frames: 17, steps: 1 } });
    const content = await at(`/${taken.id}/content`);
    expect(content.headers.get("content-type")).toBe("image/webp");
    expect((await sharp(Buffer.from(await content.arrayBuffer()), { animated: true }).metadata()).pages).toBe(
      17,
    );
    expect(await (await at(`/${taken.id}`, { method: "DELETE" })).json()).toEqual({
      ...{ id: taken.id, object: "video.deleted", deleted: true },
    });
    for (const path of ["", "/content"]) {
      const error = await refusal(await at(`/${taken.id}${path}`), 404);
      expect(error.code).toBe("video_not_found");
      expect(error.message).toContain("before the server's last start");
    }
  });

  it("that is deleted is not drawn, waiting or running, and has no file before it is done", async () => {
    const slow = { ...good, steps: 100 };
    const [running, waiting] = [await order(slow), await order(slow)];
    expect(await refusal(await at(`/${waiting.id}/content`), 409)).toMatchObject({ code: "video_not_ready" });
    for (const { id } of [waiting, running])
      expect((await at(`/${id}`, { method: "DELETE" })).status).toBe(200);
    await vi.waitFor(
      async () => expect((await backend.health()).videos).toMatchObject({ length: 0, running: 0 }),
      { interval: 10, timeout: 20_000 },
    );
  });

  it("of images is answered while clips wait and are drawn", async () => {
    const clips = await Promise.all([1, 2, 3].map((seed) => order({ ...good, seed, steps: 100 })));
    await backend.generate({ model: IMAGE_MODEL, prompt: "a red ball", steps: FEW_STEPS });
    const states = await Promise.all(clips.map(({ id }) => ask(id)));
    expect(states.map(({ status }) => status)).not.toContain("completed");
    await Promise.all(clips.map(({ id }) => at(`/${id}`, { method: "DELETE" })));
  });

  it("is refused with 429 and retry-after while too many wait", async () => {
    const small = await Backend.start({ queueLimit: 1 });
    try {
      const slow = { ...good, steps: 100 };
      await order(slow, small);
      await vi.waitFor(async () => expect((await small.health()).videos.running).toBe(1), { interval: 5 });
      await order(slow, small);
      const refused = await post(slow, small);
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
      expect(await refusal(refused, 429)).toMatchObject({ code: "rate_limit_exceeded" });
    } finally {
      await small.close();
    }
  });
});

describe("an MP4", () => {
  it("is said to be missing where there is no ffmpeg, and how to get it", async () => {
    const { id } = await untilDone((await order()).id);
    const inAddress = await refusal(await at(`/${id}/content?format=mp4`), 400);
    expect(inAddress).toMatchObject({ code: "mp4_unavailable", param: "format" });
    expect(inAddress.message).toMatch(/install ffmpeg/);
    await refusal(await at(`/${id}/content`, { headers: { accept: "video/mp4" } }), 406);
    expect((await at(`/${id}/content`, { headers: { accept: "video/mp4, image/webp" } })).status).not.toBe(
      500,
    );
  });

  it.runIf(hasFfmpeg)("has every frame, 8 a second, in a file that Salon reads", async () => {
    const withFfmpeg = await Backend.start();
    try {
      const { id } = await untilDone((await order(good, withFfmpeg)).id, withFfmpeg);
      const response = await at(`/${id}/content?format=mp4`, {}, withFfmpeg);
      expect(response.headers.get("content-type")).toBe("video/mp4");
      const video = { name: "clip", bytes: Buffer.from(await response.arrayBuffer()) };
      expect(await videoTiming(video)).toMatchObject({
        codec: "h264",
        frames: 17,
        fps: 8,
        width: 64,
        height: 64,
      });
      expect(await decodeVideo(video, 17)).toHaveLength(17);
    } finally {
      await withFfmpeg.close();
    }
  });
});

describe("refusals name the parameter", () => {
  it.each([
    ["no prompt", { prompt: undefined }, "prompt", "missing_required_parameter"],
    ["an unknown model", { model: "nothing" }, "model", "model_not_found"],
    ["a model of images", { model: IMAGE_MODEL }, "model", "invalid_value"],
    ["18 frames", { frames: 18 }, "frames", "invalid_value"],
    ["69 frames", { frames: 69 }, "frames", "invalid_value"],
    ["one second", { seconds: "1" }, "seconds", "invalid_value"],
    ["seconds that are no number", { seconds: "long" }, "seconds", "invalid_value"],
    ["frames and seconds", { seconds: "2", frames: 17 }, "frames", "invalid_value"],
    ["a size not offered", { size: "1280x720" }, "size", "invalid_value"],
    ["a sampler of another family", { sampler: "ddim" }, "sampler", "invalid_value"],
    ["101 steps", { steps: 101 }, "steps", "invalid_value"],
    [
      "a first frame for who draws frame by frame",
      { input_reference: "data:," },
      "input_reference",
      "invalid_value",
    ],
    ["an unknown parameter", { fps: 24 }, "fps", "unknown_parameter"],
  ])("400 for %s", async (_what, change, param, code) => {
    const error = await refusal(await post({ ...good, ...change }), 400);
    expect(error).toMatchObject({ param, code });
  });

  it("400 for a model of videos where images are asked for", async () => {
    const error = await refusal(await backend.post({ model: MODEL, prompt: "a" }), 400);
    expect(error).toMatchObject({
      param: "model",
      message: expect.stringContaining("/v1/videos") as unknown,
    });
  });

  it("a form is read as the JSON that says the same, and its numbers must be some", async () => {
    const send = (fields: [string, string | Blob][]) => {
      const body = new FormData();
      for (const [name, value] of fields) body.append(name, value);
      return at("", { method: "POST", body });
    };
    const fields: [string, string][] = Object.entries({ ...good, steps: "100" }).map(([name, value]) => [
      name,
      String(value),
    ]);
    const taken = (await (await send(fields)).json()) as Video;
    expect(taken).toMatchObject({ model: MODEL, seed: 3, salon: { steps: 100 } });
    await at(`/${taken.id}`, { method: "DELETE" });
    expect(await refusal(await send([...fields.slice(0, 2), ["seed", "x"]]), 400)).toMatchObject({
      param: "seed",
    });
    expect(await refusal(await send([...fields, ["seed", "4"]]), 400)).toMatchObject({ param: "seed" });
    await refusal(
      await at("", { method: "POST", headers: { "content-type": "text/plain" }, body: "a" }),
      415,
    );
    const broken = { "content-type": "multipart/form-data; boundary=x" };
    expect(await refusal(await at("", { method: "POST", headers: broken, body: "a" }), 400)).toMatchObject({
      code: "invalid_form",
    });
  });
});
