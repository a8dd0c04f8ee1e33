import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { postmasterOf, processesOf } from "../support/salon-processes";
import { makeSalonHome, startSalon, type RunningSalon, type SalonHome } from "../support/start-salon";

let home: SalonHome;
let dataDir: string;
let running: RunningSalon | undefined;

beforeAll(async () => {
  // The worker has much to do and says all of it.
  home = await makeSalonHome({ LOG_LEVEL: "trace", SEED_PROMPT_COUNT: "20" });
  dataDir = home.env.SALON_DATA_DIR;
});
afterEach(async () => {
  await running?.stop();
});
afterAll(() => home.remove());

const within = (ms: number) => ({ interval: 100, timeout: ms });
const isHealthy = async ({ url }: RunningSalon) =>
  expect((await fetch(`${url}/api/health`)).status).toBe(200);
const bytesOf = (name: string) =>
  statSync(path.join(dataDir, "logs", name), { throwIfNoEntry: false })?.size ?? 0;

test("PostgreSQL that was killed is started again with its data, the cause is named, site and worker go on", async () => {
  const salon = (running = await startSalon(home));
  const sql = postgres(salon.databaseUrl, { max: 1, onnotice: () => {}, onclose: () => {} });
  await sql`create table if not exists kept (word text)`;
  await sql`insert into kept values ('acknowledged')`;
  const workersAlive = async () => {
    const [{ count }] = await sql`
        select count(*)::int from pg_stat_activity where application_name = 'salon-worker-liveness'`;
    expect(count).toBe(1);
  };
  await workersAlive();
  const killed = postmasterOf(dataDir);
  process.kill(killed, "SIGKILL");
  await vi.waitFor(
    () =>
      expect(salon.output()).toMatch(
        /\[postgres\] error: the database server ended by itself \(signal SIGKILL/,
      ),
    within(10_000),
  );
  await vi.waitFor(
    () => expect(salon.output()).toContain("The postgres process ended (exit code 1"),
    within(10_000),
  );
  await vi.waitFor(() => isHealthy(salon), within(60_000));
  expect(postmasterOf(dataDir)).not.toBe(killed);
  expect(await sql`select word from kept`).toEqual([{ word: "acknowledged" }]);
  await vi.waitFor(workersAlive, within(30_000));
  await sql`drop table kept`;
  await sql.end({ timeout: 1 });
  expect(await salon.stop()).toMatchObject({ code: 0 });
}, 600_000);

test("a supervisor that was killed leaves no process behind after ten seconds, however busy its worker logs", async () => {
  const salon = (running = await startSalon(home));
  const before = bytesOf("worker.log");
  await vi.waitFor(() => expect(bytesOf("worker.log")).toBeGreaterThan(before + 10_000), within(60_000));
  expect(processesOf(dataDir).length).toBeGreaterThan(5);
  process.kill(salon.pid, "SIGKILL");
  await vi.waitFor(() => expect(processesOf(dataDir)).toEqual([]), within(10_000));
}, 600_000);

test("a full disk ends neither Salon nor, once there is room again, its logs; nothing is left to do by hand", async ({
  skip,
}) => {
  // Without a watermark, or the worker would wait from the start and say little.
  const own = await makeSalonHome({ LOG_LEVEL: "trace", SEED_PROMPT_COUNT: "5", DISK_FREE_MIN_MB: "0" });
  const folder = own.env.SALON_DATA_DIR;
  mkdirSync(folder);
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=300m,mode=0755", "tmpfs", folder]);
  if (mounted.status !== 0) {
    own.remove();
    skip(`A small disk could not be mounted here: ${String(mounted.stderr)}`);
  }
  try {
    const salon = (running = await startSalon(own));
    const { output, pid, url } = salon;
    const filler = path.join(folder, "filler");
    fill(filler);
    await vi.waitFor(
      () => expect(output()).toMatch(/worker\.log cannot be written \(ENOSPC/),
      within(60_000),
    );
    process.kill(pid, 0); // throws when the supervisor is gone
    rmSync(filler);
    await vi.waitFor(() => expect(output()).toMatch(/worker\.log can be written again/), within(60_000));
    expect(readFileSync(path.join(folder, "logs/worker.log"), "utf8")).toContain("could not be written)");
    await vi.waitFor(async () => expect((await fetch(`${url}/api/health`)).status).toBe(200), within(60_000));
    expect(await salon.stop()).toMatchObject({ code: 0 });
  } finally {
    await running?.stop();
    spawnSync("umount", [folder]);
    own.remove();
  }
}, 600_000);

function fill(file: string): void {
  for (const bytes of [2 ** 20, 2 ** 12]) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(bytes), { flag: "a" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    }
  }
  expect(existsSync(file)).toBe(true);
}
