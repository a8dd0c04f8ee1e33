import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { modelCardSchema, SAMPLER_NAMES, samplersOf, type ModelCard } from "@/generation/model-card";
import { sendRaw } from "../support/start-site";
import { Backend, MODELS_DIR, type ErrorResponse, type ImageResponse } from "./generation-client";

const CARDS: ModelCard[] = readdirSync(MODELS_DIR).flatMap((folder) => {
  const file = path.join(MODELS_DIR, folder, "card.json");
  const parsed = existsSync(file) && modelCardSchema.safeParse(JSON.parse(readFileSync(file, "utf8")));
  return parsed && parsed.success ? [parsed.data] : [];
});
const MODEL = CARDS[0]?.id;

let backend: Backend;
beforeAll(async () => {
  backend = await Backend.start();
});
afterAll(() => backend.close());

/** Few enough to keep the suite short; the guarantees hold at any number. */
const FEW_STEPS = 2;
const PROMPTS = [
  "a red ball",
  "a teddy bear reading a book",
  "two blue stars above a green tree on a yellow background",
  "a fish",
  "zebras playing the accordion",
  "a heart left of a key",
  "a pink boat below a sun",
  "three cups",
];

it("has the three kinds of models the project ships", () => {
  expect(CARDS.map((card) => card.id)).toEqual(
    expect.arrayContaining(["ddpm-unet-pixel", "flow-dit-latent", "flow-dit-pixel"]),
  );
});

describe.each(CARDS.map((card) => [card.id, card] as const))("%s", (model, card) => {
  it("draws decodable images of its size, without metadata, and says what it used", async () => {
    const { images, salon } = await backend.generate({ model, prompt: PROMPTS[1], n: 2, seed: 7 });
    expect(images).toHaveLength(2);
    for (const image of images) {
      const { format, width, height, channels, exif, icc, xmp, comments } = await sharp(image).metadata();
      expect({ format, width, height, channels }).toEqual({
        format: "png",
        width: card.imageSize,
        height: card.imageSize,
        channels: 3,
      });
      expect([exif, icc, xmp, comments]).toEqual([undefined, undefined, undefined, undefined]);
    }
    expect(salon).toMatchObject({
      model,
      sampler: card.sampler.default,
      steps: card.sampler.steps,
      guidanceScale: card.sampler.guidanceScale,
      seeds: [7, 8],
    });
    expect(salon.timingMs.denoise).toBeGreaterThan(0);
    // Nobody shared its batch, so the compute is all its own.
    const { denoise, decode, encode } = salon.timingMs;
    expect(Math.abs(salon.computeMs - (denoise + decode + encode))).toBeLessThan(0.5);
  });

  it("draws an image: not one flat colour, and not the same for every prompt and seed", async () => {
    const draw = async (prompt: string, seed: number) =>
      (await backend.generate({ model, prompt, seed, steps: 10 })).images[0];
    const image = await draw("a red ball", 1);
    const { channels } = await sharp(image).stats();
    expect(Math.max(...channels.map((each) => each.stdev))).toBeGreaterThan(5);
    expect((await draw("a red ball", 2)).equals(image)).toBe(false);
    expect((await draw("a blue star", 1)).equals(image)).toBe(false);
  });

  describe.each(samplersOf(card.family))("with %s", (sampler) => {
    // Without guidance half of the same batch is asked for: one model tells.
    it.each(model === MODEL ? [1, 3] : [3])(
      "gives the same bytes for the same seed, alone and in a batch (guidance %d)",
      async (scale) => {
        const settings = { model, sampler, steps: FEW_STEPS, guidance_scale: scale };
        const alone: Buffer[] = [];
        for (const [seed, prompt] of PROMPTS.entries()) {
          alone.push((await backend.generate({ ...settings, prompt, seed })).images[0]);
        }
        const again = await backend.generate({ ...settings, prompt: PROMPTS[0], seed: 0 });
        expect(again.images[0]).toEqual(alone[0]);

        const free = await backend.occupy(model);
        const batch = PROMPTS.map((prompt, seed) => backend.generate({ ...settings, prompt, seed }));
        await backend.untilQueue({ length: PROMPTS.length });
        await free();
        const together = await Promise.all(batch);
        // They shared one batch, or this would prove nothing.
        expect(new Set(together.map(({ salon }) => salon.timingMs.denoise)).size).toBe(1);
        for (const [index, { images, salon }] of together.entries()) {
          expect(images[0].equals(alone[index])).toBe(true);
          const { denoise, decode, encode } = salon.timingMs;
          expect(Math.abs(salon.computeMs - (denoise + decode + encode) / PROMPTS.length)).toBeLessThan(0.5);
        }
      },
    );
  });

  it("gives image i of n the bytes of seed + i, also beyond one batch", async () => {
    const request = { model, prompt: PROMPTS[0], steps: FEW_STEPS };
    const { images, salon } = await backend.generate({ ...request, n: 10, seed: 100 });
    expect(salon.seeds).toEqual([100, 101, 102, 103, 104, 105, 106, 107, 108, 109]);
    for (const index of [0, 7, 8, 9]) {
      const single = await backend.generate({ ...request, seed: 100 + index });
      expect(single.images[0].equals(images[index])).toBe(true);
    }
  });

  it.each([
    ["partly unknown", "a red ball and a helicopter"],
    ["all unknown", "quantum entanglement"],
    ["no words at all", "?!…"],
    ["another script", "一只泰迪熊在看书 🧸"],
    ["the longest", "a ".repeat(2000)],
  ])("draws from a prompt whose words are %s", async (_kind, prompt) => {
    const { images } = await backend.generate({ model, prompt, steps: 1, seed: 1 });
    expect(images).toHaveLength(1);
  });

  it("is described as OpenAI lists models, with the facts of its card", async () => {
    const single = (await (await fetch(`${backend.url}/v1/models/${model}`)).json()) as { id: string };
    expect(single).toMatchObject({
      id: model,
      object: "model",
      owned_by: card.creator,
      salon: {
        name: card.name,
        paradigm: card.paradigm,
        architecture: card.architecture,
        representation: card.representation,
        text_conditioning: card.textConditioning,
        image_sizes: ["64x64"],
        open_weights: true,
        default_steps: card.sampler.steps,
      },
    });
    const list = (await (await fetch(`${backend.url}/v1/models`)).json()) as {
      object: string;
      data: unknown[];
    };
    expect(list.object).toBe("list");
    expect(list.data).toContainEqual(single);
  });
});

describe("requests", () => {
  it("picks a seed when none is given, and reports it so that the image can be drawn again", async () => {
    const request = { model: MODEL, prompt: "a red ball", steps: FEW_STEPS };
    const [first, second] = [await backend.generate(request), await backend.generate(request)];
    expect(first.salon.seeds).not.toEqual(second.salon.seeds);
    const again = await backend.generate({ ...request, seed: first.salon.seeds[0] });
    expect(again.images[0]).toEqual(first.images[0]);
  });

  it("takes steps by the name that other servers give them, and refuses both names at once", async () => {
    const request = { model: MODEL, prompt: "a red ball", seed: 3 };
    const [ours, theirs] = [
      await backend.generate({ ...request, steps: FEW_STEPS }),
      await backend.generate({ ...request, num_inference_steps: FEW_STEPS }),
    ];
    expect(theirs.salon.steps).toBe(FEW_STEPS);
    expect(theirs.images).toEqual(ours.images);
    const both = { ...request, steps: FEW_STEPS, num_inference_steps: FEW_STEPS };
    expect((await backend.post(both)).status).toBe(400);
  });

  it("takes what OpenAI's clients send always, null included", async () => {
    const { images } = await backend.generate({
      model: MODEL,
      prompt: "a red ball",
      n: null,
      size: "auto",
      quality: "auto",
      style: null,
      moderation: "low",
      background: "auto",
      output_format: "png",
      output_compression: 100,
      response_format: null,
      user: "someone",
      steps: 1,
    });
    expect(images).toHaveLength(1);
  });

  it.each(["png", "webp"])(
    "answers %s by URL, which can be fetched and holds the same bytes",
    async (format) => {
      const request = { model: MODEL, prompt: "a cup", seed: 3, steps: FEW_STEPS, output_format: format };
      const inline = await backend.generate(request);
      const answer = (await (
        await backend.post({ ...request, response_format: "url" })
      ).json()) as ImageResponse;
      expect(answer.data[0].b64_json).toBeUndefined();
      expect(answer.data[0].url).toMatch(new RegExp(`^${backend.url}/v1/images/files/[\\w-]{24}$`));
      const file = await fetch(answer.data[0].url!);
      expect(file.headers.get("content-type")).toBe(`image/${format}`);
      expect(Buffer.from(await file.arrayBuffer())).toEqual(inline.images[0]);
      expect((await fetch(answer.data[0].url!.slice(0, -1) + "_-")).status).toBe(404);
    },
  );

  it("answers frames of the way from noise to the same image, evenly spread", async () => {
    const request = { model: MODEL, prompt: "a cup", seed: 3, steps: 6 };
    const plain = await backend.generate(request);
    const response = await backend.post({ ...request, frames: 3 });
    const [image] = ((await response.json()) as ImageResponse).data;
    expect(Buffer.from(image.b64_json!, "base64")).toEqual(plain.images[0]);
    expect(image.frames!.map(({ step }) => step)).toEqual([0, 3, 5]);
    expect(image.frames!.map(({ noise }) => noise)).toEqual(
      image.frames!.map(({ noise }) => noise).sort((a, b) => b - a),
    );
    const pixels = (each: { b64_json?: string }) =>
      sharp(Buffer.from(each.b64_json!, "base64")).raw().toBuffer();
    const final = await pixels(image);
    const distance = async (each: { b64_json?: string }) =>
      (await pixels(each)).reduce((sum, value, at) => sum + Math.abs(value - final[at]), 0) / final.length;
    const [first, , last] = image.frames!;
    expect(await distance(last.estimate)).toBeLessThan(await distance(first.estimate));
    expect(await distance(first.estimate)).toBeLessThan(await distance(first.sample));
  });

  it("hands frames out by URL where images are", async () => {
    const answer = (await (
      await backend.post({
        model: MODEL,
        prompt: "a cup",
        seed: 3,
        steps: 1,
        frames: 1,
        response_format: "url",
      })
    ).json()) as ImageResponse;
    const [frame] = answer.data[0].frames!;
    expect((await fetch(frame.sample.url!)).status).toBe(200);
    expect((await fetch(frame.estimate.url!)).headers.get("content-type")).toBe("image/png");
  });

  it("reports its health", async () => {
    const health = await backend.health();
    expect(health.status).toBe("ok");
    expect(health.models.known).toEqual(expect.arrayContaining(CARDS.map((card) => card.id)));
    expect(health.models.loaded).toContain(MODEL);
    expect(health.queue).toEqual({ length: 0, running: 0, limit: 64 });
  });
});

describe("refusals, in OpenAI's shape", () => {
  async function refusal(response: Response, status: number): Promise<ErrorResponse["error"]> {
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toContain("application/json");
    const { error } = (await response.json()) as ErrorResponse;
    expect(error).toEqual({
      message: expect.stringMatching(/\S/),
      type: expect.any(String),
      param: error.param === null ? null : expect.any(String),
      code: expect.any(String),
    });
    return error;
  }
  const good = { model: MODEL, prompt: "a red ball" };

  it.each([
    ["no model", { model: undefined }, "model", "missing_required_parameter"],
    ["model of a wrong type", { model: 5 }, "model", "invalid_type"],
    ["no prompt", { prompt: undefined }, "prompt", "missing_required_parameter"],
    ["null prompt", { prompt: null }, "prompt", "invalid_type"],
    ["empty prompt", { prompt: "" }, "prompt", "invalid_value"],
    ["blank prompt", { prompt: " \n" }, "prompt", "invalid_value"],
    ["huge prompt", { prompt: "a".repeat(4001) }, "prompt", "invalid_value"],
    ["prompt of a wrong type", { prompt: ["a"] }, "prompt", "invalid_type"],
    ["n 0", { n: 0 }, "n", "invalid_value"],
    ["n 11", { n: 11 }, "n", "invalid_value"],
    ["n 100", { n: 100 }, "n", "invalid_value"],
    ["n 1.5", { n: 1.5 }, "n", "invalid_type"],
    ["n as text", { n: "1" }, "n", "invalid_type"],
    ["size not offered", { size: "1024x1024" }, "size", "invalid_value"],
    ["size that is none", { size: "huge" }, "size", "invalid_value"],
    ["steps 0", { steps: 0 }, "steps", "invalid_value"],
    ["steps 10,000", { steps: 10_000 }, "steps", "invalid_value"],
    ["steps -1", { steps: -1 }, "steps", "invalid_value"],
    ["steps null", { steps: null }, "steps", "invalid_type"],
    ["guidance NaN, which JSON writes as null", { guidance_scale: NaN }, "guidance_scale", "invalid_type"],
    ["guidance as text", { guidance_scale: "NaN" }, "guidance_scale", "invalid_type"],
    ["negative guidance", { guidance_scale: -1 }, "guidance_scale", "invalid_value"],
    ["guidance 1,000", { guidance_scale: 1000 }, "guidance_scale", "invalid_value"],
    ["negative seed", { seed: -1 }, "seed", "invalid_value"],
    ["fractional seed", { seed: 0.5 }, "seed", "invalid_type"],
    ["seed beyond exact integers", { seed: 2 ** 53 - 1, n: 2 }, "seed", "invalid_value"],
    ["unknown sampler", { sampler: "magic" }, "sampler", "invalid_value"],
    ["format not offered", { output_format: "bmp" }, "output_format", "invalid_value"],
    ["response format not offered", { response_format: "hex" }, "response_format", "invalid_value"],
    ["transparent background", { background: "transparent" }, "background", "invalid_value"],
    ["more frames than steps", { steps: 4, frames: 5 }, "frames", "invalid_value"],
    ["51 frames", { steps: 60, frames: 51 }, "frames", "invalid_value"],
    ["20 frames of 10 images", { frames: 20, n: 10 }, "frames", "invalid_value"],
    ["frames -1", { frames: -1 }, "frames", "invalid_value"],
    ["frames null", { frames: null }, "frames", "invalid_type"],
    ["a misspelt parameter", { guidance: 3 }, "guidance", "unknown_parameter"],
  ])("400 for %s", async (_name, change, param, code) => {
    const error = await refusal(await backend.post({ ...good, ...change }), 400);
    expect(error).toMatchObject({ type: "invalid_request_error", param, code });
    expect(error.message).toContain(param);
  });

  it("400 for a sampler of the other family", async () => {
    for (const card of CARDS) {
      const own: readonly string[] = samplersOf(card.family);
      const other = SAMPLER_NAMES.find((sampler) => !own.includes(sampler));
      const error = await refusal(await backend.post({ ...good, model: card.id, sampler: other }), 400);
      expect(error).toMatchObject({ param: "sampler", code: "invalid_value" });
    }
  });

  it.each([
    ["malformed JSON", '{"model": '],
    ["a bare NaN", `{"model": "${MODEL}", "prompt": "a", "guidance_scale": NaN}`],
    ["an empty body", ""],
  ])("400 for %s", async (_name, body) => {
    expect(await refusal(await backend.post(body), 400)).toMatchObject({ code: "invalid_json", param: null });
  });

  it.each(["[]", "null", '"a red ball"', "7"])("400 for JSON that is no object: %s", async (body) => {
    expect(await refusal(await backend.post(body), 400)).toMatchObject({ code: "invalid_type" });
  });

  it("400 for a number too large to be one", async () => {
    const body = `{"model": "${MODEL}", "prompt": "a", "guidance_scale": 1e999}`;
    expect(await refusal(await backend.post(body), 400)).toMatchObject({ param: "guidance_scale" });
  });

  it("415 for what is not declared JSON", async () => {
    for (const headers of [
      { "content-type": "text/plain" },
      { "content-type": "application/x-www-form-urlencoded" },
    ]) {
      const response = await fetch(`${backend.url}/v1/images/generations`, {
        method: "POST",
        headers,
        body: "{}",
      });
      expect(await refusal(response, 415)).toMatchObject({ code: "unsupported_media_type" });
    }
  });

  it("413 for a body too large, declared or streamed, and goes on serving", async () => {
    const big = JSON.stringify({ ...good, prompt: "a".repeat(200_000) });
    expect(await refusal(await backend.post(big), 413)).toMatchObject({ code: "request_too_large" });
    const streamed = await fetch(`${backend.url}/v1/images/generations`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: new Blob([big]).stream(),
      duplex: "half",
    } as RequestInit);
    expect(await refusal(streamed, 413)).toMatchObject({ code: "request_too_large" });
    expect((await backend.health()).status).toBe("ok");
  });

  it("400 for an unknown model in a request, 404 for its address", async () => {
    for (const model of ["nothing", "../world", "__proto__", "x".repeat(5000)]) {
      expect(await refusal(await backend.post({ ...good, model }), 400)).toMatchObject({
        code: "model_not_found",
        param: "model",
      });
    }
    expect(await refusal(await fetch(`${backend.url}/v1/models/nothing`), 404)).toMatchObject({
      code: "model_not_found",
    });
  });

  it("404 for an unknown route, 405 with Allow for a wrong method, 400 for a malformed path", async () => {
    for (const route of ["/", "/v1", "/v1/images", "/v1/chat", "/v1/models/a/b"]) {
      expect(await refusal(await fetch(backend.url + route), 404)).toMatchObject({ code: "unknown_url" });
    }
    const get = await fetch(`${backend.url}/v1/images/generations`);
    expect(get.headers.get("allow")).toBe("POST");
    await refusal(get, 405);
    const remove = await fetch(`${backend.url}/v1/models`, { method: "DELETE" });
    expect(remove.headers.get("allow")).toBe("GET, HEAD");
    await refusal(remove, 405);
    await refusal(await fetch(`${backend.url}/v1/models/%E0%A4%A`), 400);
    expect((await fetch(`${backend.url}/healthz`, { method: "HEAD" })).status).toBe(200);
  });
});

describe("the Host header", () => {
  const ask = (host: string, path = "/v1/models", method = "GET") =>
    sendRaw(Number(new URL(backend.url).port), { path, method, headers: { host } });

  it("421 for a name that was made to point here, on every path and method", async () => {
    for (const [path, method] of [
      ["/v1/models", "GET"],
      ["/healthz", "HEAD"],
      ["/nowhere", "GET"],
      ["/v1/images/generations", "POST"],
      ["/v1/models", "OPTIONS"],
    ])
      expect((await ask("evil.example:4100", path, method)).status, path).toBe(421);
    const { text } = await ask("localhost.evil.example");
    expect((JSON.parse(text) as ErrorResponse).error).toMatchObject({ code: "unknown_host" });
  });

  it("addresses and loopback's names are answered", async () => {
    for (const host of ["127.0.0.1:4100", "[::1]:4100", "10.0.0.7", "localhost:4100", "LOCALHOST"])
      expect((await ask(host)).status, host).toBe(200);
  });

  it("400 in the same shape for one that is malformed", async () => {
    for (const host of ["a b", "x@127.0.0.1"]) {
      const { status, text } = await ask(host);
      expect([400, 421], host).toContain(status);
      expect((JSON.parse(text) as ErrorResponse).error.message).toMatch(/\S/);
    }
  });
});

describe("load", () => {
  it("answers 429 with retry-after when the queue is full, and serves again when it is not", async () => {
    const small = await Backend.start({ queueLimit: 2 });
    try {
      const free = await small.occupy(MODEL);
      const waiting = small.generate({ model: MODEL, prompt: "a fish", n: 2, steps: 1 });
      await small.untilQueue({ length: 2 });
      const refused = await small.post({ model: MODEL, prompt: "a cup", steps: 1 });
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
      expect(((await refused.json()) as ErrorResponse).error).toMatchObject({ code: "rate_limit_exceeded" });
      await free();
      await waiting;
      await small.generate({ model: MODEL, prompt: "a cup", steps: 1 });
    } finally {
      await small.close();
    }
  });

  it("drops the work of a client that went away, waiting or running", async () => {
    const free = await backend.occupy(MODEL);
    const gone = new AbortController();
    const request = backend.post({ model: MODEL, prompt: "a fish", n: 5, steps: 250 }, gone.signal);
    const failed = expect(request).rejects.toThrow();
    await backend.untilQueue({ length: 5 });
    gone.abort();
    await failed;
    await backend.untilQueue({ length: 0, running: 1 });
    await free();
    await backend.untilQueue({ length: 0, running: 0 });
  });

  it("answers health while a batch runs", async () => {
    const free = await backend.occupy(MODEL);
    expect((await backend.health()).queue.running).toBe(1);
    await free();
  });

  it("answers 503 to what is unfinished when it stops, and stops soon", async () => {
    const stopping = await Backend.start();
    const running = stopping.post({ model: MODEL, prompt: "a fish", steps: 250 });
    await stopping.untilQueue({ running: 1 });
    const started = performance.now();
    await stopping.close();
    expect(performance.now() - started).toBeLessThan(4000);
    expect((await running).status).toBe(503);
    await expect(stopping.health()).rejects.toThrow();
  });
});
