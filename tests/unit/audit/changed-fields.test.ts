import { expect, test } from "vitest";
import { changedFields } from "@/lib/audit/changed-fields";

test("only the fields that differ are told, of both sides", () => {
  expect(changedFields({ a: 1, b: [1, { c: 2 }] }, { a: 1, b: [1, { c: 3 }] })).toEqual({
    before: { b: [1, { c: 2 }] },
    after: { b: [1, { c: 3 }] },
  });
  expect(changedFields({ a: 1 }, { a: 1 })).toBeNull();
});

test("of a thing that is new or gone all fields are told, of its one side", () => {
  expect(changedFields(null, { a: new Date(0), b: undefined })).toEqual({
    before: null,
    after: { a: "1970-01-01T00:00:00.000Z" },
  });
  expect(changedFields({ a: 1n }, null)).toEqual({ before: { a: "1" }, after: null });
});

test("secrets and e-mail addresses are told only as changed, at any depth", () => {
  const secrets = { apiKey: "sk-1", sealed: "v1.x", inner: { token: "t", list: [{ password: "p" }] }, email: "a@b.c" }; // prettier-ignore
  const told = JSON.stringify(changedFields(null, secrets));
  for (const secret of ["sk-1", "v1.x", '"t"', '"p"', "a@b.c"]) expect(told).not.toContain(secret);
  expect(changedFields({ apiKey: null }, { apiKey: "sk-2" })).toEqual({
    before: { apiKey: null },
    after: { apiKey: "changed" },
  });
});

test("an http address is told without its password and its query, which may hold keys", () => {
  expect(changedFields(null, { url: "https://me:pw@host.example/v1?code=abc#d" })?.after).toEqual({
    url: "https://host.example/v1",
  });
});

test("a long text is cut", () => {
  const after = changedFields(null, { text: "x".repeat(2_000) })?.after;
  expect(after).toEqual({ text: `${"x".repeat(500)}…` });
});

test("what the database cannot keep of a text is left out: a NUL, half of a character, also where a text is cut", () => {
  const text = `a\0b\ud800c`;
  expect(changedFields(null, { text })?.after).toEqual({ text: "ab\ufffdc" });
  const cut = changedFields(null, { text: `${"x".repeat(499)}\u{1f600}${"y".repeat(9)}` })?.after?.text;
  expect(cut).toBe(`${"x".repeat(499)}\ufffd…`);
});
