import { describe, expect, test } from "vitest";
import { parsePromptFiles } from "@/lib/prompt-files/parse-prompt-files";
import { promptProblemText } from "@/lib/schemas/prompt-problems";

const parse = (name: string, bytes: string | Uint8Array, maxPrompts = 1000) =>
  parsePromptFiles([{ name, bytes: Buffer.from(bytes as Uint8Array) }], { maxPrompts });
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");
const long = "x".repeat(8_001);

describe("UTF-8 with or without a mark, and UTF-16 with one, read the same", () => {
  const text = "prompt,category\nein Café,süß\n日本,語\n";
  test.each([
    ["UTF-8", Buffer.from(text)],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${text}`)],
    ["UTF-16, little end first", utf16(text)],
    ["UTF-16, big end first", utf16(text).swap16()],
  ])("%s", (_, bytes) => {
    const { prompts, errors, format } = parse("a.csv", bytes);
    expect({ format, errors }).toEqual({ format: "csv", errors: 0 });
    expect(prompts.map((prompt) => [prompt.text, prompt.category])).toEqual([["ein Café", "süß"], ["日本", "語"]]); // prettier-ignore
  });
});

test.each([
  ["an empty file", "a.csv", "", { code: "empty_file" }],
  ["blank lines alone", "a.txt", "\n \n", { code: "empty_file" }],
  ["Latin-1", "a.csv", Buffer.from("prompt\ncaf\xe9\n", "latin1"), { code: "bad_utf8", offset: 10, value: "0xE9" }],
  ["an overlong form", "a.txt", Buffer.from([0x61, 0xc0, 0x80]), { code: "bad_utf8", offset: 1 }],
  ["half a surrogate pair", "a.txt", Buffer.from([0xed, 0xa0, 0x80]), { code: "bad_utf8", offset: 0 }],
  ["a character that is cut off", "a.txt", Buffer.from([0x61, 0xe2, 0x82]), { code: "bad_utf8", offset: 1 }],
  ["a NUL byte", "a.txt", Buffer.from("a\0b"), { code: "nul_byte", offset: 1 }],
  ["UTF-16 without a mark", "a.txt", Buffer.from("ab", "utf16le"), { code: "nul_byte", offset: 1 }],
  ["UTF-16 that is cut", "a.txt", utf16("ab").subarray(0, 5), { code: "bad_utf16", offset: 4 }],
  ["an image", "a.txt", Buffer.from([0x89, 0x50, 0x4e, 0x47]), { code: "binary", value: "a PNG image" }],
  ["gzip", "a.jsonl", Buffer.from([0x1f, 0x8b, 8]), { code: "binary", value: "compressed with gzip" }],
  ["a table without prompts", "a.csv", "name,age\nx,1\n", { code: "no_text_column", line: 1, value: "name, age" }],
  ["a header alone", "a.csv", "prompt,category\n", { code: "no_prompts" }],
  ["a quote that never closes", "a.csv", 'prompt,n\n"a,1\n', { code: "bad_csv", line: 2 }],
  ["broken JSON", "a.json", '[\n{"prompt": "a"},\n]', { code: "bad_json", entry: 2 }],
  ["an empty array", "a.json", "[]", { code: "no_prompts" }],
  ["a number", "a.json", "[1]", { code: "not_a_prompt", entry: 1 }],
  ["a broken line of JSON", "a.jsonl", '{"prompt": "a"}\n{"prompt"\n', { code: "bad_json", line: 2 }],
  ["an empty prompt", "a.csv", "prompt,n\na,1\n ,2\n", { code: "empty_prompt", line: 3 }],
  ["an entry without one", "a.jsonl", '{"prompt": "a"}\n{"n": 1}\n', { code: "empty_prompt", line: 2 }],
  ["a prompt that is no text", "a.jsonl", '{"prompt": {"a": 1}}\n', { code: "bad_cell", line: 1, column: "prompt" }],
  ["a prompt that is too long", "a.txt", `a\n${long}\n`, { code: "too_long", line: 2, column: "prompt", count: 8001, limit: 8000 }],
  ["a row with more fields than the header", "a.csv", "prompt,n\na,1,2\n", { code: "row_too_wide", line: 2, count: 3, limit: 2 }],
  ["a key twice", "a.csv", "key,prompt\nk,a\nk,b\n", { code: "duplicate_key", line: 3, value: "k", count: 2 }],
  ["a language that is none", "a.csv", "prompt,lang\na,not a language\n", { code: "bad_language", line: 2 }],
  ["truth that is no JSON", "a.csv", "prompt,truth\na,{\n", { code: "bad_cell", line: 2, column: "truth" }],
  ["metadata without an end", "a.json", `[{"prompt": "a", "m": ${"[".repeat(9_000)}${"]".repeat(9_000)}}]`, { code: "bad_cell", column: "metadata" }],
  ["metadata that is too long", "a.json", `[{"prompt": "a", "m": "${"y".repeat(17_000)}"}]`, { code: "too_long", column: "metadata" }],
  ["a category that is kept for voters' own prompts", "a.csv", "prompt,category\na,live\n", { code: "reserved_category", line: 2 }],
  ["more tags than are kept", "a.json", JSON.stringify([{ prompt: "a", tags: Array.from({ length: 51 }, (_, i) => `t${i}`) }]), { code: "too_many_tags", count: 51 }],
])("%s is an error that says where", (_, name, bytes, problem) => {
  const { problems, errors } = parse(name, bytes);
  expect(errors).toBe(1);
  expect(problems[0]).toMatchObject({ severity: "error", ...problem });
  expect(promptProblemText(problems[0])).toMatch(/^[A-Z].*\.$/);
}); // prettier-ignore

test("what is read beside an error is kept", () => {
  const { prompts, errors } = parse("a.csv", "prompt,n\na,1\n,2\nb,3,4\nc,5\n");
  expect(errors).toBe(2);
  expect(prompts.map(({ text, place }) => [text, place.line])).toEqual([["a", 2], ["c", 5]]); // prettier-ignore
});

test.each([
  ["a column that nobody knows", "a.csv", "prompt,author\na,Ada\n", { code: "unknown_column", column: "author" }],
  ["a character that is not seen", "a.json", '["a\\u0000b\\u202e"]', { code: "characters_left_out", count: 2 }],
  ["the same prompt again", "a.txt", "a\na\n", { code: "repeated_prompt", line: 2 }],
  ["quotes that do not pair up between tabs", "a.tsv", 'prompt\tcategory\na 5" disc\t1\n', { code: "quotes_kept", line: 2 }],
])("%s is said, and the prompt is there", (_, name, text, problem) => {
  const { problems, errors, prompts } = parse(name, text);
  expect(errors).toBe(0);
  expect(problems).toEqual([expect.objectContaining({ severity: "warning", ...problem })]);
  expect(prompts[0].text.startsWith("a")).toBe(true);
}); // prettier-ignore

test("100,000 prompts are read in the time of ten times 10,000, and more than a set may have are refused", () => {
  const csv = (n: number) =>
    `id,prompt,category\n${Array.from({ length: n }, (_, i) => `k${i},"a cup, number ${i}",c${i % 12}`).join("\n")}\n`;
  const timed = (n: number) => {
    const bytes = Buffer.from(csv(n));
    const start = performance.now();
    expect(parse("a.csv", bytes, 100_000).prompts).toHaveLength(n);
    return performance.now() - start;
  };
  timed(5_000);
  const [few, many] = [timed(10_000), timed(100_000)];
  // Twice over, for a machine that is busy; reading that grew with the square would take ten times as long.
  expect(many).toBeLessThan(40 * Math.max(few, 50));
  const { problems, prompts } = parse("a.csv", csv(1_001), 1_000);
  expect(prompts).toEqual([]);
  expect(problems[0]).toMatchObject({ code: "too_many_prompts", limit: 1_000 });
});

test("a thousand errors are counted, and five hundred told", () => {
  const { problems, errors } = parse("a.csv", `prompt,n\n${",1\n".repeat(1_000)}`);
  expect(errors).toBe(1_000);
  expect(problems).toHaveLength(500);
});
