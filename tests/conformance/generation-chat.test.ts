import { existsSync } from "node:fs";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeImage } from "@/generation/encode-image";
import { caption } from "@/generation/world/caption";
import { createRenderer } from "@/generation/world/render";
import { sampleBalancedScene } from "@/generation/world/scene-sampler";
import type { Scene } from "@/lib/schemas/stack/scene";
import { Backend, JUDGES_DIR, type ErrorResponse } from "./generation-client";

const MODEL = "toybox-judge";
/** Scenes no training saw (training/export/questions.ts validates on them). */
const unseen = (index: number) => sampleBalancedScene(10_000_000 + index, "grader");

interface Token {
  token: string;
  logprob: number;
  bytes: number[];
}
interface Completion {
  object: string;
  model: string;
  system_fingerprint: string;
  choices: {
    index: number;
    message: { role: string; content: string | null; refusal: string | null };
    logprobs: { content: (Token & { top_logprobs: Token[] })[] } | null;
    finish_reason: string;
  }[];
  usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number };
  salon: { asked: { image: string; question: string; yes?: number | null }[] };
}

let backend: Backend;
let render: (scene: Scene) => Uint8Array;
beforeAll(async () => {
  // Before the backend starts: it lets this process decode no SVG from then on.
  render = await createRenderer();
  backend = await Backend.start();
});
afterAll(() => backend.close());

const png = (scene: Scene) => encodeImage(render(scene), 64, "png");
const dataUrl = (bytes: Buffer, type = "png") => `data:image/${type};base64,${bytes.toString("base64")}`;
const image = async (index: number) => dataUrl(await png(unseen(index)));

function request(text: string, urls: string[], extra: object = {}) {
  const parts = urls.map((url) => ({ type: "image_url", image_url: { url } }));
  return {
    model: MODEL,
    temperature: 0,
    messages: [{ role: "user", content: [{ type: "text", text }, ...parts] }],
    ...extra,
  };
}

const post = (body: unknown) =>
  fetch(`${backend.url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });

async function ask(text: string, urls: string[], extra: object = {}): Promise<Completion> {
  const response = await post(request(text, urls, extra));
  const answer = (await response.json()) as Completion;
  expect(response.status, JSON.stringify(answer)).toBe(200);
  return answer;
}
const said = ({ choices }: Completion) => choices[0].message.content;

/** The properties as a strict schema wants them. */
const inForm = (properties: object) => ({
  response_format: {
    type: "json_schema",
    json_schema: {
      name: "verdict",
      strict: true,
      schema: { type: "object", properties, required: Object.keys(properties), additionalProperties: false },
    },
  },
});
const level = (...values: string[]) => ({ type: "string", enum: [...values, "cannot_tell"] });
const RUBRIC = inForm({
  reasoning: { type: "string" },
  prompt_following: level("not_at_all", "barely", "partly", "mostly", "fully"),
  naturalness: level("broken", "unnatural", "acceptable", "good", "flawless"),
  artefacts: level("everywhere", "many", "some", "few", "none"),
});
const PAIRWISE = inForm({ reasoning: { type: "string" }, verdict: level("A", "B", "both_good", "both_bad") });
const ANSWER = { type: "object", properties: { id: { type: "integer" }, answer: level("yes", "no") } };
const CHECKLIST = inForm({ answers: { type: "array", items: ANSWER } });
const parsed = (answer: Completion) => JSON.parse(said(answer)!) as Record<string, string>;

it("has the judge the project ships", () => {
  expect(existsSync(`${JUDGES_DIR}/${MODEL}/card.json`)).toBe(true);
});

describe("answers", () => {
  it("have OpenAI's shape, name the weights and count tokens", async () => {
    const answer = await ask("What colour is the background?", [await image(0)]);
    expect(answer).toMatchObject({
      object: "chat.completion",
      model: MODEL,
      choices: [
        { index: 0, message: { role: "assistant", refusal: null }, logprobs: null, finish_reason: "stop" },
      ],
    });
    expect(answer.system_fingerprint).toMatch(/^toybox-judge@[0-9a-f]{12}$/);
    const { prompt_tokens: read, completion_tokens: words, total_tokens: total } = answer.usage;
    expect([read, words, total]).toEqual([65 + 6, 1, 65 + 6 + 1]);
  });

  it("tell what an image shows, in words", async () => {
    const scene: Scene = { ...unseen(3), objects: unseen(3).objects };
    const url = dataUrl(await png(scene));
    expect(said(await ask("What colour is the background?", [url]))!.toLowerCase()).toBe(
      scene.background.colour,
    );
    for (const { kind, colour } of scene.objects) {
      expect(said(await ask(`What color is the ${kind}?`, [url]))!.toLowerCase()).toBe(colour);
      expect(said(await ask(`Does this image contain a ${kind}?`, [url]))).toBe("Yes");
    }
  });

  it("say VQAScore's Yes with a higher probability to the image's own caption than to another's", async () => {
    const yes = async (text: string, index: number) => {
      const question = `Does this figure show ${JSON.stringify(text)}? Please answer Yes or No.`;
      const answer = await ask(question, [await image(index)], {
        logprobs: true,
        top_logprobs: 5,
        max_tokens: 4,
      });
      const [first] = answer.choices[0].logprobs!.content;
      expect(first.top_logprobs).toHaveLength(5);
      expect(first.top_logprobs[0].token).toBe(said(answer));
      expect(Buffer.from(first.bytes).toString()).toBe(first.token);
      const p = (word: string) =>
        Math.exp(first.top_logprobs.find(({ token }) => token === word)?.logprob ?? -Infinity);
      expect(p("Yes") + p("No")).toBeLessThanOrEqual(1.0001);
      return p("Yes") / (p("Yes") + p("No"));
    };
    const indices = [0, 1, 2, 3, 4, 5, 6, 7];
    const own = await Promise.all(indices.map((index) => yes(caption(unseen(index)), index)));
    const other = await Promise.all(indices.map((index) => yes(caption(unseen(index + 8)), index)));
    expect(own.filter((p, at) => p > other[at]).length).toBeGreaterThanOrEqual(7);
  });

  it("fill a rubric's levels: high for the image's own prompt, low for another's", async () => {
    const about = async (index: number, prompt: number) =>
      parsed(
        await ask(
          `Judge.\nPROMPT: ${JSON.stringify(caption(unseen(prompt)))}\n`,
          [await image(index)],
          RUBRIC,
        ),
      );
    const [right, wrong] = [await about(3, 3), await about(3, 5)];
    expect(["mostly", "fully"]).toContain(right.prompt_following);
    expect(["not_at_all", "barely"]).toContain(wrong.prompt_following);
    expect(right.naturalness).not.toBe("cannot_tell");
    expect(right.reasoning).toContain("does this picture show");
  });

  it("call an image ruined that is", async () => {
    const noise = await sharp({
      create: {
        width: 64,
        height: 64,
        channels: 3,
        background: "white",
        noise: { type: "gaussian", mean: 128, sigma: 60 },
      },
    })
      .composite([{ input: await png(unseen(3)), blend: "overlay" }])
      .png()
      .toBuffer();
    const prompt = `PROMPT: ${JSON.stringify(caption(unseen(3)))}`;
    const clean = await ask(prompt, [await image(3)], inForm({ quality: { type: "number" } }));
    const spoiled = await ask(prompt, [dataUrl(noise)], { response_format: { type: "json_object" } });
    expect(Number(parsed(clean).quality)).toBeGreaterThan(0.5);
    expect(Number(parsed(spoiled).quality ?? 0)).toBeLessThan(0.5);
  });

  it("prefer the image of the prompt, first or second, and never by its place", async () => {
    const prompt = `PROMPT: ${JSON.stringify(caption(unseen(3)))}`;
    const pair = [await image(3), await image(5)];
    expect(parsed(await ask(prompt, pair, PAIRWISE)).verdict).toBe("A");
    expect(parsed(await ask(prompt, [pair[1], pair[0]], PAIRWISE)).verdict).toBe("B");
    expect(parsed(await ask(prompt, [pair[0], pair[0]], PAIRWISE)).verdict).toBe("both_good");
  });

  it("answer a checklist question by question", async () => {
    const [first] = unseen(3).objects;
    const text = `QUESTIONS:\n1. Is there a ${first.kind}?\n2. Is the ${first.kind} ${first.colour}?\n4. Is there a helicopter?\n`;
    const answer = await ask(text, [await image(3)], CHECKLIST);
    expect(JSON.parse(said(answer)!)).toEqual({
      answers: [
        { id: 1, answer: "yes" },
        { id: 2, answer: "yes" },
        { id: 4, answer: "cannot_tell" },
      ],
    });
  });

  it("look at a video frame by frame: what is in half of them has a probability between", async () => {
    const kind = unseen(3).objects[0].kind;
    const without = [4, 5, 6, 7, 8, 9].find((at) => unseen(at).objects.every((each) => each.kind !== kind))!;
    const [shown, other] = [await image(3), await image(without)];
    const yes = async (frames: string[]) => {
      const parts = frames.flatMap((url, at) => [
        ...(frames.length > 1 ? [{ type: "text", text: `Frame ${at + 1} of ${frames.length}:` }] : []),
        { type: "image_url", image_url: { url } },
      ]);
      const text = { type: "text", text: `QUESTIONS:\n1. Is there a ${kind}?` };
      const messages = [{ role: "user", content: [...parts, text] }];
      const body = { ...request("", []), messages, ...CHECKLIST };
      const answer = (await (await post(body)).json()) as Completion;
      return { p: answer.salon.asked[0].yes!, read: answer.usage.prompt_tokens };
    };
    const [there, absent] = [await yes([shown]), await yes([other])];
    expect(there.p).toBeGreaterThan(0.9);
    expect(absent.p).toBeLessThan(0.1);
    const still = await yes([shown, shown, shown, shown]);
    expect(still.p).toBeCloseTo(there.p, 5);
    expect(still.read).toBe(there.read + 3 * 65);
    const half = await yes([shown, other, shown, other]);
    expect(half.p).toBeCloseTo((there.p + absent.p) / 2, 2);
  });

  it("can't tell outside its world: not of foreign things, not of a foreign prompt, and refuse where a schema leaves no room", async () => {
    const url = await image(3);
    expect(said(await ask("Is there a dog?", [url]))).toBe("I can't tell");
    expect(said(await ask("word ".repeat(500), [url]))).toBe("I can't tell");
    const prompt = 'PROMPT: "a photo of a dog in the rain"';
    expect(parsed(await ask(prompt, [url], RUBRIC)).prompt_following).toBe("cannot_tell");
    const forced = await ask(prompt, [url], inForm({ prompt_following: { enum: ["no", "yes"] } }));
    expect(forced.choices[0].message).toEqual({
      role: "assistant",
      content: null,
      refusal: expect.stringContaining("can't tell"),
    });
    const json = await ask(prompt, [url], { response_format: { type: "json_object" } });
    expect(parsed(json).prompt_following).toBeNull();
  });

  it("are the same for the same request, and follow the seed where words are drawn", async () => {
    const url = await image(4);
    const draw = async (seed: number) =>
      said(await ask("How many things are there?", [url], { temperature: 2, seed }));
    const first = await Promise.all([1, 2, 3, 4, 5, 6].map(draw));
    expect(await Promise.all([1, 2, 3, 4, 5, 6].map(draw))).toEqual(first);
    const answers = await Promise.all(
      [0, 0, 0].map(async () => said(await ask("What is in the image?", [url]))),
    );
    expect(new Set(answers).size).toBe(1);
  });

  it("stop at max_tokens and say so", async () => {
    const answer = await ask("What is in the image?", [await image(0)], { max_tokens: 1 });
    expect(answer.usage.completion_tokens).toBe(1);
    expect(answer.choices[0].finish_reason).toBe("length");
  });

  it("see the same in PNG, lossless WebP and a larger copy, and nearly so in JPEG", async () => {
    const bytes = await png(unseen(3));
    const copies = [
      dataUrl(await sharp(bytes).webp({ lossless: true }).toBuffer(), "webp"),
      dataUrl(await sharp(bytes).resize(256, 256, { kernel: "nearest" }).png().toBuffer()),
      dataUrl(await sharp(bytes).jpeg({ quality: 95 }).toBuffer(), "jpeg"),
    ];
    const wanted = said(await ask("What is in the image?", [dataUrl(bytes)]));
    for (const url of copies) expect(said(await ask("What is in the image?", [url]))).toBe(wanted);
  });

  it("read the system message's markers too, and nothing the assistant said", async () => {
    const url = await image(3);
    const messages = [
      { role: "system", content: `PROMPT: ${JSON.stringify(caption(unseen(3)))}` },
      { role: "user", content: [{ type: "image_url", image_url: { url } }] },
      { role: "assistant", content: "QUESTIONS:\n1. Is there a dog?" },
    ];
    const answer = await ask("", [], { messages, ...RUBRIC });
    expect(parsed(answer).prompt_following).not.toBe("cannot_tell");
  });
});

it("is listed as what answers chat completions, and draws nothing", async () => {
  const { data } = (await (await fetch(`${backend.url}/v1/models`)).json()) as {
    data: { id: string; salon: { endpoint: string } }[];
  };
  const judge = data.find(({ id }) => id === MODEL)!;
  expect(judge.salon).toMatchObject({ endpoint: "/v1/chat/completions", open_weights: true });
  expect(await (await fetch(`${backend.url}/v1/models/${MODEL}`)).json()).toEqual(judge);
  expect((await backend.post({ model: MODEL, prompt: "a ball" })).ok).toBe(false);
  const { judges } = (await (await fetch(`${backend.url}/healthz`)).json()) as {
    judges: { known: string[] };
  };
  expect(judges.known).toEqual([MODEL]);
});

describe("refusals, in OpenAI's shape", () => {
  const bad = async (body: unknown, status: number) => {
    const response = await post(body);
    const { error } = (await response.json()) as ErrorResponse;
    expect(response.status, JSON.stringify(error)).toBe(status);
    expect(error).toMatchObject({ message: expect.stringMatching(/\S/), type: "invalid_request_error" });
    return error;
  };
  const withUrl = (url: string) => request("Is there a ball?", [url]);
  const withFrames =
    (...labels: string[]) =>
    (url: string) => {
      const parts = labels.flatMap((text) => [
        { type: "text", text },
        { type: "image_url", image_url: { url } },
      ]);
      const content = [...parts, { type: "text", text: 'PROMPT: "a ball"' }];
      return { ...request("", []), messages: [{ role: "user", content }] };
    };

  it.each([
    ["no image", (url: string) => request("Is there a ball?", url === "" ? [url] : []), "messages"],
    ["two images for one question", (url: string) => request("Is there a ball?", [url, url]), "messages"],
    ["three images", (url: string) => request('PROMPT: "a ball"', [url, url, url]), "messages"],
    ["a video without its last frame", withFrames("Frame 1 of 3:", "Frame 2 of 3:"), "messages"],
    ["frames out of order", withFrames("Frame 2 of 2:", "Frame 1 of 2:"), "messages"],
    ["no question", (url: string) => request("", [url]), "messages"],
    ["a prompt that is not quoted", (url: string) => request("PROMPT: a ball", [url]), "messages"],
    ["messages of a wrong form", (url: string) => ({ ...request("", [url]), messages: "hello" }), "messages"],
    ["no messages", (url: string) => ({ ...request("", [url]), messages: [] }), "messages"],
    [
      "a part of an unknown type",
      () => ({ model: MODEL, messages: [{ role: "user", content: [{ type: "audio" }] }] }),
      "messages",
    ],
    ["two answers", (url: string) => ({ ...withUrl(url), n: 2 }), "n"],
    ["a stream", (url: string) => ({ ...withUrl(url), stream: true }), "stream"],
    ["a misspelt parameter", (url: string) => ({ ...withUrl(url), temprature: 0 }), "temprature"],
    ["a temperature of 3", (url: string) => ({ ...withUrl(url), temperature: 3 }), "temperature"],
    [
      "top_logprobs without logprobs",
      (url: string) => ({ ...withUrl(url), top_logprobs: 3 }),
      "top_logprobs",
    ],
    [
      "21 top_logprobs",
      (url: string) => ({ ...withUrl(url), logprobs: true, top_logprobs: 21 }),
      "top_logprobs",
    ],
    [
      "a schema it cannot fill",
      (url: string) => ({ ...withUrl(url), ...inForm({ vibe: { enum: ["good"] } }) }),
      "response_format",
    ],
    [
      "a verdict on one image",
      (url: string) => ({ ...request('PROMPT: "a ball"', [url]), ...PAIRWISE }),
      "response_format",
    ],
    [
      "an unknown response format",
      (url: string) => ({ ...withUrl(url), response_format: { type: "xml" } }),
      "response_format",
    ],
  ])("400 for %s", async (_name, body, param) => {
    expect(await bad(body(await image(0)), 400)).toMatchObject({ param });
  });

  it.each([
    ["an address elsewhere", "https://example.com/a.png", /nothing is fetched/],
    ["a file", "file:///etc/passwd", /nothing is fetched/],
    ["another type", `data:image/svg+xml;base64,${Buffer.from("<svg/>").toString("base64")}`, /image\/png/],
    ["no base64", "data:image/png;base64,@@@@", /not base64/],
    ["nothing", "data:image/png;base64,", /empty/],
    [
      "a damaged image",
      `data:image/png;base64,${Buffer.from("\x89PNG\r\n\x1a\nnope").toString("base64")}`,
      /damaged/,
    ],
    [
      "an SVG that says it is a PNG",
      `data:image/png;base64,${Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"/>').toString("base64")}`,
      /damaged, or no PNG/,
    ],
  ])("400 for an image that is %s", async (_name, url, message) => {
    const error = await bad(withUrl(url), 400);
    expect(error).toMatchObject({ code: "invalid_image", param: "messages[0].content[1].image_url" });
    expect(error.message).toMatch(message);
  });

  it("400 for an image of too many pixels, however few bytes it has", async () => {
    const huge = await sharp({ create: { width: 5000, height: 5000, channels: 3, background: "red" } })
      .png()
      .toBuffer();
    expect((await bad(withUrl(dataUrl(huge)), 400)).message).toMatch(/more than 16777216 pixels/);
  });

  it("400 for a model that is no judge, 413 for a body too large, and goes on answering", async () => {
    const body = withUrl(await image(0));
    expect(await bad({ ...body, model: "flow-dit-latent" }, 400)).toMatchObject({
      code: "model_not_found",
      param: "model",
    });
    expect(await bad({ ...body, user: "x".repeat(25 * 1024 * 1024) }, 413)).toMatchObject({
      code: "request_too_large",
    });
    expect((await post(body)).status).toBe(200);
  });
});
