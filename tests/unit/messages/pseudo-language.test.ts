import compile from "icu-minify/compile";
import formatMessage, { type FormatOptions } from "icu-minify/format";
import { expect, test } from "vitest";
import { isOutside, marked } from "@/messages/pseudo-language";

const formatters: FormatOptions["formatters"] = {
  getNumberFormat: (...args) => new Intl.NumberFormat(...args),
  getDateTimeFormat: (...args) => new Intl.DateTimeFormat(...args),
  getPluralRules: (...args) => new Intl.PluralRules(...args),
};
const say = (message: string, values: Record<string, string | number> = {}) =>
  String(
    [
      formatMessage(
        marked(compile(message)),
        "en",
        { ...values, b: (chunks: string[]) => chunks.join("") },
        { formatters },
      ),
    ]
      .flat()
      .join(""),
  );
const visible = (text: string) => text.replace(/[\u2068\u2069]/g, "");

test("every letter of a message is marked, in plurals, choices and tags too; what it is given stays", () => {
  expect(visible(say("Remove {name}", { name: "Toybox" }))).toBe("[Ŕéḿöṽé Toybox]");
  const votes = "{n, plural, =0 {no votes} one {# vote of {name}} other {# votes}} are <b>in <b>it</b></b>";
  for (const n of [0, 1, 2_000]) expect(isOutside(say(votes, { n, name: "Toybox" })), String(n)).toBe(false);
  const chosen = "{side, select, a {left} other {right, {n, number}}}";
  for (const side of ["a", "b"]) expect(isOutside(say(chosen, { side, n: 2 }))).toBe(false);
});

test("letters that no message gave are outside; numbers, units and values are not", () => {
  for (const text of ["Vote", "[Ṽöţé] now", "12 votes", "x"]) expect(isOutside(text), text).toBe(true);
  for (const text of ["12", "2.4 s", "840 ms", "22 MB", "18:52 UTC", "–", "5.3M", "[Ṽöţé]"])
    expect(isOutside(text), text).toBe(false);
});
