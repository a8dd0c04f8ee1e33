import fc from "fast-check";
import { expect, test } from "vitest";
import {
  DEFAULT_STATE,
  isShown,
  parseTableState,
  usualColumns,
  writeTableState,
  type TableState,
} from "@/components/leaderboard/table-state";

const id = fc.constantFrom("rank", "rating", "fd-toybox", "pricePer1k", "openWeights");
const state: fc.Arbitrary<TableState> = fc.record({
  sort: fc.record({ id, desc: fc.boolean() }),
  query: fc.string().map((text) => text.trim()),
  openWeights: fc.constantFrom("yes", "no", null),
  licence: fc.option(fc.string({ minLength: 1 })),
  maxPrice: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }).map(Math.abs)),
  maxLatency: fc.option(fc.nat()),
  maxSize: fc.option(fc.nat()),
  paradigm: fc.option(fc.string({ minLength: 1 })),
  columns: fc.option(fc.uniqueArray(id, { minLength: 1 })),
});

test("every state of the board survives its own link", () => {
  fc.assert(
    fc.property(state, (state) => {
      expect(parseTableState(new URLSearchParams(writeTableState(state)))).toEqual(state);
    }),
  );
});

test("a board as first seen has a bare address, and what is not the table's own is kept", () => {
  expect(writeTableState(DEFAULT_STATE)).toBe("");
  expect(writeTableState(DEFAULT_STATE, "?category=counting&sort=-elo")).toBe("category=counting");
});

test("a link with words it does not know falls back instead of failing", () => {
  const parsed = parseTableState(
    new URLSearchParams("open=maybe&cols=&sort=&price=cheap&latency=-1&licence="),
  );
  expect(parsed).toEqual({ ...DEFAULT_STATE, columns: [] });
});

test("columns named in a link are shown and no others", () => {
  const parsed = parseTableState(new URLSearchParams("cols=elo.rating"));
  const usual = new Set(["votes"]);
  expect(["elo", "rating", "votes"].map((id) => isShown(id, parsed, usual))).toEqual([true, true, false]);
});

test("six columns are shown at first, none of them empty, and beside them the one that the table is sorted by", () => {
  const filled = new Set([
    "rank",
    "model",
    "rating",
    "fd-toybox",
    "fid",
    "latency",
    "votes",
    "openWeights",
    "elo",
  ]);
  const usual = usualColumns(filled, ["fd-toybox", "fid"]);
  expect([...usual]).toEqual(["rank", "model", "rating", "fd-toybox", "latency", "votes"]);
  expect(usualColumns(new Set([...filled, "pricePer1k"]), ["fid"])).toContain("pricePer1k");
  expect([...usualColumns(new Set(["rank", "model", "rating"]), ["fd-toybox"])]).toHaveLength(3);
  const sorted = parseTableState(new URLSearchParams("sort=-elo"));
  expect(["elo", "fid"].map((id) => isShown(id, sorted, usual))).toEqual([true, false]);
});
