/**
 * Votes a second and their latency through real HTTP, beside pgbench -N on the same server:
 *
 *   VOTES_PER_MINUTE=10000000 NEW_VOTERS_PER_HOUR=10000000 npm start     (limits would otherwise be what is measured)
 *   npx tsx tests/bench/votes/vote-load.ts --url http://127.0.0.1:3000 --database postgresql://... \
 *     [--board text-to-image] [--votes 5000] [--clients 16] [--seconds 10]
 *
 * First every vote's battle is fetched (also timed), then the votes are cast over keep-alive connections. The load
 * generator, the site and PostgreSQL share the machine.
 */
import { execFileSync } from "node:child_process";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { Pool } from "undici";
import { battleResponse, voteResponse, type BattleResponse } from "@/lib/schemas/battles";
import { benchPgbench } from "./pgbench";

const { values: args } = parseArgs({
  options: {
    url: { type: "string", default: "http://127.0.0.1:3000" },
    database: { type: "string" },
    board: { type: "string", default: "text-to-image" },
    votes: { type: "string", default: "5000" },
    clients: { type: "string", default: "16" },
    seconds: { type: "string", default: "10" },
  },
});
const votes = Number(args.votes);
const clients = Number(args.clients);
const pool = new Pool(args.url, { connections: clients });

async function post(
  path: string,
  body: unknown,
  cookie?: string,
): Promise<{ body: unknown; cookie: string }> {
  const response = await pool.request({
    path,
    method: "POST",
    headers: { "content-type": "application/json", ...(cookie && { cookie }) },
    body: JSON.stringify(body),
  });
  const text = await response.body.text();
  if (response.statusCode >= 400) throw new Error(`POST ${path}: ${response.statusCode} ${text}`);
  const given = String(response.headers["set-cookie"] ?? "").split(";")[0];
  return { body: JSON.parse(text), cookie: given };
}

type Timing = { perSecond: number; p50: number; p99: number };

/** Run `task` for 0 .. count - 1, `clients` at a time; latencies in milliseconds. */
async function time(count: number, task: (index: number) => Promise<void>): Promise<Timing> {
  const latencies: number[] = [];
  let next = 0;
  const client = async () => {
    while (next < count) {
      const index = next++;
      const start = performance.now();
      await task(index);
      latencies.push(performance.now() - start);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - start) / 1000;
  latencies.sort((x, y) => x - y);
  const quantile = (q: number) => latencies[Math.min(count - 1, Math.floor(q * count))];
  return { perSecond: count / seconds, p50: quantile(0.5), p99: quantile(0.99) };
}

const show = (name: string, timing: Timing) =>
  console.log(
    `${name.padEnd(10)} ${timing.perSecond.toFixed(0).padStart(6)}/s   p50 ${timing.p50.toFixed(1)} ms   p99 ${timing.p99.toFixed(1)} ms`,
  );

const OUTCOMES = ["left", "right", "tie", "both_bad"];
type Battle = BattleResponse & { cookie: string };
const castVote = async ({ battleId, token, cookie }: Battle, index: number) => {
  const body = { battleId, token, outcome: OUTCOMES[index % 4] };
  voteResponse.parse((await post("/api/v1/votes", body, cookie)).body);
};
const getBattle = async (): Promise<Battle> => {
  const { body, cookie } = await post("/api/v1/battles", { board: args.board });
  return { ...battleResponse.parse(body), cookie };
};

const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
console.log(`${cpus().length} x ${cpus()[0].model}, Node ${process.versions.node}, ${commit}`);
console.log(`${votes} votes on ${args.board}, ${clients} connections`);

const warmUp = Math.ceil(votes / 10);
const battles: Battle[] = [];
const prepare = async (index: number) => {
  battles[index] = await getBattle();
};
await time(warmUp, async () => castVote(await getBattle(), 0));
show("battles", await time(votes, prepare));
const measured = await time(votes, (index) => castVote(battles[index], index));
show("votes", measured);
await pool.close();

if (args.database === undefined) {
  console.log("No --database given: pgbench is left out.");
} else {
  const reference = await benchPgbench(args.database, { clients, seconds: Number(args.seconds) });
  console.log(
    `${"pgbench -N".padEnd(10)} ${reference.perSecond.toFixed(0).padStart(6)}/s   (${reference.by})`,
  );
  console.log(`votes / pgbench -N transactions: ${(measured.perSecond / reference.perSecond).toFixed(3)}`);
}
