import { expect, test } from "vitest";
import { balancedOrder } from "@/lib/prompt-files/balanced-order";
import { contentHash } from "@/lib/prompt-files/content-hash";
import { parsePromptFiles } from "@/lib/prompt-files/parse-prompt-files";
import { EXPORT_FORMATS, headOf, writePrompt } from "@/lib/prompt-files/write-prompts";

const categories = [...Array(50).fill("a"), ...Array(20).fill("b"), ...Array(5).fill("c")] as string[];

test("every prefix of the order holds as many of each category as it can, and everything is in it once", () => {
  const order = balancedOrder(categories, 1);
  expect([...order].sort((a, b) => a - b)).toEqual(categories.map((_, i) => i));
  const counts = { a: 0, b: 0, c: 0 } as Record<string, number>;
  const sizes: Record<string, number> = { a: 50, b: 20, c: 5 };
  for (const at of order) {
    counts[categories[at]]++;
    const open = Object.keys(counts).filter((category) => counts[category] < sizes[category]);
    const most = Math.max(...Object.values(counts));
    for (const category of open) expect(counts[category]).toBeGreaterThanOrEqual(most - 1);
  }
});

test("one seed is one order, another seed another; what is there already counts as having had its turns", () => {
  expect(balancedOrder(categories, 1)).toEqual(balancedOrder(categories, 1));
  expect(balancedOrder(categories, 1)).not.toEqual(balancedOrder(categories, 2));
  const after = balancedOrder(["a", "b", "a", "b"], 1, new Map([["a", 2]])).map((at) => "abab"[at]);
  expect(after).toEqual(["b", "b", "a", "a"]);
});

test("a content hash is of key, text, negative prompt, sources and truth, whatever the order of truth's fields", () => {
  const prompt = {
    key: "k",
    text: "t",
    negativePrompt: null,
    sources: ["s"],
    truth: { a: 1, b: [{ c: 1, d: 2 }] },
  };
  const hash = contentHash(prompt);
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(contentHash({ ...prompt, truth: { b: [{ d: 2, c: 1 }], a: 1 } })).toBe(hash);
  const others = [{ key: "l" }, { text: "u" }, { negativePrompt: "n" }, { sources: [] }, { truth: null }];
  const hashes = others.map((other) => contentHash({ ...prompt, ...other }));
  expect(new Set([hash, ...hashes]).size).toBe(6);
});

test.each(EXPORT_FORMATS)("what is exported as %s reads back as it was", (format) => {
  const written = [
    {
      key: "=k,1",
      text: 'two lines\nand a "quote"',
      category: "a;b",
      tags: ["x|y", "z"],
      language: "zh-Hant",
      negativePrompt: "blur",
      sourceArtifacts: ["a".repeat(64)],
      referenceArtifact: "b".repeat(64),
      truth: { kind: "geneval", include: [] },
      metadata: { author: "Ada", n: [1, { deep: true }] },
    },
    {
      key: "plain",
      text: "a cup",
      category: "c",
      tags: [],
      language: null,
      negativePrompt: null,
      sourceArtifacts: [],
      referenceArtifact: null,
      truth: null,
      metadata: null,
    },
  ];
  const text = headOf(format) + written.map((prompt) => writePrompt(prompt, format)).join("");
  const { prompts, errors, problems } = parsePromptFiles(
    [{ name: `set.${format}`, bytes: Buffer.from(text) }],
    { maxPrompts: 10 },
  );
  expect({ errors, problems }).toEqual({ errors: 0, problems: [] });
  expect(
    prompts.map(({ place: _, sources, reference, ...prompt }) => ({
      ...prompt,
      sourceArtifacts: sources,
      referenceArtifact: reference,
    })),
  ).toEqual(written);
});
