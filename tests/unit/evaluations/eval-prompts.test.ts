import { expect, test } from "vitest";
import { parseEvalPrompts } from "@/lib/evaluations/eval-prompts";

const truth = {
  objects: [{ kind: "cup", colour: "red", count: 1 }],
  relation: null,
  background: null,
};

test.each([
  ["a.txt", "a cup\r\n\n a key \n", [["0", "a cup"], ["1", "a key"]]], // prettier-ignore
  ["a.csv", 'key,prompt\nx,"a cup, red"\ny,a key\n', [["x", "a cup, red"], ["y", "a key"]]], // prettier-ignore
  ["a.tsv", "id\ttext\n7\ta cup\n", [["7", "a cup"]]],
  ["a.jsonl", '{"id": 7, "prompt": "a cup"}\n"a key"\n', [["7", "a cup"], ["1", "a key"]]], // prettier-ignore
])("%s is read with its keys", (path, content, expected) => {
  expect(parseEvalPrompts(content, path).map(({ key, text }) => [key, text])).toEqual(expected);
});

test("a Toybox truth is kept, any other field that is called so is not", () => {
  const lines = [
    { key: "a", prompt: "a red cup", truth },
    { key: "b", prompt: "a key", truth: { what: 1 } },
  ];
  const prompts = parseEvalPrompts(lines.map((line) => JSON.stringify(line)).join("\n"), "a.jsonl");
  expect(prompts.map((prompt) => prompt.truth)).toEqual([truth, null]);
});

test.each([
  ["a.txt", " \n", "a.txt: holds no prompts."],
  ["a.docx", "a cup", "a.docx: is no .txt (a prompt a line), .csv, .tsv or .jsonl file of prompts."],
  ["a.jsonl", '{"prompt": "a cup"}\n{', "a.jsonl: line 2 is no JSON."],
  ["a.csv", "key,words\nx,a cup\n", "a.csv: line 2 has no prompt (a field named prompt, text or caption)."],
  ["a.csv", "key,prompt\nx,a\nx,b\n", "a.csv: has the key x twice: every prompt needs its own."],
])("%s with a fault is refused by its line", (path, content, message) => {
  expect(() => parseEvalPrompts(content, path)).toThrow(message);
});
