import { expect, test } from "vitest";
import { languageFor } from "@/lib/schemas/languages";

test("the chosen language goes before the browser's, and English stands in for those that the site does not speak", () => {
  expect(languageFor("ja", "de")).toBe("ja");
  expect(languageFor("tlh", "de")).toBe("de");
  expect(languageFor(undefined, "pl, cs;q=0.8")).toBe("en");
  expect(languageFor(undefined, undefined)).toBe("en");
  expect(languageFor("constructor", "__proto__")).toBe("en");
});

test("of the browser's languages the best that the site speaks is taken, by weight and then by order, whatever the region", () => {
  expect(languageFor(undefined, "en;q=0.5, fr-CA;q=0.9, de;q=0.7")).toBe("fr");
  expect(languageFor(undefined, "pl, zh-Hans-CN, ja")).toBe("zh");
  expect(languageFor(undefined, "de;q=0, ja;q=0.1")).toBe("ja");
  expect(languageFor(undefined, "DE-AT")).toBe("de");
});

test("the pseudo-language is for who asks the site for it by its settings", () => {
  expect(languageFor("en-XA", "de")).toBe("de");
  expect(languageFor("en-XA", "de", true)).toBe("en-XA");
  expect(languageFor(undefined, "en-XA", true)).toBe("en");
});
