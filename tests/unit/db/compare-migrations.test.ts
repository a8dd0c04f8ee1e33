import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { compareMigrations, schemaProblem } from "@/lib/db/compare-migrations";

const files = [
  { name: "1_init", sql: "create table a ();\n" },
  { name: "2_more", sql: "create table b ();\n" },
];
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const applied = (name: string, text: string, finished = true) => ({
  name,
  checksum: sha256(text),
  finished,
});
const first = applied("1_init", files[0].sql);
const second = applied("2_more", files[1].sql);

test.each([
  ["the same", [first, second], { state: "current" }],
  ["line ends of another system", [first, applied("2_more", "create table b ();\r\n")], { state: "current" }],
  ["nothing yet", [], { state: "behind", names: ["1_init", "2_more"] }],
  ["one to come", [first], { state: "behind", names: ["2_more"] }],
  ["another text", [first, applied("2_more", "drop table a;\n")], { state: "changed", names: ["2_more"] }],
  ["one broke off", [first, { ...second, finished: false }], { state: "broken", names: ["2_more"] }],
  ["one unknown", [first, second, applied("3_new", "")], { state: "newer", names: ["3_new"] }],
  ["unknown and behind", [first, applied("3_new", "")], { state: "newer", names: ["3_new"] }],
])("a database with %s", (_, rows, version) => {
  expect(compareMigrations(rows, files)).toEqual(version);
});

test("every version but the current one is a sentence that names the migration", () => {
  expect(schemaProblem({ state: "current" })).toBeNull();
  for (const state of ["newer", "changed", "broken", "behind"] as const) {
    expect(schemaProblem({ state, names: ["7_x"] })).toContain("7_x");
    expect(schemaProblem({ state, names: ["7_x", "8_y", "9_z"] })).toContain("7_x and 2 more");
  }
});
