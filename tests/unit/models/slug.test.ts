import fc from "fast-check";
import { expect, test } from "vitest";
import { slugOf } from "@/lib/models/add-model";

test.each([
  ["FLUX.2 [dev]", "flux-2-dev"],
  ["gpt4oImage's & Co", "gpt4oimage-s-co"],
  ["  Größe  ", "groesse"],
  ["Кандинский 3", "kandinskiy-3"],
  ["Mộng Mơ", "mong-mo"],
  ["ＦＬＵＸ", "flux"],
  ["模型", "model"],
  ["🦄", "model"],
  ["", "model"],
])("the slug of %j is %s", (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

test("a slug has at most 60 characters of a-z, 0-9 and single inner hyphens, whatever the name", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 90 }), (name) => {
      expect(slugOf(name)).toMatch(/^(?=.{1,60}$)[a-z0-9]+(-[a-z0-9]+)*$/);
    }),
  );
});

test("an ASCII name's slug is its letters and digits, joined by hyphens, as it always was", () => {
  const before = (name: string) =>
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "")
      .slice(0, 60)
      .replace(/-$/, "") || "model";
  fc.assert(
    fc.property(fc.string({ unit: "grapheme-ascii", maxLength: 90 }), (name) => {
      expect(slugOf(name)).toBe(before(name));
    }),
    { numRuns: 2000 },
  );
});
