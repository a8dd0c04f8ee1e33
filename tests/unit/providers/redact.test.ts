import { expect, test } from "vitest";
import { jsonWithoutKey, redactKey, redactReply, withoutKey } from "@/lib/providers/redact";

const KEY = "k/ey+of<an>account&7";
const base64 = (text: string) => Buffer.from(text).toString("base64");

test.each([
  ["whole", `no account for ${KEY} here`, "no account for [key] here"],
  ["twice", `${KEY}, ${KEY}`, "[key], [key]"],
  ["in an address", `?k=${encodeURIComponent(KEY)}&n=1`, "?k=[key]&n=1"],
  ["in an address, in small letters", encodeURIComponent(KEY).toLowerCase(), "[key]"],
  ["in an address within another", encodeURIComponent(encodeURIComponent(KEY)), "[key]"],
  ["in JSON", `{"a":${JSON.stringify(KEY.replaceAll("/", "\\/"))}}`, '{"a":"[key]"}'],
  [
    "in JSON, all of it escaped",
    Array.from(KEY, (c) => `\\u00${c.charCodeAt(0).toString(16)}`).join(""),
    "[key]",
  ],
  ["in HTML", "<b>k/ey+of&lt;an&gt;account&amp;7</b>", "<b>[key]</b>"],
  ["in HTML by numbers", Array.from(KEY, (c) => `&#${c.charCodeAt(0)};`).join(""), "[key]"],
  ["in base64", `Basic ${base64(KEY)}`, "Basic [key]"],
  ["in base64 of a header", `got ${base64(`Basic x:${KEY}`)}!`, "got [key]!"],
  ["in base64 with another beginning", `got ${base64(`Bearer ${KEY}`)}!`, "got [key]!"],
  ["in base64 of addresses", `got ${Buffer.from(`a${KEY}b`).toString("base64url")}.`, "got [key]."],
  ["cut off", `the key ${KEY.slice(0, 12)}`, "the key [key]"],
])("a key is taken out of what was said: %s", (_how, said, shown) => {
  expect(withoutKey(said, KEY)).toBe(shown);
});

test("each part of a key of several is taken out by itself", () => {
  expect(withoutKey("no user accesskey1 with secretkey2", "accesskey1:secretkey2")).toBe(
    "no user [key] with [key]",
  );
});

test.each([
  ["Incorrect API key provided: sk-abcd****wxyz.", "Incorrect API key provided: sk-[key]."],
  ["Bearer eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJhIn0.c2ln has expired", "Bearer [key] has expired"],
  ["This model is not available in your region", "This model is not available in your region"],
])("%s is shown as %s", (said, shown) => {
  expect(redactKey(said, KEY)).toBe(shown);
});

test("an answer's JSON has the key nowhere, and is the same otherwise", () => {
  const said = { [KEY]: [1, null, { url: `https://a.example/?key=${encodeURIComponent(KEY)}` }], n: true };
  expect(jsonWithoutKey(said, KEY)).toEqual({
    "[key]": [1, null, { url: "https://a.example/?key=[key]" }],
    n: true,
  });
  expect(jsonWithoutKey(said, null)).toBe(said);
});

test("a key within long data is taken out before the data is, and a large reply takes no time", () => {
  const data = base64("x".repeat(60_000));
  const started = performance.now();
  expect(redactReply(`{"b64_json":"${data}","key":"${KEY}"}`, KEY)).toBe(
    '{"b64_json":"[80000 characters of data]","key":"[key]"}',
  );
  expect(performance.now() - started).toBeLessThan(2_000);
});
