import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { closeDataFolder } from "@/cli/data-folder";
import { startEmbeddedPostgres, type EmbeddedServer } from "@/lib/db/embedded-postgres";
import { freePort } from "../support/postgres-server";

const NOBODY = { uid: 65534, gid: 65534 };
const isRoot = process.getuid?.() === 0;
const parent = mkdtempSync(path.join(tmpdir(), "salon-users-"));
chmodSync(parent, 0o755); // as a home or /srv is: others may look in
const folder = path.join(parent, "data");
let port: number;
let server: EmbeddedServer;
let umask: number;

beforeAll(async () => {
  port = await freePort();
  // What an earlier Salon left: everything open to all.
  for (const name of ["artifacts", "logs"])
    mkdirSync(path.join(folder, name), { recursive: true, mode: 0o755 });
  for (const name of ["artifacts/image", "logs/worker.log", "secret"])
    writeFileSync(path.join(folder, name), "of nobody's business", { mode: 0o644 });
});
beforeEach(async () => {
  umask = process.umask();
  expect(await closeDataFolder({ SALON_DATA_DIR: folder, DATABASE_URL: undefined })).toEqual([]);
  server = await open();
});
afterEach(async () => {
  process.umask(umask);
  await server.stop();
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

const open = () => startEmbeddedPostgres({ dataDir: path.join(folder, "postgres"), port, database: "salon" });

/** What a client gets that knows a password: "in", or the server's code for no. */
async function knock(password: string): Promise<string> {
  const sql = postgres(`postgresql://postgres:${password}@127.0.0.1:${port}/salon`, { max: 1 });
  try {
    await sql`select 1`;
    return "in";
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await sql.end();
  }
}
const INVALID_PASSWORD = "28P01";

test("the password that earlier versions had in their source opens nothing; each installation has its own", async () => {
  for (const password of ["salon", "postgres", "password", ""]) expect(await knock(password)).not.toBe("in");
  expect(await knock("salon")).toBe(INVALID_PASSWORD);
  const own = new URL(server.url("salon")).password;
  expect(own.length).toBeGreaterThan(40);
  expect(await knock(own)).toBe("in");
});

test("a database of an earlier version gets a password of its own at its next start, and keeps its data", async () => {
  const sql = postgres(server.url("salon"), { max: 1, onnotice: () => {} });
  await sql`create table if not exists kept (word text)`;
  await sql`insert into kept values ('from before')`;
  await sql`alter role postgres password 'salon'`;
  await sql.end();
  await server.stop();
  rmSync(path.join(folder, "postgres-password"));

  server = await open();
  expect(await knock("salon")).toBe(INVALID_PASSWORD);
  const again = postgres(server.url("salon"), { max: 1 });
  expect(await again`select word from kept`).toEqual([{ word: "from before" }]);
  await again`drop table kept`;
  await again.end();
});

test("a password file that is not the database's is told in a sentence that says what to do", async () => {
  await server.stop();
  const file = path.join(folder, "postgres-password");
  writeFileSync(file, "another\n");
  await expect(open()).rejects.toThrow(/Delete that file/);
  rmSync(file);
  server = await open();
});

test("another user of the machine reads neither secret nor password, images nor logs, nor lists them", ({
  skip,
}) => {
  if (!isRoot) skip("Only root can try as another user.");
  const as = (command: string, ...args: string[]) => spawnSync(command, args, NOBODY).status;
  expect(as("ls", parent)).toBe(0);
  expect(as("ls", folder)).not.toBe(0);
  for (const name of [
    "secret",
    "postgres-password",
    "artifacts/image",
    "logs/worker.log",
    "postgres/PG_VERSION",
  ]) {
    expect(statSync(path.join(folder, name)).size, name).toBeGreaterThan(0);
    expect(as("cat", path.join(folder, name)), name).not.toBe(0);
  }
  for (const name of ["artifacts", "logs", "postgres"])
    expect(as("ls", path.join(folder, name)), name).not.toBe(0);
});

test("what Salon makes later is closed too", () => {
  mkdirSync(path.join(folder, "later"), { recursive: true });
  writeFileSync(path.join(folder, "later.txt"), "");
  expect(statSync(path.join(folder, "later")).mode & 0o777).toBe(0o700);
  expect(statSync(path.join(folder, "later.txt")).mode & 0o777).toBe(0o600);
});
