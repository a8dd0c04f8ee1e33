import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseCaption } from "@/generation/world/caption";
import { addsNothing, grants, sampleTersePair, saysAll } from "@/generation/world/terse-prompt";
import { Backend, MODELS_DIR, type ErrorResponse, type ImageResponse } from "./generation-client";

const MODEL = "prompt-enhancer";
const DRAWS = "flow-dit-latent";

interface Completion {
  id: string;
  object: string;
  model: string;
  choices: { index: number; text: string; finish_reason: string; logprobs: null }[];
  usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number };
  salon: { steps: number; temperature: number; seeds: number[]; timingMs: Record<string, number> };
}

let backend: Backend;
beforeAll(async () => {
  backend = await Backend.start();
});
afterAll(() => backend.close());

function post(body: object, to = backend): Promise<Response> {
  return fetch(`${to.url}/v1/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

async function complete(body: object): Promise<Completion> {
  const response = await post({ model: MODEL, ...body });
  const answer = (await response.json()) as Completion;
  expect(response.status, JSON.stringify(answer)).toBe(200);
  return answer;
}
const textsOf = ({ choices }: Completion) => choices.map(({ text }) => text);

describe("a completion", () => {
  it("turns a terse prompt into full captions, in OpenAI's shape, and says what it used", async () => {
    const answer = await complete({ prompt: "bear book", n: 3, seed: 5 });
    expect(answer).toMatchObject({ object: "text_completion", model: MODEL });
    expect(answer.id).toMatch(/^cmpl-/);
    expect(answer.choices.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(answer.salon).toMatchObject({ seeds: [5, 6, 7] });
    expect(answer.salon.timingMs.write).toBeGreaterThan(0);
    const { prompt_tokens, completion_tokens, total_tokens } = answer.usage;
    expect([prompt_tokens, total_tokens]).toEqual([2, 2 + completion_tokens]);
    for (const text of textsOf(answer)) {
      const truth = parseCaption(text);
      expect(truth?.objects.map(({ kind }) => kind).sort(), text).toEqual(["book", "teddy bear"]);
      expect(saysAll(truth!), text).toBe(true);
    }
  });

  it("grants what unseen prompts ask for, adds nothing, and does it better in 8 steps than in 1", async () => {
    const right = async (steps: number) => {
      let hits = 0;
      for (let index = 0; index < 60; index += 1) {
        const { terse, request } = sampleTersePair(5000 + index, "enhancer-validation");
        const [text] = textsOf(await complete({ prompt: terse, seed: index, steps }));
        const truth = parseCaption(text);
        if (truth && grants(truth, request) && addsNothing(truth, request) && saysAll(truth)) hits += 1;
      }
      return hits / 60;
    };
    const [one, eight] = [await right(1), await right(8)];
    // The card has the shares over 1,000 prompts; these bounds leave four standard errors of 60.
    expect(eight).toBeGreaterThan(0.75);
    expect(eight).toBeGreaterThan(one);
  });

  it("is the same for the same seed, alone or in a batch, and at temperature 0 for every seed", async () => {
    const request = { prompt: "fish balloon", steps: 4 };
    const together = textsOf(await complete({ ...request, seed: 20, n: 10 }));
    for (const index of [0, 4, 9]) {
      expect(textsOf(await complete({ ...request, seed: 20 + index }))).toEqual([together[index]]);
    }
    expect(new Set(together).size).toBeGreaterThan(1);
    const cold = textsOf(await complete({ ...request, seed: 1, n: 10, temperature: 0 }));
    expect(new Set(cold).size).toBe(1);
  });

  it("draws a seed where none is given and reports it", async () => {
    const first = await complete({ prompt: "star" });
    expect(textsOf(await complete({ prompt: "star", seed: first.salon.seeds[0] }))).toEqual(textsOf(first));
  });

  it("is cut where max_tokens says so", async () => {
    const whole = await complete({ prompt: "two hearts", seed: 1 });
    const { choices, usage } = await complete({ prompt: "two hearts", seed: 1, max_tokens: 3 });
    expect(choices[0].text).toBe(whole.choices[0].text.split(" ").slice(0, 3).join(" "));
    expect([choices[0].finish_reason, whole.choices[0].finish_reason]).toEqual(["length", "stop"]);
    expect(usage.completion_tokens).toBe(3);
  });

  it.each(["quantum entanglement", "?!…", "一只泰迪熊", "a ".repeat(2000)])(
    "answers something for a prompt it does not understand: %s",
    async (prompt) => {
      expect((await complete({ prompt, seed: 1 })).choices[0].text).toMatch(/\S/);
    },
  );
});

describe("enhance: true", () => {
  it("draws each image from its own full caption and reports it", async () => {
    const request = { model: DRAWS, prompt: "bear book", n: 2, seed: 11, steps: 2 };
    const answer = (await (await backend.post({ ...request, enhance: true })).json()) as ImageResponse;
    const captions = textsOf(await complete({ prompt: "bear book", n: 2, seed: 11 }));
    expect(answer.data.map(({ revised_prompt }) => revised_prompt)).toEqual(captions);
    expect(answer.salon).toMatchObject({ enhancer: { model: MODEL, sampler: "masked-diffusion" } });
    expect(answer.salon.timingMs.enhance).toBeGreaterThan(0);
    for (const [index, prompt] of captions.entries()) {
      const direct = await backend.generate({ ...request, n: 1, prompt, seed: 11 + index });
      expect(Buffer.from(answer.data[index].b64_json!, "base64")).toEqual(direct.images[0]);
    }
    const plain = (await (await backend.post({ ...request, enhance: false })).json()) as ImageResponse;
    expect(plain.data[0]).not.toHaveProperty("revised_prompt");
  });
});

describe("refusals name the parameter", () => {
  it.each([
    ["no model", { model: undefined }, "model", "missing_required_parameter"],
    ["an unknown model", { model: "nobody" }, "model", "model_not_found"],
    ["a model that draws", { model: DRAWS }, "model", "invalid_value"],
    ["no prompt", { prompt: undefined }, "prompt", "missing_required_parameter"],
    ["a blank prompt", { prompt: " " }, "prompt", "invalid_value"],
    ["several prompts", { prompt: ["a", "b"] }, "prompt", "invalid_type"],
    ["n 0", { n: 0 }, "n", "invalid_value"],
    ["n 100", { n: 100 }, "n", "invalid_value"],
    ["steps 0", { steps: 0 }, "steps", "invalid_value"],
    ["steps 17", { steps: 17 }, "steps", "invalid_value"],
    ["steps 10,000", { steps: 10_000 }, "steps", "invalid_value"],
    ["steps null", { steps: null }, "steps", "invalid_type"],
    ["temperature 2.1", { temperature: 2.1 }, "temperature", "invalid_value"],
    ["temperature as text", { temperature: "NaN" }, "temperature", "invalid_type"],
    ["negative seed", { seed: -1 }, "seed", "invalid_value"],
    ["seed beyond exact integers", { seed: 2 ** 53 - 1, n: 2 }, "seed", "invalid_value"],
    ["max_tokens 0", { max_tokens: 0 }, "max_tokens", "invalid_value"],
    ["streaming", { stream: true }, "stream", "invalid_value"],
    ["a misspelt parameter", { sampler: "euler" }, "sampler", "unknown_parameter"],
  ])("400 for %s", async (_name, change, param, code) => {
    const response = await post({ model: MODEL, prompt: "bear", ...change });
    expect(response.status).toBe(400);
    const { error } = (await response.json()) as ErrorResponse;
    expect(error).toMatchObject({ type: "invalid_request_error", param, code });
    expect(error.message).toContain(param);
  });

  it("400 for an image of the enhancer, and for enhance as text", async () => {
    const drawn = await backend.post({ model: MODEL, prompt: "bear" });
    expect(drawn.status).toBe(400);
    expect(((await drawn.json()) as ErrorResponse).error.param).toBe("model");
    const text = await backend.post({ model: DRAWS, prompt: "bear", enhance: "yes" });
    expect(((await text.json()) as ErrorResponse).error).toMatchObject({
      param: "enhance",
      code: "invalid_type",
    });
  });

  it("400 for enhance where there is no enhancer, and models without it draw on", async () => {
    const dir = await mkdtemp(path.join(tmpdir(), "salon-models-"));
    for (const folder of [DRAWS, "toybox-autoencoder"]) {
      await cp(path.join(MODELS_DIR, folder), path.join(dir, folder), { recursive: true });
    }
    const alone = await Backend.start({ modelsDir: dir });
    try {
      const response = await alone.post({ model: DRAWS, prompt: "bear", enhance: true });
      expect(response.status).toBe(400);
      expect(((await response.json()) as ErrorResponse).error.param).toBe("enhance");
      await alone.generate({ model: DRAWS, prompt: "bear", steps: 1 });
    } finally {
      await alone.close();
      await rm(dir, { recursive: true });
    }
  });
});

it("is listed as what it is", async () => {
  const model = (await (await fetch(`${backend.url}/v1/models/${MODEL}`)).json()) as object;
  expect(model).toMatchObject({
    id: MODEL,
    object: "model",
    salon: { endpoint: "/v1/completions", paradigm: "Masked diffusion", samplers: ["masked-diffusion"] },
  });
  const list = (await (await fetch(`${backend.url}/v1/models`)).json()) as { data: unknown[] };
  expect(list.data).toContainEqual(model);
});
