import type { IncomingMessage, ServerResponse } from "node:http";
import { createGzip } from "node:zlib";
import { Readable } from "node:stream";
import { startServer, type TestServer } from "./http-server";

const MB = 1_000_000;

/** A beginning, then one piece over and over until there are so many bytes, then an end. */
function* repeated(start: string, piece: string, bytes: number, end = ""): Generator<string> {
  yield start;
  const block = piece.repeat(Math.ceil(65_536 / piece.length));
  for (let sent = 0; sent < bytes; sent += block.length) yield block;
  yield end;
}
function* manyKeys(bytes: number): Generator<string> {
  yield "{";
  for (let sent = 0, key = 0; sent < bytes;) {
    let block = "";
    while (block.length < 65_536) block += `"k${key++}":0,`;
    sent += block.length;
    yield block;
  }
  yield '"end":0}';
}
/** A completion whose words are so many characters. */
const completion = (words: string) => JSON.stringify({ choices: [{ message: { content: words } }] });

/** Answers made to exhaust whoever reads them, by the first part of the path. */
const BOMBS: Record<string, () => Iterable<string>> = {
  "26 million empty objects": () => repeated('{"data":[', "{},", 78 * MB, "{}]}"),
  "60 MB of opening brackets": () => repeated("", "[", 60 * MB),
  "60 MB of opening objects": () => repeated("", '{"a":', 60 * MB),
  "an object of 5 million keys": () => manyKeys(60 * MB),
  "93 MB of base64 that is no image": () => repeated('{"data":[{"b64_json":"', "QUJD", 92 * MB, '"}]}'),
  "90 MB of escaped base64": () => repeated('{"data":[{"b64_json":"', "\\/", 90 * MB, '"}]}'),
  "90 MB of base64 in Unicode escapes": () => repeated('{"data":[{"b64_json":"', "\\u0041", 90 * MB, '"}]}'),
  "400 MB of text": () => repeated('{"data":[{"revised_prompt":"', "a", 400 * MB),
  "400 MB of space": () => repeated("", " ", 400 * MB),
  "a number of 90 million digits": () => repeated('{"created":', "1", 90 * MB, "}"),
  "1,400 texts of 64 kB": () =>
    repeated('{"data":[{"b64_json":["', `${"QUJD".repeat(16_500)}","`, 90 * MB, '"]}]}'),
  "a result of 400 MB": () => ['{"data":[{"url":"/endless"}]}'],
};
/** Answers of a judge whose form is right, and whose words are made to exhaust whoever mends them. */
const WORDS: Record<string, () => Iterable<string>> = {
  "words of 30,000 opening brackets": () => [completion("[".repeat(30_000))],
  "words of 30,000 opening objects": () => [completion('{"a":'.repeat(6_000))],
  "words of 30,000 quotes": () => [completion(`{${"'".repeat(30_000)}`)],
  "words of 30,000 backslashes": () => [completion(`{"${"\\".repeat(30_000)}`)],
  "words of 30,000 commas": () => [completion(`{${",".repeat(30_000)}`)],
  "words of 30,000 comments": () => [completion(`{${"/*".repeat(15_000)}`)],
  "words of 30,000 spaces": () => [completion(`{${" ".repeat(30_000)}x`)],
};
/** So many objects of fields that no other has, within what a judge may say of the probabilities of its tokens. */
const fields = (objects: number, each: number) =>
  Array.from({ length: objects }, (_, i) => `{${Array.from({ length: each }, (_, j) => `"k${i}_${j}":0`)}}`);
const PROBABILITIES: Record<string, () => Iterable<string>> = {
  "110,000 different fields": () => [`{"choices":[],"logprobs":[${fields(600, 190)}]}`],
  "110,000 lists": () => [`{"choices":[],"logprobs":[${Array(150).fill(`[${Array(700).fill("[]")}]`)}]}`],
  "1.8 MB of tokens that are no more than asked for": () => {
    const token = { token: "abc", logprob: -1.5, bytes: [1, 2, 3] };
    const content = Array(700).fill({ ...token, top_logprobs: Array(20).fill(token) });
    return [JSON.stringify({ choices: [{ message: { content: "A" }, logprobs: { content } }] })];
  },
};
export const BOMB_NAMES = Object.keys(BOMBS);
export const PROBABILITY_BOMB_NAMES = Object.keys(PROBABILITIES);
export const WORD_BOMB_NAMES = Object.keys(WORDS);

/** `gzip` in a path compresses the answer, `500` makes it an error. */
export async function startBombEndpoint(): Promise<TestServer> {
  return startServer((request: IncomingMessage, response: ServerResponse) => {
    request.resume();
    const parts = decodeURIComponent(request.url!.split("?")[0]).split("/");
    const content = parts.includes("endless")
      ? repeated("", "\x89PNG", 400 * MB)
      : { ...BOMBS, ...WORDS, ...PROBABILITIES }[parts[1]]();
    const gzip = parts.includes("gzip");
    response.writeHead(parts.includes("500") ? 500 : 200, {
      "content-type": "application/json",
      ...(gzip && { "content-encoding": "gzip" }),
    });
    const source = Readable.from(content, { objectMode: false });
    const coded = gzip ? source.pipe(createGzip({ level: 1 })) : source;
    coded.pipe(response);
    response.on("close", () => source.destroy());
  });
}
