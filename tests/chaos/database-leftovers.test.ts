import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres";
import { findServerUser } from "@/lib/db/postgres-cluster";
import { freePort } from "../support/postgres-server";
import { postmasterOf, processesOf } from "../support/salon-processes";

const folder = mkdtempSync(path.join(tmpdir(), "salon-leftovers-"));
chmodSync(folder, 0o755); // root hands it to user postgres, who must be able to enter
const dataDir = path.join(folder, "postgres");
let port: number;
beforeAll(async () => {
  port = await freePort();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open = () => startEmbeddedPostgres({ dataDir, port, database: "salon" });
const client = (url: string) => postgres(url, { max: 1, onnotice: () => {}, onclose: () => {} });

test("a killed server's port and folder are free again though one of its sessions still computes", async () => {
  const server = await open();
  const sql = client(server.url("salon"));
  await sql`create table kept (word text)`;
  await sql`insert into kept values ('acknowledged')`;
  // Never looks up from its work to see that its server is gone.
  const busy = sql`select count(*) from generate_series(1, 10000000000::bigint)`.catch(() => "interrupted");
  await busyBackend(server.url("salon"));
  process.kill(postmasterOf(folder), "SIGKILL");
  expect(await server.ended).toBe("signal SIGKILL");

  const again = await open();
  expect(await busy).toBe("interrupted");
  await sql.end({ timeout: 1 });
  const other = client(again.url("salon"));
  expect(await other`select word from kept`).toEqual([{ word: "acknowledged" }]);
  await other.end();
  await again.stop();
  expect(processesOf(dataDir)).toEqual([]);
});

test("a lock file whose process number belongs to another process now does not stop a server", async () => {
  const server = await open();
  const lock = readFileSync(path.join(dataDir, "postmaster.pid"), "utf8").split("\n");
  process.kill(postmasterOf(folder), "SIGKILL");
  await server.ended;
  // As after a container's restart: a process of the same user, which PostgreSQL would take for its server.
  const stranger = spawn("sleep", ["600"], { ...(await findServerUser()), stdio: "ignore" });
  try {
    writeFileSync(path.join(dataDir, "postmaster.pid"), [stranger.pid, ...lock.slice(1)].join("\n"));
    await (await open()).stop();
  } finally {
    stranger.kill("SIGKILL");
  }
});

test("a folder that a live server has open is refused in a sentence, and the server goes on", async () => {
  const server = await open();
  await expect(startEmbeddedPostgres({ dataDir, port: await freePort(), database: "salon" })).rejects.toThrow(
    /already open \(PostgreSQL, process \d+\)/,
  );
  const sql = client(server.url("salon"));
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
  await sql.end();
  await server.stop();
});

/** Resolves once a session runs the long count. */
async function busyBackend(url: string): Promise<void> {
  const sql = client(url);
  for (let found = 0; found === 0;) {
    [{ found }] = await sql<{ found: number }[]>`
      select count(*)::int as found from pg_stat_activity
      where state = 'active' and query like '%generate_series%' and pid <> pg_backend_pid()`;
  }
  await sql.end();
}
