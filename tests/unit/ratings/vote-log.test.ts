import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { registerRate } from "@/cli/rate";
import { csvRow, CsvReader, LineError } from "@/lib/ratings/log/csv";
import { countPairs } from "@/lib/ratings/pair-counts";
import { buildSnapshotFromVotes } from "@/lib/ratings/snapshot";
import { voteColumns } from "@/lib/ratings/log/vote-columns";
import { VoteCounter } from "@/lib/ratings/log/vote-counter";
import type { LogVote } from "@/lib/ratings/log/log-vote";
import { readVoteLog } from "@/lib/ratings/log/vote-log";
import { voteLogColumns } from "@/lib/ratings/log/write-vote-log";
import { tableFile } from "@/lib/tables/table-file";
import { rateReport } from "@/lib/schemas/vote-log";
import type { RateReport, VoteLogRow } from "@/lib/schemas/vote-log";
import { randomLog, voteLogs } from "./arbitraries";

function csvRows(text: string, size = text.length || 1): [string[], number][] {
  const rows: [string[], number][] = [];
  const reader = new CsvReader((fields, line) => rows.push([fields, line]));
  for (let k = 0; k < text.length; k += size) reader.push(text.slice(k, k + size));
  reader.end();
  return rows;
}

function read(text: string): LogVote[] {
  const votes: LogVote[] = [];
  const reader = readVoteLog((vote) => votes.push(vote));
  reader.push(text);
  reader.end();
  return votes;
}

function lineOf(text: string): number {
  try {
    read(text);
  } catch (error) {
    if (error instanceof LineError) return error.line;
    throw error;
  }
  return 0;
}

test("CSV reads back whatever was written, in pieces of any size, with the line each row starts on", () => {
  const field = fc.string({
    unit: fc.constantFrom("a", "é", '"', ",", "\n", "\r\n", " ", "字"),
    maxLength: 6,
  });
  const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(
      table,
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom("\n", "\r\n"),
      (rows, size, newline) => {
        const text = rows.map(csvRow).join(newline);
        const parsed = csvRows(text, size);
        expect(parsed.map(([fields]) => fields)).toEqual(rows);
        let line = 1;
        parsed.forEach(([fields, at]) => {
          expect(at).toBe(line);
          line += 1 + fields.join("").split("\n").length - 1;
        });
        expect(csvRows(text + newline, size)).toEqual(parsed);
      },
    ),
    { numRuns: 300 },
  );
});

test("CSV: byte-order mark, blank lines and empty fields", () => {
  expect(csvRows('\ufeffa,b\n\n"x",\r\n,y')).toEqual([
    [["a", "b"], 1],
    [["x", ""], 3],
    [["", "y"], 4],
  ]);
});

test("CSV: broken quoting is reported with its line", () => {
  expect(() => csvRows('a,b\n"x"y,z')).toThrow(/line 2: text follows/);
  expect(() => csvRows('a,b\nx,"never\nclosed')).toThrow(/line 2: a quoted field is never closed/);
  expect(() => csvRows('a,b\n"p\nq",x"y"')).toThrow(/line 3: a quote inside/);
});

test("the LMArena layout, its words for ties, and left/right columns all read the same", () => {
  const expected = [
    { a: "x", b: "y", outcome: "a" },
    { a: "y", b: "x", outcome: "b" },
    { a: "x", b: "y", outcome: "tie" },
    { a: "x", b: "y", outcome: "both_bad" },
  ];
  const arena = "model_a,model_b,winner\nx,y,model_a\ny,x,model_b\nx,y,tie\nx,y,tie (bothbad)\n";
  const sides = "left,right,winner\nx,y,left\ny,x,right\nx,y,tie\nx,y,both_bad\n";
  expect(read(arena)).toEqual(expected);
  expect(read(sides)).toEqual(expected);
  const json =
    '{"model_a":"x","model_b":"y","winner":"model_a","judge":"v1","tstamp":12.5,"conversation":[1]}\n\n';
  expect(read(json)).toEqual([{ a: "x", b: "y", outcome: "a", voter: "v1", time: "12.5" }]);
});

test("columns in any order, extra columns, quoted prompts with line breaks", () => {
  const text = 'turn,winner,judge,prompt,model_b,model_a\n1,model_b,v9,"a cat,\non a ""mat""",y,x\n';
  expect(read(text)).toEqual([{ a: "x", b: "y", outcome: "b", voter: "v9", prompt: 'a cat,\non a "mat"' }]);
});

test("a malformed row is reported with its line number", () => {
  const head = "model_a,model_b,winner\nx,y,tie\n";
  expect(lineOf(`${head}x,y,banana\n`)).toBe(3);
  expect(lineOf(`${head}x,y\n`)).toBe(3);
  expect(lineOf(`${head}x,x,tie\n`)).toBe(3);
  expect(lineOf(`${head}\n,y,tie\n`)).toBe(4);
  expect(lineOf("model_a,winner\nx,tie\n")).toBe(1);
  expect(lineOf("")).toBe(1);
  const good = '{"model_a":"x","model_b":"y","winner":"tie"}\n';
  expect(lineOf(`${good}{"model_a":"x"}\n`)).toBe(2);
  expect(lineOf(`${good}${good}not json`)).toBe(3);
  expect(lineOf(`${good}[1]\n`)).toBe(2);
});

test("an exported log reads back as the same votes, with what is left out and what was said of single criteria", async () => {
  const row: VoteLogRow = {
    model_a: "x",
    model_b: "y",
    winner: "both_bad",
    judge: "v1",
    prompt: 'say "hi",\nthen',
    tstamp: 5,
    excluded: "a bot, they say",
    winner_aesthetics: "model_b",
    winner_motion: "tie",
  };
  const vote = {
    a: "x",
    b: "y",
    outcome: "both_bad",
    voter: "v1",
    prompt: 'say "hi",\nthen',
    time: "5",
    excluded: "a bot, they say",
    criteria: { aesthetics: "b", motion: "tie" },
  };
  const written = async (format: "csv" | "jsonl") => {
    let text = "";
    const pages = (async function* () {
      yield [row];
    })();
    for await (const piece of tableFile(format, voteLogColumns(), pages)) text += String(piece);
    return text;
  };
  expect(read(await written("csv"))).toEqual([vote]);
  expect(read(await written("jsonl"))).toEqual([vote]);
  const head = "model_a,model_b,winner,excluded,winner_motion\n";
  expect(read(`${head}x,y,tie,false,\nx,y,tie,No,\nx,y,tie,,\n`)).toEqual(
    Array.from({ length: 3 }, () => ({ a: "x", b: "y", outcome: "tie" })),
  );
  expect(lineOf(`${head}x,y,tie,,fast\n`)).toBe(2);
});

test("the streaming counter gives the very table and clusters that the votes in memory give", () => {
  fc.assert(
    fc.property(voteLogs, (log) => {
      const votes = log.map((vote, k) => (k % 5 === 0 ? { ...vote, voter: undefined } : vote));
      const counter = new VoteCounter(["voter", "prompt"]);
      for (const vote of votes) counter.add(vote);
      const streamed = counter.finish();
      const whole = voteColumns(votes, ["voter", "prompt"]);
      expect(streamed.counts).toEqual(countPairs(votes));
      expect(streamed.table).toEqual(whole.table);
      expect(streamed.votes!.pair).toEqual(whole.votes.pair);
      expect(streamed.votes!.outcome).toEqual(whole.votes.outcome);
      // Labels may be numbered differently, but must part the votes in the same way.
      streamed.votes!.clusters.forEach((labels, l) => {
        const other = whole.votes.clusters[l];
        const both = new Set(Array.from(labels, (label, k) => `${label} ${other[k]}`));
        expect(both.size).toBe(new Set(labels).size);
        expect(both.size).toBe(new Set(other).size);
      });
    }),
    { numRuns: 20 },
  );
});

test("the streaming counter numbers labels as they come, however many there are", () => {
  const counter = new VoteCounter(["prompt"]);
  const labels = Array.from({ length: 150_000 }, (_, k) => (k * k) % 100_003);
  for (const label of labels) counter.add({ a: "x", b: "y", outcome: "a", prompt: `prompt ${label}` });
  const numbers = new Map<number, number>();
  for (const label of labels) if (!numbers.has(label)) numbers.set(label, numbers.size);
  expect(numbers.size).toBeGreaterThan(40_000);
  expect(counter.finish().votes!.clusters).toEqual([Int32Array.from(labels, (label) => numbers.get(label)!)]);
});

const folder = mkdtempSync(path.join(tmpdir(), "salon-rate-"));

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = 0;
});

/** Runs `salon rate` on a file of this text, in this process. */
async function rate(text: string, ...flags: string[]): Promise<{ out: string; error: string; code: number }> {
  const file = path.join(folder, flags.includes("--jsonl") ? "log.jsonl" : "log.csv");
  writeFileSync(file, text);
  let [out, error] = ["", ""];
  vi.spyOn(process.stdout, "write").mockImplementation((chunk) => ((out += String(chunk)), true));
  vi.spyOn(console, "error").mockImplementation((line: unknown) => void (error += String(line)));
  process.exitCode = 0;
  const program = new Command().exitOverride();
  registerRate(program);
  const rest = flags.filter((flag) => flag !== "--jsonl");
  await program.parseAsync(["rate", file, ...rest], { from: "user" });
  return { out, error, code: Number(process.exitCode ?? 0) };
}

const log = randomLog(5, 600, 21);
const words = { a: "model_a", b: "model_b", tie: "tie", both_bad: "tie (bothbad)" };
const csv = `model_a,model_b,winner,judge,prompt\n${log
  .map((v) => `${v.a},${v.b},${words[v.outcome]},${v.voter},${v.prompt}`)
  .join("\n")}\n`;

test("rate --json is the snapshot of the same votes, clusters and all", async () => {
  const { out, code } = await rate(
    csv,
    "--json",
    "--cluster",
    "voter,prompt",
    "--ties",
    "davidson",
    "--anchor",
    "m0=900",
  );
  const report: RateReport = rateReport.parse(JSON.parse(out));
  const options = {
    ties: "davidson",
    cluster: ["voter" as const, "prompt" as const],
    anchor: { model: "m0", rating: 900 },
  } as const;
  const { rows } = buildSnapshotFromVotes(log, [], { ...options, cluster: [...options.cluster] });
  expect(code).toBe(0);
  expect(report.votes).toBe(600);
  rows.forEach((row, k) => {
    expect(report.models[k].model).toBe(row.model);
    for (const key of ["rating", "se", "low", "high"] as const)
      expect(report.models[k][key]).toBeCloseTo(row[key], 9);
    expect(report.models[k]).toMatchObject({
      rank: row.rank,
      rankLow: row.rankLow,
      wins: row.wins,
      ties: row.ties,
    });
  });
  expect(report.method).toMatchObject({ ties: "davidson", cluster: ["voter", "prompt"], alpha: 0.05 });
  expect(report.method.gradientNorm).toBeLessThan(1e-9);
});

test("rate agrees with an independent optimum of the log's own rows (gradient below 1e-9) to 1e-8 in rating", async () => {
  const { out } = await rate(csv, "--json");
  const report = rateReport.parse(JSON.parse(out));
  const rows = csv
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));
  const names = [...new Set(rows.flatMap(([a, b]) => [a, b]))];
  const score: Record<string, number> = { model_a: 1, model_b: 0 };
  const theta = new Map(names.map((name) => [name, 0]));
  let length = Infinity;
  // Plain gradient descent, a vote at a time: nothing of the fit's own code.
  for (let step = 0; step < 50_000 && length >= 1e-9; step++) {
    const gradient = new Map(names.map((name) => [name, 0]));
    for (const [a, b, winner] of rows) {
      const residual = 1 / (1 + Math.exp(theta.get(b)! - theta.get(a)!)) - (score[winner] ?? 0.5);
      gradient.set(a, gradient.get(a)! + residual);
      gradient.set(b, gradient.get(b)! - residual);
    }
    length = Math.hypot(...gradient.values());
    for (const name of names) theta.set(name, theta.get(name)! - gradient.get(name)! / 100);
  }
  expect(length).toBeLessThan(1e-9);
  for (const { model, rating } of report.models) {
    expect(Math.abs(rating - (1000 + (400 / Math.LN10) * theta.get(model)!))).toBeLessThan(1e-8);
  }
});

test("rate leaves out what a log marks as excluded, and says how many and why", async () => {
  const rows = csv.trim().split("\n");
  const marked = rows.map((row, k) => `${row},${k === 0 ? "excluded" : k % 7 === 0 ? "a bot" : ""}`);
  const { out } = await rate(`${marked.join("\n")}\n`, "--json");
  const rest = await rate(`${rows.filter((_, k) => k === 0 || k % 7 !== 0).join("\n")}\n`, "--json");
  const [report, without] = [out, rest.out].map((text) => rateReport.parse(JSON.parse(text)));
  expect(report.models).toEqual(without.models);
  expect(report.method.exclusions).toEqual([{ reason: "a bot", votes: 85 }]);
  expect(without.method.exclusions).toEqual([]);
  expect(report.method.inputsHash).not.toBe(without.method.inputsHash);
  expect((await rate(`${marked.join("\n")}\n`)).out).toContain("left out: 85 (a bot)");
});

test("rate prints an aligned table with a bar for each interval", async () => {
  const { out } = await rate(csv, "--bootstrap", "50", "--alpha", "0.1");
  const lines = out.split("\n");
  expect(lines[0]).toMatch(/rank +spread +model +rating +90% interval +bootstrap BCa +games/);
  const rows = lines.slice(1, 6);
  rows.forEach((line) => expect(line).toMatch(/ m\d .*├─*●─*┤/));
  expect(new Set(rows.map((line) => line.indexOf(" .. "))).size).toBe(1);
  expect(out).toContain("600 votes, 5 models");
});

test("rate --ties auto shows the held-out losses and uses the best", async () => {
  const { out } = await rate(csv, "--json", "--ties", "auto");
  const { method }: RateReport = rateReport.parse(JSON.parse(out));
  expect(method.heldOut!.map((l) => l.ties)).toEqual(["half", "davidson", "four"]);
  expect(method.heldOut!.find((l) => l.ties === method.ties)!.excess).toBeLessThan(0.02);
  expect((await rate(csv, "--ties", "auto")).out).toContain("held-out log-loss, davidson");
});

test("a malformed row ends with exit code 2, its line number and no output", async () => {
  const { out, error, code } = await rate(`${csv}m0,m1,maybe,v,p\n`, "--json");
  expect(code).toBe(2);
  expect(error).toContain("line 602");
  expect(out).toBe("");
  expect((await rate("", "--json")).code).toBe(2);
  expect((await rate(csv, "--anchor", "nobody=1")).error).toContain("nobody");
});

test("rate reads JSON lines as it reads CSV", async () => {
  const lines = log.map((v) =>
    JSON.stringify({
      left: v.a,
      right: v.b,
      winner: v.outcome === "a" ? "left" : v.outcome === "b" ? "right" : v.outcome,
    }),
  );
  const json = await rate(lines.join("\n"), "--json", "--jsonl");
  const plain = await rate(csv, "--json");
  expect(JSON.parse(json.out)).toEqual(JSON.parse(plain.out));
});

test("options out of range are refused by name", async () => {
  vi.spyOn(process.stderr, "write").mockImplementation(() => true);
  for (const flags of [
    ["--alpha", "2"],
    ["--cluster", "mood"],
    ["--ties", "third"],
    ["--bootstrap", "-1"],
    ["--anchor", "x"],
  ]) {
    await expect(rate(csv, ...flags)).rejects.toThrow(flags[0]);
  }
});
