import { readdirSync, readFileSync } from "node:fs";
import compile from "icu-minify/compile";
import { describe, expect, test } from "vitest";
import { OFFERED_LANGUAGES } from "@/lib/schemas/languages";
import { AREAS } from "@/messages/areas";
import { textsOf, withEnglish, type Texts } from "@/messages/catalogue";

/** Messages by their whole key: `pages.arena`. */
function flat(texts: Texts, prefix = ""): [key: string, message: string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[prefix + key, value]] : flat(value, `${prefix}${key}.`),
  );
}

/** What a message is given, and its tags; in icu-minify's numbers, 1 to 3 are choices, 4 to 6 numbers, dates and times. */
function inputsOf(message: string): string[] {
  const found = new Set<string>();
  const visit = (node: unknown): void => {
    if (!Array.isArray(node)) return;
    const [name, kind, ...rest] = node as [string, unknown, ...unknown[]];
    if (typeof kind !== "number" || kind === 0) {
      found.add(kind === undefined ? name : `<${name}>`);
      return [kind, ...rest].forEach(visit);
    }
    found.add(name);
    // Which words a choice is between is part of the code; which plurals there are, of the language.
    if (kind === 1) found.add(`${name}: ${Object.keys(rest[0] as object).sort()}`);
    if (kind <= 3) for (const content of Object.values(rest[0] as object)) list(content);
  };
  const list = (content: unknown) => (Array.isArray(content) ? content.forEach(visit) : visit(content));
  list(compile(message));
  return [...found].sort();
}

describe.each(AREAS)("the messages of %s", (area) => {
  test("are the same in every language, and are given the same", async () => {
    const english = flat(await textsOf("en", area));
    for (const language of OFFERED_LANGUAGES) {
      const own = flat(await textsOf(language, area));
      expect(own.map(([key]) => key).sort(), language).toEqual(english.map(([key]) => key).sort());
      const inputs = new Map(own.map(([key, message]) => [key, inputsOf(message)]));
      for (const [key, message] of english)
        expect(inputs.get(key), `${language}: ${area}.${key}`).toEqual(inputsOf(message));
    }
  });
});

test("every area has its file in every language, and no file is without an area", () => {
  for (const language of OFFERED_LANGUAGES)
    expect(readdirSync(`messages/${language}`).sort(), language).toEqual(
      AREAS.map((area) => `${area}.json`).sort(),
    );
});

test("no message is left that the code does not name", async () => {
  const code = ["app", "components"]
    .flatMap((folder) => readdirSync(folder, { recursive: true }).map((file) => `${folder}/${String(file)}`))
    .filter((file) => /(?<!\.test)\.tsx?$/.test(file))
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
  const words = new Set(code.match(/[\w-]+/g));
  for (const area of AREAS)
    for (const [key] of flat(await textsOf("en", area)))
      expect(words.has(key.split(".").at(-1)!), `${area}.${key}`).toBe(true);
});

test("what a language lacks is said in English", () => {
  const english = { a: "One", b: { c: "Two", d: "Three" } };
  expect(withEnglish(english, { b: { c: "Zwei" }, e: "Vier" })).toEqual({
    a: "One",
    b: { c: "Zwei", d: "Three" },
  });
});
