import { describe, expect, it } from "vitest";
import { headOfJson, JsonReader, type JsonLimits, type JsonReply } from "@/lib/providers/json-reader";

const LIMITS = { maxBytes: 2_000_000, media: true };
/** Read it in pieces of so many bytes. */
function read(text: string | Buffer, piece = 65_536, limits: JsonLimits = LIMITS): JsonReply {
  const bytes = Buffer.from(text as string);
  const reader = new JsonReader(limits);
  for (let at = 0; at < bytes.length; at += piece) {
    if (reader.push(bytes.subarray(at, at + piece))) break;
  }
  return reader.end();
}
const bytes = (length: number) => Buffer.from(Array.from({ length }, (_, i) => (i * 7919) % 256));

describe("JSON from outside is read as JSON.parse reads it", () => {
  const values = [
    { data: [{ b64_json: "aGVsbG8=", url: null }], created: 1.5e3 },
    [],
    {},
    { 'a"b\\': '{[,"\\', nested: [[[1], ["]"]], { "}": "" }] },
    { emoji: "🎈 größe", escaped: "\u2028" },
  ];
  it.each([1, 2, 3, 7, 65_536])("in pieces of %i bytes", (piece) => {
    for (const value of values) {
      expect(read(JSON.stringify(value), piece).json).toEqual(value);
      expect(read(JSON.stringify(value, null, 2), piece).json).toEqual(value);
    }
  });

  it.each(["", " ", "OK", "<html>", '{"a":', '{"a":"b', "[1,]", "{]", "]", ',"', "null", '"text"'])(
    "'%s' is no answer",
    (text) => expect(read(text).json).toBeUndefined(),
  );

  it("of a page only the head is read", () => {
    const reader = new JsonReader(LIMITS);
    expect(reader.push(Buffer.from("<!doctype html>".padEnd(30_000)))).toBe(true);
    expect(reader.end().text).toHaveLength(20_000);
  });
});

describe("image data in base64 becomes bytes as it comes", () => {
  const image = bytes(300_001);
  const base64 = image.toString("base64");
  const before = { note: 'a "quoted" note', data: [{}, { b64_json: base64, revised_prompt: "red" }] };

  it.each([1_000, 4_097, 65_536, 400_000])("in pieces of %i bytes", (piece) => {
    const reply = read(JSON.stringify(before), piece);
    const { data } = reply.json as typeof before;
    expect(data[1]).toMatchObject({ revised_prompt: "red" });
    expect(data[1].b64_json!.length).toBeLessThan(100);
    expect(reply.bytesOf(data[1].b64_json!).equals(image)).toBe(true);
  });

  it.each<[string, (text: string) => string]>([
    ["escaped slashes", (text) => text.replaceAll("/", "\\/")],
    ["escaped equal signs", (text) => text.replaceAll("=", "\\u003d")],
    ["every letter escaped", (text) => text.slice(0, 40_000).replace(/./g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`) + text.slice(40_000)], // prettier-ignore
    ["wrapped lines", (text) => text.replace(/.{76}/g, "$&\\r\\n")],
    ["the web's alphabet", (text) => text.replaceAll("+", "-").replaceAll("/", "_")],
    ["a data: address", (text) => `data:image\\/png;base64,${text}`],
  ])("with %s", (_, written) => {
    for (const piece of [777, 65_536]) {
      const reply = read(`{"url":"${written(base64)}"}`, piece);
      const { url } = reply.json as { url: string };
      expect(url).toMatch(/^data:/);
      expect(reply.bytesOf(url).equals(image)).toBe(true);
    }
  });

  it("short, and several of them", () => {
    const short = read(JSON.stringify({ a: "aGVsbG8=", b: "data:image/png;base64,aGVsbG8=" }));
    expect(short.bytesOf("aGVsbG8=").toString()).toBe("hello");
    expect(short.bytesOf("data:image/png;base64,aGVsbG8=").toString()).toBe("hello");
    const several = [bytes(70_000), bytes(80_001), bytes(90_002)];
    const reply = read(JSON.stringify(several.map((each) => each.toString("base64"))));
    (reply.json as string[]).forEach((text, i) => expect(reply.bytesOf(text).equals(several[i])).toBe(true));
  });
});

describe("gives up at the first that is too much, however it is cut", () => {
  const refusals: [string, string, string, JsonLimits?][] = [
    ["11 items", `[${"{},".repeat(10)}{}]`, "TOO_COMPLEX"],
    ["17 levels", "[".repeat(17), "TOO_COMPLEX"],
    ["17 levels of objects", '{"a":'.repeat(17), "TOO_COMPLEX"],
    ["201 fields", `{${Array.from({ length: 201 }, (_, i) => `"${i}":1`).join()}}`, "TOO_COMPLEX"],
    [
      "many values in short lists",
      `[${`[${'{"a":1,"b":2},'.repeat(99)}0],`.repeat(99)}0]`,
      "TOO_COMPLEX",
      { maxBytes: 1e6, maxItems: 100 },
    ],
    ["a long number", `{"a":${"1".repeat(300_000)}}`, "TOO_LARGE"],
    ["much space", " ".repeat(300_000), "TOO_LARGE"],
    ["a long text that is no image's", `{"a":"${"b".repeat(300_000)}"}`, "TOO_LARGE", { maxBytes: 200_000 }],
  ];
  it.each(refusals)("%s", (_, text, reason, limits = LIMITS) => {
    for (const piece of [1_000, 65_536]) {
      expect(() => {
        const reader = new JsonReader(limits);
        for (let at = 0; at < text.length; at += piece) reader.push(Buffer.from(text.slice(at, at + piece)));
      }).toThrow(expect.objectContaining({ reason }));
    }
  });

  it("takes what is just not too much", () => {
    expect(read(`[${"{},".repeat(9)}{}]`).json).toHaveLength(10);
    expect(read("[".repeat(16) + "]".repeat(16)).json).toBeDefined();
  });
});

it("texts come without controls, numbers finite", () => {
  const reply = read(
    '{"a\\u0000b":"x\\u0000\\u001b[31m\\u202ey\\ud800\\n\\tz","n":1e999,"__proto__":{"x":1}}',
  );
  expect(reply.json).toEqual(
    Object.fromEntries([
      ["ab", "x[31my\n\tz"],
      ["n", null],
      ["__proto__", { x: 1 }],
    ]),
  );
  expect(Object.getPrototypeOf(reply.json)).toBe(Object.prototype);
});

it("of an error the head is read, and one that is too much is told without its words", () => {
  const head = (text: string) => {
    const reader = headOfJson();
    reader.push(Buffer.from(text));
    return reader.end();
  };
  expect(head('{"error":{"message":"no"}}').json).toEqual({ error: { message: "no" } });
  expect(head(`[${"{},".repeat(5_000)}{}]`)).toMatchObject({ json: undefined, text: expect.any(String) });
  expect(head(`{"detail":"${"x".repeat(30_000)}"}`).json).toBeUndefined();
});
