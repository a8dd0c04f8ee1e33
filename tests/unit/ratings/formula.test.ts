import fc from "fast-check";
import { expect, test } from "vitest";
import { compileFormula, FormulaError } from "@/lib/ratings/formula";

const COLUMNS = ["elo", "price", "votes"];
const row = { elo: 1200, price: 100, votes: 50 };

test("arithmetic and the allowed functions compute what they say", () => {
  const cases: [string, number][] = [
    ["elo / log10(price)", 600],
    ["-2^2 + 3 * (4 - 1)", 5],
    ["2^3^2", 512],
    ["max(elo, price, 3) - min(1, 2)", 1199],
    ["sqrt(abs(-16)) + exp(0) + log2(8) + round(2.4) + floor(1.9) + ceil(1.1)", 4 + 1 + 3 + 2 + 1 + 2],
    ["1.5e3 + .5", 1500.5],
    ["2 elo", 2400],
  ];
  for (const [source, value] of cases) expect(compileFormula(source, COLUMNS)(row)).toBeCloseTo(value, 12);
});

test("a missing value makes the result missing, never zero; so does an infinite one", () => {
  expect(compileFormula("elo / price", COLUMNS)({ elo: 1, price: null })).toBeNull();
  expect(compileFormula("max(elo, price)", COLUMNS)({ elo: 1 })).toBeNull();
  expect(compileFormula("price ^ 0", COLUMNS)({})).toBeNull();
  expect(compileFormula("elo / 0", COLUMNS)(row)).toBeNull();
  expect(compileFormula("log(-elo)", COLUMNS)(row)).toBeNull();
});

test("a wrong formula says where", () => {
  const cases: [string, number][] = [
    ["elo / prise", 6],
    ["elo + * 2", 6],
    ["(elo + 1", 8],
    ["elo; 1", 3],
    ["log(elo) + log10(1, 2)", 11],
    ["elo + random()", 6],
    ["", 0],
    ["elo = 3", 4],
    ["'text'", 0],
    ["elo[1]", 3],
    ["elo.x", 3],
    ["1 +", 3],
  ];
  for (const [source, position] of cases) {
    let error: unknown;
    try {
      compileFormula(source, COLUMNS);
    } catch (thrown) {
      error = thrown;
    }
    expect(error, source).toBeInstanceOf(FormulaError);
    expect((error as FormulaError).position, source).toBe(position);
    expect((error as FormulaError).message).toContain(`position ${position + 1}`);
  }
});

test("nothing but arithmetic gets through: no names of the language, no code", () => {
  for (const source of [
    "constructor",
    "toString()",
    "__proto__",
    "f(x) = x",
    "import({})",
    "eval('1')",
    "x => x",
    "elo ? 1 : 2",
    "[1,2]",
    "1:2",
    "elo!",
    "5 mod 2",
    "elo in price",
    "a".repeat(500),
  ]) {
    expect(() => compileFormula(source, COLUMNS), source).toThrow(FormulaError);
  }
  expect(() => compileFormula("hasOwnProperty(1)", COLUMNS)).toThrow(/no function/);
});

test("whatever is typed, the answer is a number, null or a FormulaError", () => {
  const piece = fc.constantFrom(
    "elo",
    "price",
    "(",
    ")",
    "+",
    "-",
    "*",
    "/",
    "^",
    ",",
    " ",
    "log10(",
    "max(",
    "1",
    "2.5",
    "mod",
    "e",
    '"',
    "%",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ maxLength: 30 }),
        fc.array(piece, { maxLength: 12 }).map((p) => p.join("")),
      ),
      (source) => {
        try {
          const value = compileFormula(source, COLUMNS)(row);
          expect(value === null || Number.isFinite(value)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(FormulaError);
          expect((error as FormulaError).position).toBeGreaterThanOrEqual(0);
        }
      },
    ),
    { numRuns: 500 },
  );
});
