import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ENDED, findPreset, PRESETS } from "@/lib/schemas/catalogue/catalogue";
import { presetSubmission } from "@/lib/schemas/catalogue/preset-submission";
import { PUBLISHED, publishedOf } from "@/lib/schemas/catalogue/published";
import { formatOfHost } from "@/lib/schemas/formats/formats";
import { submission } from "@/lib/schemas/submissions";

test("every preset is a submission that lacks nothing but a key, under an id and a name of its own", () => {
  for (const preset of PRESETS)
    expect(submission.safeParse(presetSubmission(preset)).error, preset.id).toBeUndefined();
  expect(new Set(PRESETS.map(({ id }) => id)).size).toBe(PRESETS.length);
  expect(new Set(PRESETS.map(({ name }) => name.toLowerCase())).size).toBe(PRESETS.length);
});

test("every preset speaks the format that its host does", () => {
  for (const { id, endpointUrl, format } of PRESETS)
    expect(formatOfHost(endpointUrl) ?? format, id).toBe(format);
});

test("no preset names a model that its vendor has switched off", () => {
  const ended = ENDED.flatMap(({ names }) => names);
  expect(ended).toEqual(expect.arrayContaining(["dall-e-3", "imagen-4"]));
  for (const { id, providerModel } of PRESETS)
    for (const name of ended)
      expect(providerModel.toLowerCase().includes(name), `${id}: ${name}`).toBe(false);
});

test.each([
  ["GPT Image 2 (High)", "openai-images", "gpt-image-2", 0.211, 1339],
  ["GPT Image 1.5 (High)", "openai-images", "gpt-image-1.5", 0.133, 1266],
  ["Nano Banana 2 (Gemini 3.1 Flash Image Preview)", "gemini", "gemini-3.1-flash-image-preview", 0.067, 1264],
  ["Nano Banana Pro (Gemini 3 Pro Image)", "gemini", "gemini-3-pro-image", 0.134, 1220],
  ["grok-imagine-image-quality", "xai", "grok-imagine-image-quality", 0.05, 1211],
  ["HiDream-O1-Image-dev-2604", "openai-images", "HiDream-O1-Image-dev-2604", null, 1187],
  ["Qwen Image Max 2512", "dashscope", "qwen-image-max", 0.02, 1159],
  ["FLUX.2 [dev]", "fal", "fal-ai/flux-2", 0.012, 1159],
  ["FLUX.2 [dev] Turbo", "fal", "fal-ai/flux-2/turbo", 0.008, 1159],
  ["FLUX.2 [dev] Flash", "fal", "fal-ai/flux-2/flash", 0.005, 1143],
])(
  "%s is known with its format, name there, price, and what others published of it",
  (name, format, model, price, elo) => {
    const preset = findPreset(name)!;
    expect(preset).toMatchObject({ format, providerModel: model });
    expect(preset.price?.perImageUsd ?? null).toBe(price);
    expect(publishedOf(preset.id)).toMatchObject([
      { by: "Artificial Analysis", what: "Elo", value: elo, seen: "2026-05-24" },
    ]);
  },
);

test("two qualities of a model are asked for differently, and what is not certain is said to be", () => {
  const [high, low] = [findPreset("gpt-image-2-high")!, findPreset("gpt-image-2-low")!];
  expect([high.extraFields, low.extraFields]).toEqual([
    { quality: "high", background: "opaque" },
    { quality: "low", background: "opaque" },
  ]);
  expect(findPreset("grok-imagine-image-quality")!.unsure).toEqual(["name", "providerModel", "released"]);
  expect(findPreset("minimax-h3-image")!.timeoutSeconds).toBe(600);
  expect(findPreset("no such model")).toBeNull();
});

test("what others published is of presets that there are", () => {
  for (const { preset } of PUBLISHED) expect(findPreset(preset)?.id).toBe(preset);
});

const FROM = /(?:from|import\()\s*"(@\/lib\/[^"]+|\.{1,2}\/[^"]+)"/g;
const fileOf = (path: string) =>
  ["", ".ts", ".tsx", "/index.ts"]
    .map((end) => path + end)
    .find((each) => /\.\w+$/.test(each) && existsSync(each));

/** Every file that a file reads, and that those read. */
function reaches(file: string, seen: Set<string>): void {
  if (seen.has(file)) return;
  seen.add(file);
  for (const [, to] of readFileSync(file, "utf8").matchAll(FROM)) {
    const found = fileOf(to.startsWith("@/") ? to.slice(2) : join(file, "..", to));
    if (found !== undefined) reaches(found, seen);
  }
}

test("nothing that rates, ranks, counts votes or scores can read what others published", () => {
  const seen = new Set<string>();
  const rooms = [
    "ratings",
    "rankings",
    "vote-rules",
    "votes",
    "snapshots",
    "metrics",
    "scores",
    "scoring",
    "judges",
  ];
  for (const room of rooms)
    for (const file of readdirSync(join("lib", room), { recursive: true, encoding: "utf8" }))
      if (file.endsWith(".ts")) reaches(join("lib", room, file), seen);
  expect(seen.size).toBeGreaterThan(200);
  expect(seen.has("lib/schemas/metrics/caveat.ts")).toBe(true);
  expect([...seen].filter((file) => file.includes("catalogue/published"))).toEqual([]);
});
