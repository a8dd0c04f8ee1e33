import fc from "fast-check";
import { expect, test } from "vitest";
import { writeOwnColumns } from "@/components/leaderboard/own-columns-text";
import { readOwnColumns } from "@/lib/ratings/own-columns";

const name = fc
  .string({ minLength: 1, maxLength: 40 })
  .map((text) => text.replace(/[=;]/g, " ").trim())
  .filter((text) => text !== "");
const formula = fc.constantFrom("elo / log10(price)", "fd_toybox", "2 * (rating - elo)", "elo == 3");

test("a reader's columns survive their own link", () => {
  fc.assert(
    fc.property(fc.array(fc.record({ name, formula }), { maxLength: 8 }), (columns) => {
      const link = new URLSearchParams({ own: writeOwnColumns(columns) }).toString();
      expect(readOwnColumns(new URLSearchParams(link).get("own")!)).toEqual(columns);
    }),
  );
});

test("the signs that part columns cannot be smuggled in by a name", () => {
  const text = writeOwnColumns([{ name: "a=1;b", formula: "elo" }]);
  expect(readOwnColumns(text)).toEqual([{ name: "a 1 b", formula: "elo" }]);
});
