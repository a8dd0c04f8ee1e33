import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import { apiUrl } from "@/lib/providers/formats/format";
import { placeOrder } from "@/lib/providers/place-order";
import { memoryRecord } from "@/lib/providers/order-record";
import type { ModelEndpoint as Address } from "@/lib/providers/outcome";
import { retryAfterMs } from "@/lib/providers/outcomes";
import { imageEndpoint } from "../../support/image-address";
import { ANSWERS, imageOf, startImageEndpoint, type ImageEndpoint } from "../../support/image-endpoint";
import { testClient } from "../../support/test-client";

let endpoint: ImageEndpoint;
let client: GuardedClient;
beforeAll(async () => {
  endpoint = await startImageEndpoint();
  client = testClient(`127.0.0.1:${endpoint.port}`);
});
afterAll(async () => {
  await client.close();
  await endpoint.close();
});

const KEY = "sk-test-12345678";
const ORDER = { prompt: "a red ball", size: "64x64", seed: 7 };
const ask = (endpoint: Address, wanted: typeof ORDER & { seedNeeded?: boolean } = ORDER) =>
  placeOrder(endpoint, wanted, client, { record: memoryRecord() });
const order = (answer: keyof typeof ANSWERS, overrides = {}) => {
  endpoint.answer = ANSWERS[answer];
  endpoint.orders.length = endpoint.keys.length = 0;
  const address = { baseUrl: endpoint.origin, providerModel: `m-${answer}`, apiKey: KEY };
  return ask(imageEndpoint({ ...address, ...overrides }));
};

describe("a good endpoint", () => {
  it("gives its image, asked in OpenAI's format with the key", async () => {
    const outcome = await order("good");
    const expected = await imageOf({ model: "", ...ORDER });
    expect(outcome).toMatchObject({
      kind: "ok",
      image: { bytes: expected, width: 64, height: 64, mediaType: "image/png" },
    });
    expect(endpoint.orders).toEqual([
      { model: "m-good", prompt: "a red ball", n: 1, size: "64x64", seed: 7, response_format: "b64_json" },
    ]);
    expect(endpoint.keys).toEqual([`Bearer ${KEY}`]);
    expect(outcome).toMatchObject({ seedSent: 7 });
  });

  it("may answer by an address, even a relative one", async () => {
    await expect(order("byUrl")).resolves.toMatchObject({ kind: "ok" });
  });

  it("that says its seed and time is believed", async () => {
    endpoint.answer = async (response, body) =>
      void response.end(
        JSON.stringify({
          data: [{ b64_json: (await imageOf(body)).toString("base64"), revised_prompt: "a very red ball" }],
          salon: { seeds: [7], computeMs: 42.4 },
        }),
      );
    const outcome = await ask(imageEndpoint({ baseUrl: endpoint.origin }));
    expect(outcome).toMatchObject({
      kind: "ok",
      seedUsed: 7,
      inferenceMs: 42,
      revisedPrompt: "a very red ball",
    });
    expect(endpoint.keys.at(-1)).toBeUndefined();
  });

  it("that minds optional fields is asked without them from then on", async () => {
    endpoint.answer = (response, body, request) => {
      for (const field of ["seed", "response_format"] as const) {
        if (field in body) {
          const message = `Unknown parameter: '${field}'.`;
          return void response
            .writeHead(400)
            .end(JSON.stringify({ error: { message, code: "unknown_parameter" } }));
        }
      }
      return ANSWERS.good(response, body, request);
    };
    endpoint.orders.length = 0;
    const leftOut: string[] = [];
    const learn = async (field: string) => void leftOut.push(field);
    const strict = imageEndpoint({ baseUrl: endpoint.origin, leftOut, learn });
    await expect(ask(strict)).resolves.toMatchObject({ kind: "ok", seedUsed: null });
    expect(endpoint.orders).toHaveLength(3);
    await expect(ask(strict)).resolves.toMatchObject({
      kind: "ok",
      seedSent: null,
    });
    expect(endpoint.orders).toHaveLength(4);
    // An image of this very seed is wanted: one of another would pass for it.
    const needed = await ask(strict, { ...ORDER, seedNeeded: true });
    expect(needed).toMatchObject({ kind: "invalid", message: expect.stringContaining("'seed'") });
  });
});

describe("a bad endpoint gets a clear outcome and a sentence", () => {
  it.each([
    ["html", "invalid", "a web page (HTML) instead of JSON"],
    ["notJson", "invalid", "is no JSON"],
    ["empty", "invalid", "has no image"],
    ["error500", "transient", "HTTP 500: its own log should say why. It says: out of memory"],
    ["hangsUp", "transient", "closed the connection"],
    ["truncated", "invalid", "truncated or damaged"],
    ["huge", "invalid", "20000 x 20000"],
    ["wrongSize", "invalid", "32x32 pixels, but 64x64 was asked for"],
    [
      "bomb",
      "invalid",
      "larger than 88 kB. An image of 64x64 pixels needs less: submit the endpoint with the size",
    ],
    ["refused", "refused", "moderation refused this prompt"],
    ["policy", "refused", "moderation refused this prompt"],
    ["wrongKey", "invalid", "check the API key"],
    ["noModel", "invalid", "check the address"],
    ["noCredit", "out_of_credit", "no credit left"],
    ["tooFast", "rate_limited", "asked too fast"],
  ] as const)("%s -> %s", async (answer, kind, words) => {
    const outcome = await order(answer);
    expect(outcome).toMatchObject({ kind, message: expect.stringContaining(words) });
    expect(JSON.stringify(outcome)).not.toContain(KEY);
    if (outcome.kind === "rate_limited") expect(outcome.retryAfterMs).toBe(7_000);
  });

  it("silent -> timeout", async () => {
    await expect(order("silent", { timeoutMs: 200 })).resolves.toMatchObject({
      kind: "timeout",
      message: expect.stringContaining("0.2 s"),
    });
  });

  it("somewhere private -> invalid, not called", async () => {
    await expect(order("good", { baseUrl: "http://127.0.0.1:1/v1" })).resolves.toMatchObject({
      kind: "invalid",
      message: expect.stringContaining("not on the public Internet"),
    });
  });

  it("answering by a private address -> invalid, not fetched", async () => {
    endpoint.answer = (response) =>
      void response.end(JSON.stringify({ data: [{ url: "http://169.254.169.254/" }] }));
    await expect(ask(imageEndpoint({ baseUrl: endpoint.origin }))).resolves.toMatchObject({
      kind: "invalid",
      message: expect.stringContaining("not on the public Internet"),
    });
  });
});

it("takes a base address as it is meant", () => {
  const PATH = "/images/generations";
  const full = `https://host/v1${PATH}`;
  for (const given of ["https://host", "https://host/", "https://host/v1", "https://host/v1/", full]) {
    expect(apiUrl(given, "/v1", PATH)).toBe(full);
  }
  expect(apiUrl("https://host/openai/v1?api-version=2", "/v1", PATH)).toBe(
    "https://host/openai/v1/images/generations?api-version=2",
  );
});

it("reads Retry-After as seconds or a date", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  expect(retryAfterMs("12", now)).toBe(12_000);
  expect(retryAfterMs("Thu, 01 Jan 2026 00:00:30 GMT", now)).toBe(30_000);
  expect(retryAfterMs("Wed, 31 Dec 2025 00:00:30 GMT", now)).toBe(0);
  expect(retryAfterMs("soon", now)).toBeNull();
  expect(retryAfterMs(undefined, now)).toBeNull();
});
