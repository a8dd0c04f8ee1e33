import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { describeEnv } from "@/lib/env";

test("docs/configuration.md has every variable with its default and meaning as they are in the code, and no other", () => {
  const rows = readFileSync("docs/configuration.md", "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) =>
      line
        .slice(1, -1)
        .split(" | ")
        .map((cell) => cell.trim()),
    );
  const expected = describeEnv().map(({ name, fallback, meaning }) => [
    `\`${name}\``,
    fallback === "" ? "" : `\`${fallback}\``,
    meaning,
  ]);
  expect(rows.map(([name]) => name)).toEqual(expected.map(([name]) => name));
  expect(rows).toEqual(expected);
});
