import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readFormatOptions } from "@/lib/schemas/formats/format-options";
import { formatRows, taskRows } from "@/lib/schemas/formats/format-rows";

const page = readFileSync("docs/endpoints.md", "utf8");

test.each([
  ["of formats", formatRows],
  ["of edits and videos", taskRows],
])("docs/endpoints.md has the table %s as it is in the code", (_what, rowsOf) => {
  const expected = rowsOf();
  const rows = page
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) => line.slice(1, -1).split("|"))
    .filter((row) => row.length === expected[0].length && !row[0].includes("---"))
    .map((row) => row.map((cell) => cell.trim()));
  const text = expected.map((row) => `| ${row.join(" | ")} |`).join("\n");
  expect(rows, `It should be:\n${text}`).toEqual(expected);
});

test("every template that docs/endpoints.md shows is one", () => {
  const shown = [...page.matchAll(/```json (http|comfyui)\n(.*?)```/gs)];
  expect(shown.map(([, format]) => format)).toEqual(["http", "http", "http", "http", "comfyui"]);
  for (const [, format, text] of shown)
    expect(readFormatOptions(format as "http", JSON.parse(text)), text).toMatchObject({
      options: expect.anything() as unknown,
    });
});

test.each([
  ["a key in a header", { headers: { "X-Api-Key": "abc" }, template: "{{prompt}}" }, "may not hold a key"],
  ["a cookie", { headers: { Cookie: "{{api_key}}" }, template: "{{prompt}}" }, "may not hold Cookie"],
  ["no prompt", { template: { text: "a cup" } }, "holds no {{prompt}}"],
  ["an id that nothing is done with", { template: "{{prompt}}", id: "id" }, "needs both id and pollUrl"],
  ["an unknown word", { template: "{{prompt}}", imagePath: "x" }, "Unrecognized key"],
])("a template with %s is refused with a sentence", (_what, options, words) => {
  expect(readFormatOptions("http", options)).toMatchObject({
    problem: expect.stringContaining(words) as unknown,
  });
});
