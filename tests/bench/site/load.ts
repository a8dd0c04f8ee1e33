/**
 * Requests a second and their latency, page by page, beside a page without data in the same run:
 *
 *   npx tsx tests/bench/site/load.ts --url http://127.0.0.1:3000 [--board text-to-image] [--model SLUG]
 *     [--seconds 5] [--clients 16] [--rate 0] [--votes 500]
 *
 * The site must be a production build (npm start), with VOTES_PER_MINUTE=10000000 NEW_VOTERS_PER_HOUR=10000000 unless --votes 0:
 * limits would otherwise be what is measured. With --rate, so many requests a second are sent, as far as the clients can.
 * The load generator, the site and PostgreSQL share the machine: only ratios of one run are worth anything.
 */
import { execFileSync } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { Pool } from "undici";
import { battleResponse, type BattleResponse } from "@/lib/schemas/battles";

const { values: args } = parseArgs({
  options: {
    url: { type: "string", default: "http://127.0.0.1:3000" },
    board: { type: "string", default: "text-to-image" },
    model: { type: "string" },
    seconds: { type: "string", default: "5" },
    clients: { type: "string", default: "16" },
    rate: { type: "string", default: "0" },
    votes: { type: "string", default: "500" },
  },
});
const [seconds, clients, rate, votes] = [args.seconds, args.clients, args.rate, args.votes].map(Number);
const pool = new Pool(args.url, { connections: clients });

async function get(path: string): Promise<number> {
  const { statusCode, body } = await pool.request({
    path,
    method: "GET",
    headers: { "accept-encoding": "gzip" },
  });
  const bytes = (await body.arrayBuffer()).byteLength;
  if (statusCode !== 200) throw new Error(`GET ${path}: ${statusCode}`);
  return bytes;
}

type Timing = { perSecond: number; p50: number; p99: number };

/** Have the clients do something again and again, each until the time or the count is used up; latencies in milliseconds. */
async function time(
  task: (index: number) => Promise<unknown>,
  most: { seconds?: number; count?: number },
): Promise<Timing> {
  const latencies: number[] = [];
  let next = 0;
  const start = performance.now();
  const isOver = () =>
    next >= (most.count ?? Infinity) || performance.now() - start > (most.seconds ?? Infinity) * 1000;
  const client = async () => {
    while (!isOver()) {
      const index = next++;
      const due = rate > 0 ? start + (index * 1000) / rate : performance.now();
      if (due > performance.now())
        await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
      await task(index);
      // From when it was due: a request that had to wait for a free client has waited all the same.
      latencies.push(performance.now() - due);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const taken = (performance.now() - start) / 1000;
  latencies.sort((x, y) => x - y);
  const quantile = (q: number) => latencies[Math.min(latencies.length - 1, Math.floor(q * latencies.length))];
  return { perSecond: latencies.length / taken, p50: quantile(0.5), p99: quantile(0.99) };
}

const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
console.log(
  `${cpus().length} x ${cpus()[0].model}, load ${loadavg()[0].toFixed(1)}, Node ${process.versions.node}, ${commit}, ${clients} clients`,
);

const { rows } = (await (await fetch(`${args.url}/api/v1/leaderboards/${args.board}`)).json()) as {
  rows: { model: string }[];
};
const model = args.model ?? rows[0]?.model;
console.log(`board ${args.board}: ${rows.length} models`);

const STATIC = "/docs/methods";
const BOARDS = "/api/v1/boards";
const paths = [
  STATIC,
  BOARDS,
  "/",
  `/leaderboard/${args.board}`,
  `/api/v1/leaderboards/${args.board}`,
  ...(model === undefined ? [] : [`/models/${model}`]),
  "/models",
  `/arena?board=${args.board}`,
  "/submit",
  "/stack",
];
const row = (cells: string[]) =>
  console.log(
    cells.map((cell, k) => (k === 0 ? cell.padEnd(44) : cell.padStart(k === 1 ? 9 : 10))).join(" "),
  );
row(["page", "kB (gz)", "requests/s", "p50 ms", "p99 ms", "/ static", "/ boards"]);
const found = new Map<string, Timing>();
const show = (name: string, timing: Timing, bytes: number | null) =>
  row([
    name,
    bytes === null ? "" : (bytes / 1000).toFixed(1),
    timing.perSecond.toFixed(0),
    timing.p50.toFixed(1),
    timing.p99.toFixed(1),
    ...[STATIC, BOARDS].map((path) => (timing.perSecond / found.get(path)!.perSecond).toFixed(2)),
  ]);
for (const path of paths) {
  const bytes = await get(path);
  await time(() => get(path), { seconds: Math.min(1, seconds / 5) });
  found.set(path, await time(() => get(path), { seconds }));
  if (found.size === 2) for (const each of [STATIC, BOARDS]) show(each, found.get(each)!, null);
  if (found.size > 2) show(path, found.get(path)!, bytes);
}

if (votes > 0) {
  const post = async (path: string, body: unknown, cookie = "") => {
    const response = await pool.request({
      path,
      method: "POST",
      headers: { "content-type": "application/json", cookie },
      body: JSON.stringify(body),
    });
    const text = await response.body.text();
    if (response.statusCode >= 400) throw new Error(`POST ${path}: ${response.statusCode} ${text}`);
    const given = String(response.headers["set-cookie"] ?? "").split(";")[0];
    return { body: JSON.parse(text) as unknown, cookie: given || cookie };
  };
  const OUTCOMES = ["left", "right", "tie", "both_bad"];
  type Taken = BattleResponse & { cookie: string };
  const take = async (): Promise<Taken> => {
    const { body, cookie } = await post("/api/v1/battles", { board: args.board });
    return { ...battleResponse.parse(body), cookie };
  };
  const cast = ({ battleId, token, cookie }: Taken, index: number) =>
    post("/api/v1/votes", { battleId, token, outcome: OUTCOMES[index % 4] }, cookie);
  await time(async () => cast(await take(), 0), { count: Math.ceil(votes / 10) });
  const battles: Taken[] = [];
  show(
    "POST /api/v1/battles",
    await time(async (index) => (battles[index] = await take()), { count: votes }),
    null,
  );
  show(
    "POST /api/v1/votes",
    await time((index) => cast(battles[index], index), { count: battles.length }),
    null,
  );
}
await pool.close();
