import { expect, test } from "vitest";
import { runParameterFields } from "@/lib/schemas/run-parameters";
import { runRequest } from "@/lib/schemas/submissions";

const { extraFields, extraHeaders } = runParameterFields;
const wrong = (fields: unknown) => extraFields.safeParse(fields).error?.issues[0].message ?? null;

test("further fields of a request may be texts, numbers and booleans under names of their own", () => {
  // Some endpoints have a name of their own for what has a parameter.
  const fields = { scheduler: "euler", "cfg.interval": 0.5, karras: true, eta: 0, steps: 20 };
  expect(extraFields.parse(fields)).toEqual(fields);
  expect(wrong({})).toBeNull();
});

test.each([
  ["a field that Salon sets", { n: 10 }, /may not hold n, which Salon sets itself/],
  ["the seed", { seed: 3 }, /may not hold seed/],
  ["the steps, which have a parameter", { num_inference_steps: 3 }, /may not hold num_inference_steps/],
  ["a stream", { stream: true }, /may not hold stream/],
  ["a key", { api_key: "sk-1" }, /may not hold a key or a header \(api_key\)/],
  ["a token", { accessToken: "t" }, /key or a header/],
  ["a header", { Authorization: "Bearer t" }, /key or a header/],
  ["another header", { "X-Api-Key": "t" }, /key or a header/],
  ["the size in pixels", { width: 512 }, /may not hold width/],
  [
    "what looks like a key",
    { user: "sk-proj4bcdefgh1jkl" },
    /looks like a key \(user\).*give a key as the API key/,
  ],
  ["an address with a key", { callback: "https://host/?token=abc" }, /looks like a key/],
  ["an odd name", { "a b": 1 }, /names of letters/],
  ["a list", { loras: ["a"] }, /./],
  ["an object", { lora: { name: "a" } }, /./],
  ["a null", { lora: null }, /./],
  ["no number", { eta: NaN }, /./],
  ["U+0000", { scheduler: "\u0000" }, /control characters/],
  ["a long text", { note: "x".repeat(501) }, /./],
  ["too many", Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`f${i}`, i])), /at most 20 fields/],
  ["a list of fields", [], /./],
])("further fields may not hold %s", (_, fields, words) => {
  expect(wrong(fields)).toMatch(words);
});

const wrongHeader = (headers: unknown) => extraHeaders.safeParse(headers).error?.issues[0].message ?? null;

test("further headers may name an organisation, a project or a gateway's route", () => {
  const headers = {
    "OpenAI-Organization": "org-AbCdEfGhIjKlMnOpQrStUvWx",
    "X-Title": "Salon, a test",
    "cf-aig-cache-ttl": "0",
    "X-Fal-Runner-Hint": "2f4c9d3e",
  };
  expect(extraHeaders.parse(headers)).toEqual(headers);
});

test.each([
  ...["Authorization", "authorization", "Host", "Cookie", "Content-Length", "Content-Type"],
  ...["Transfer-Encoding", "Connection", "Proxy-Authorization", "X-Forwarded-For", "Accept-Encoding"],
])("further headers may not hold %s", (name) => {
  expect(wrongHeader({ [name]: "1" })).toMatch(/which Salon sets itself/);
});

test.each([
  ["a key by its name", { "X-Api-Key": "1" }, /may not hold a key \(X-Api-Key\).*give a key as the API key/],
  ["a token", { "X-Auth-Token": "1" }, /may not hold a key/],
  ["Bearer", { "X-Upstream": "Bearer abc" }, /looks like a key/],
  ["a key of OpenAI's", { "X-Upstream": "sk-proj-a1b2c3d4e5f6" }, /looks like a key/],
  ["a key of Google's", { "X-Upstream": "AIzaSyA1234567890abcdefghi" }, /looks like a key/],
  ["a signed token", { "X-Upstream": "eyJhbGciOiJIUzI1NiJ9.e30.abc" }, /looks like a key/],
  ["a key of fal's", { "X-Up": `01234567-89ab-cdef-0123-456789abcdef:${"0a".repeat(16)}` }, /like a key/],
  ["what only a machine writes", { "X-Up": "aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW" }, /looks like a key/],
  ["a line break", { "X-Title": "a\r\nHost: evil" }, /plain letters/],
  ["an odd name", { "X Title": "a" }, /names of letters/],
  ["a number", { "X-Title": 1 }, /./],
  ["too many", Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`X-H${i}`, "a"])), /at most 10/],
])("further headers may not hold %s", (_, headers, words) => {
  expect(wrongHeader(headers)).toMatch(words);
});

const seedsOf = (seeds: unknown, samplesPerPrompt = 1) => {
  const { success, error } = runRequest.safeParse({ board: "b", seeds, samplesPerPrompt });
  return success ? null : `${error.issues[0].path.join(".")} ${error.issues[0].message}`;
};

test("seeds are decided by place, none, or a list of different ones, at least as many as samples of each prompt", () => {
  for (const seeds of [undefined, "per-prompt", "none", [0], [2 ** 31 - 1, 7]])
    expect(seedsOf(seeds)).toBeNull();
  expect(seedsOf([1, 2, 3], 2)).toBeNull();
  expect(seedsOf([1], 2)).toMatch(/^seeds must be at least as many as there are samples/);
  expect(seedsOf([1, 1], 2)).toMatch(/^seeds must be different/);
  for (const seeds of ["some", [], [-1], [0.5], [2 ** 31], Array.from({ length: 65 }, (_, i) => i)])
    expect(seedsOf(seeds), JSON.stringify(seeds)).toMatch(/^seeds/);
});
