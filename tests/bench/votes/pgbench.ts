import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";

const DATABASE = "salon_pgbench";
const SCALE = 10;
const ACCOUNTS = SCALE * 100_000;

/**
 * pgbench's "simple update" (-N) on the server of `databaseUrl`, in a database of its own that is dropped afterwards.
 * Uses the pgbench program where one is installed; otherwise sends its transaction, statement by statement, from here.
 */
export async function benchPgbench(
  databaseUrl: string,
  options: { clients: number; seconds: number },
): Promise<{ perSecond: number; by: string }> {
  const url = new URL(databaseUrl);
  url.pathname = `/${DATABASE}`;
  const maintenance = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  await maintenance.unsafe(`drop database if exists ${DATABASE}`);
  await maintenance.unsafe(`create database ${DATABASE}`);
  try {
    const program = findProgram();
    return program === null
      ? { perSecond: await simpleUpdates(url.href, options), by: "reproduced with postgres.js" }
      : { perSecond: runProgram(program, url.href, options), by: program };
  } finally {
    await maintenance.unsafe(`drop database ${DATABASE}`);
    await maintenance.end();
  }
}

function findProgram(): string | null {
  const debian = "/usr/lib/postgresql";
  const folders = [
    ...(process.env.PATH ?? "").split(path.delimiter),
    ...(existsSync(debian) ? readdirSync(debian).map((version) => path.join(debian, version, "bin")) : []),
  ];
  return folders.map((folder) => path.join(folder, "pgbench")).find(existsSync) ?? null;
}

function runProgram(program: string, url: string, options: { clients: number; seconds: number }): number {
  const run = (...args: string[]) =>
    execFileSync(program, [...args, url], { encoding: "utf8", stdio: "pipe" });
  run("-i", "-q", "-s", String(SCALE));
  const output = run("-N", "-c", String(options.clients), "-j", "2", "-T", String(options.seconds));
  const tps = /^tps = ([\d.]+)/m.exec(output)?.[1];
  if (tps === undefined) throw new Error(`pgbench said no tps:\n${output}`);
  return Number(tps);
}

async function simpleUpdates(url: string, options: { clients: number; seconds: number }): Promise<number> {
  const sql = postgres(url, { max: options.clients, onnotice: () => {} });
  await sql.unsafe(`
    create table pgbench_accounts (aid int primary key, bid int, abalance int, filler char(84)) with (fillfactor = 100);
    insert into pgbench_accounts select i, (i - 1) / 100000 + 1, 0, '' from generate_series(1, ${ACCOUNTS}) i;
    create table pgbench_history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22));
    vacuum analyze`);
  const random = (most: number) => 1 + Math.floor(Math.random() * most);
  const end = performance.now() + options.seconds * 1000;
  let transactions = 0;
  const client = async () => {
    while (performance.now() < end) {
      const [aid, bid, tid, delta] = [
        random(ACCOUNTS),
        random(SCALE),
        random(10 * SCALE),
        random(10_001) - 5_001,
      ];
      await sql.begin(async (tx) => {
        await tx`update pgbench_accounts set abalance = abalance + ${delta} where aid = ${aid}`;
        await tx`select abalance from pgbench_accounts where aid = ${aid}`;
        await tx`insert into pgbench_history (tid, bid, aid, delta, mtime)
          values (${tid}, ${bid}, ${aid}, ${delta}, current_timestamp)`;
      });
      transactions++;
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: options.clients }, client));
  const perSecond = transactions / ((performance.now() - start) / 1000);
  await sql.end();
  return perSecond;
}
