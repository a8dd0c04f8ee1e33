import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { registerRate } from "@/cli/rate";
import type { LogVote } from "@/lib/ratings/log/log-vote";
import { readVoteLog } from "@/lib/ratings/log/vote-log";
import { salonCommand } from "../../support/salon-command";

/** Logs as LMArena, GenAI-Arena, spreadsheets and old tools leave them, with the ratings that are right. */
const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
const salon = salonCommand(registerRate);
let folder: string;
const at = (name: string) => path.join(folder, name);
beforeAll(async () => void (folder = await mkdtemp(path.join(tmpdir(), "salon-logs-"))));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function rate(file: string, ...flags: string[]) {
  const { out, error, code } = await salon("rate", file, "--json", ...flags);
  if (code !== 0) return { error, code, votes: 0, ratings: {}, method: null };
  const { votes, models, method } = JSON.parse(out);
  const ratings = Object.fromEntries(
    (models as { model: string; rating: number }[]).map(({ model, rating }) => [
      model,
      Number(rating.toFixed(1)),
    ]),
  );
  return { error, code, votes, ratings, method };
}
const save = async (name: string, data: string | Uint8Array) => {
  await writeFile(at(name), data);
  return at(name);
};

const CLEAN = { gamma: 1088.5, alpha: 1049.2, beta: 957.8, delta: 904.6 };

test("one JSON array, as LMArena and GenAI-Arena publish theirs, is the same log as its lines", async () => {
  for (const file of ["clean_battle.json", "same.jsonl"])
    expect((await rate(fixture(`votes-json-array/${file}`))).ratings).toEqual(CLEAN);
});

test("a JSON array in pieces of any size, with a byte-order mark, reads the same; a broken one names the entry", () => {
  const entries = [1, 2, 3].map((i) => ({
    model_a: `m${i}`,
    model_b: "x",
    winner: "tie",
    prompt: 'a "[{" b',
  }));
  const text = `\ufeff ${JSON.stringify(entries, null, 2)}\n`;
  const read = (source: string, size: number) => {
    const votes: [LogVote, number][] = [];
    const reader = readVoteLog((vote, line) => votes.push([vote, line]));
    for (let k = 0; k < source.length; k += size) reader.push(source.slice(k, k + size));
    reader.end();
    return votes;
  };
  const whole = read(text, text.length);
  expect(whole.map(([{ a }, line]) => [a, line])).toEqual([["m1", 1], ["m2", 2], ["m3", 3]]); // prettier-ignore
  for (const size of [1, 3, 7]) expect(read(text, size)).toEqual(whole);
  expect(() => read(text.slice(0, -20), 9)).toThrow(/line 3/);
  expect(() => read('[{"model_a":"x"}]', 9)).toThrow(/line 1: a model's name is missing/);
  expect(() => read("[1]", 9)).toThrow(/line 1: not a JSON object/);
});

test("LMArena's 55k layout, one column an outcome", async () => {
  const { votes, ratings } = await rate(fixture("votes-one-hot/train.csv"));
  expect({ votes, ratings }).toEqual({ votes: 40, ratings: CLEAN });
  const head = "model_a,model_b,winner_model_a,winner_model_b,winner_tie\n";
  for (const row of ["x,y,1,1,0", "x,y,0,0,0", "x,y,2,0,1"]) {
    const { error, code } = await rate(await save("odd.csv", `${head}${row}\n`));
    expect(code).toBe(2);
    expect(error).toMatch(/line 2: of winner_model_a, winner_model_b, winner_tie exactly one must be 1/);
  }
});

test("tabs, semicolons, carriage returns, gzip and UTF-16 read as the plain file does", async () => {
  const plain = await rate(fixture("votes-separators/comma.csv"));
  expect(plain).toMatchObject({ votes: 30, ratings: { gamma: 1112.7 } });
  const text = "model_a;model_b;winner\r\nx;y;model_a\r\nx;y;tie\r\n";
  const expected = await rate(await save("plain.csv", text));
  expect(expected.votes).toBe(2);
  for (const file of ["cr-only.csv", "log.csv.gz", "semicolon.csv", "tab.tsv"]) {
    const { votes, ratings } = await rate(fixture(`votes-separators/${file}`));
    expect({ file, votes, ratings }).toEqual({ file, votes: 30, ratings: plain.ratings });
  }
  for (const [name, bytes] of Object.entries({
    "le.csv": Buffer.from(`\ufeff${text}`, "utf16le"),
    "be.csv": Buffer.from(`\ufeff${text}`, "utf16le").swap16(),
    "le.csv.gz": gzipSync(Buffer.from(`\ufeff${text}`, "utf16le")),
    "named.jsonl": Buffer.from(text),
  })) {
    const { votes, ratings } = await rate(await save(name, bytes));
    expect({ name, votes, ratings }).toEqual({ name, votes: 2, ratings: expected.ratings });
  }
});

describe("what is no vote log is refused by a line that says what it is", () => {
  test.each([
    ["a Parquet file", Buffer.from("PAR1\x15\x04\x15"), /is a Parquet file: save it as CSV/],
    ["a spreadsheet", Buffer.from("PK\x03\x04\x14\0\x06\0"), /is a zip archive or a spreadsheet/],
    ["zstd", Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 4, 0, 0, 0]), /compressed with zstd/],
    ["UTF-16 without a mark", Buffer.from("model_a,model_b,winner", "utf16le"), /UTF-16 or UTF-32 without a byte-order mark/], // prettier-ignore
    ["a cut gzip", gzipSync("model_a,model_b,winner\nx,y,tie\n").subarray(0, 30), /gzip that is damaged or cut off/], // prettier-ignore
    ["Latin-1", Buffer.from("model_a,model_b,winner\ncaf\xe9,y,tie\n", "latin1"), /not text in UTF-8/],
    ["an empty file", Buffer.from(""), /the file is empty/],
    ["a header alone", Buffer.from("model_a,model_b,winner\n"), /the log holds no votes/],
    ["an empty array", Buffer.from("[]"), /the log holds no votes/],
    ["another table", Buffer.from("id;name\n1;x\n"), /no column model_a or left/],
  ])("%s", async (_name, bytes, message) => {
    const { error, code } = await rate(await save("what.csv", bytes));
    expect(code).toBe(2);
    expect(error).toMatch(message);
  });

  test("more models than a board can have, before memory is gone", async () => {
    const rows = Array.from({ length: 3_001 }, (_, i) => `m${i},x,tie`);
    const { error, code } = await rate(
      await save("many.csv", `model_a,model_b,winner\n${rows.join("\n")}\n`),
    );
    expect(code).toBe(2);
    expect(error).toMatch(/more than 3000 models: is this the column of their names\?/);
  });
});

test("votes cast with the names in sight are left out with a note; an option brings them back", async () => {
  const { out } = await salon("rate", fixture("votes-anony/anony.csv"));
  expect(out).toContain("left out: 200 (names shown)");
  const blind = await rate(fixture("votes-anony/anony.csv"));
  expect(blind.ratings).toEqual({ unknown: 1012.2, famous: 987.8 });
  expect(blind.ratings).toEqual((await rate(fixture("votes-anony/blind-only.csv"))).ratings);
  const all = await rate(fixture("votes-anony/anony.csv"), "--count-shown-names");
  expect(all).toMatchObject({ votes: 400, ratings: { famous: 1087.5, unknown: 912.5 } });
});

test("words for the winner are read whatever their case, spaces and brackets; others are refused with the list", async () => {
  const head = "model_a,model_b,winner\n";
  const words = ["Tie", "TIE", "tie (bothbad)", "Both Bad", "A", "Model A", "model-b", "LEFT"];
  const { votes } = await rate(await save("words.csv", head + words.map((word) => `x,y,${word}\n`).join("")));
  expect(votes).toBe(words.length);
  for (const word of ["skip", "nan", "x", ""]) {
    const { error, code } = await rate(await save("word.csv", `${head}x,y,${word}\n`));
    expect(code).toBe(2);
    expect(error).toMatch(/line 2: winner is .*, not one of model_a, model_b/);
  }
});

test("clusters by voter need voters: without any it is refused, without some it is said", async () => {
  const head = "model_a,model_b,winner,judge\n";
  const none = await rate(await save("none.csv", "model_a,model_b,winner\nx,y,tie\nx,y,model_a\n"), "--cluster", "voter"); // prettier-ignore
  expect(none.code).toBe(2);
  expect(none.error).toMatch(/no vote names its voter, so --cluster voter has nothing to go by/);
  const rows = ["x,y,tie,v1", "x,y,model_a,v1", "x,y,model_b,v2", "x,y,model_b,"];
  const some = await rate(await save("some.csv", `${head}${rows.join("\n")}\n`), "--cluster", "voter");
  expect(some.method.notes).toContain("1 votes name no voter: each is a cluster of its own.");
});
