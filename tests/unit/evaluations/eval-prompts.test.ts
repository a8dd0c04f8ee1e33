import { expect, test } from "vitest";
import { parseEvalPrompts } from "@/lib/evaluations/eval-prompts";

const parse = (content: string, path: string) => parseEvalPrompts(Buffer.from(content), path);
const truth = { objects: [{ kind: "cup", colour: "red", count: 1 }], relation: null, background: null };

test.each([
  ["a.txt", "a cup\r\n\na key \na cup\n", [["0", false], ["1", false], ["2", false]]], // prettier-ignore
  ["a.csv", 'key,prompt\nx,"a cup, red"\ny,a key\n', [["x", true], ["y", true]]], // prettier-ignore
  ["a.jsonl", '{"key": "7", "prompt": "a cup"}\n{"prompt": "a key"}\n', [["7", true], ["1", false]]], // prettier-ignore
])("prompts of %s have their own key, or their place", (path, content, expected) => {
  expect(parse(content, path).map(({ key, hasOwnKey }) => [key, hasOwnKey])).toEqual(expected);
});

test("a Toybox truth is kept, any other is not", () => {
  const lines = [
    { key: "a", prompt: "a red cup", truth },
    { key: "b", prompt: "a key", truth: { kind: "geneval" } },
  ];
  const prompts = parse(lines.map((line) => JSON.stringify(line)).join("\n"), "a.jsonl");
  expect(prompts.map((prompt) => prompt.truth)).toEqual([truth, null]);
});

test.each([
  ["a.txt", " \n", /^a\.txt: /],
  ["a.jsonl", '{"prompt": "a cup"}\n{', /^a\.jsonl: .*2/],
  ["a.csv", "key,prompt\nx,a\nx,b\n", /^a\.csv: .*3.*x/],
])("%s with a fault is refused by its line", (path, content, message) => {
  expect(() => parse(content, path)).toThrow(message);
});
