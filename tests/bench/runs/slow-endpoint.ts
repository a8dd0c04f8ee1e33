/**
 * One slow endpoint beside others: how long 64 prompts take at 16 requests at a time where each answer takes 20 s, how many the endpoint
 * saw at a time, and how soon a second submitter's run begins meanwhile.
 *
 *   npx tsx tests/bench/runs/slow-endpoint.ts [seconds an answer = 20] [prompts = 64] [at once = 16] [workers = 1]
 *
 * PostgreSQL, worker processes as an operator starts them and both endpoints share the machine. Takes about prompts / at once answers.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createDb } from "@/lib/db/client";
import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres";
import { applyMigrations } from "@/lib/db/migrate";
import { installQueue } from "@/lib/queue/install";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import { addBoard, submissionOf } from "../../support/evaluation-world";
import { ANSWERS, startImageEndpoint } from "../../support/image-endpoint";
import { freePort } from "../../support/postgres-server";

const [seconds, prompts, atOnce, workers] = [20, 64, 16, 1].map((usual, at) =>
  Number(process.argv[2 + at] ?? usual),
);
const folder = mkdtempSync(path.join(tmpdir(), "salon-bench-"));
chmodSync(folder, 0o755); // root hands it to user postgres, who must be able to enter
Object.assign(process.env, {
  SALON_DATA_DIR: path.join(folder, "data"),
  OUTBOUND_ALLOW: "127.0.0.1",
  SUBMISSIONS: "open",
  HOST: "127.0.0.1",
});
const server = await startEmbeddedPostgres({
  dataDir: path.join(folder, "postgres"),
  port: await freePort(),
  database: "salon",
});
const url = server.url("salon");
await applyMigrations(url);
await installQueue(url);
const db = createDb(url, { max: 4 });
await addBoard(db, prompts);
const [slow, fast] = [await startImageEndpoint(), await startImageEndpoint()];
slow.answer = async (...order) => {
  await wait(seconds * 1000);
  return ANSWERS.good(...order);
};
let secondBegan = Infinity;
fast.answer = (...order) => {
  secondBegan = Math.min(secondBegan, performance.now());
  return ANSWERS.good(...order);
};
const running: ChildProcess[] = Array.from({ length: workers }, () =>
  spawn(process.execPath, ["--import", "tsx", "workers/main.ts"], {
    env: { ...process.env, DATABASE_URL: url, LOG_LEVEL: "warn" },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  }),
);
const submit = async (endpoint: typeof slow, voterId: string, name: string, more: object) => {
  const submission = submissionOf(endpoint, { name, creator: name, listed: false, ...more });
  return (await db.$transaction((tx) => submitEndpoint({ submission, voterId }, tx))).runId;
};
const samples = (runId: string) => db.sample.count({ where: { runId } });
const until = async (isSo: () => Promise<boolean> | boolean) => {
  while (!(await isSo())) await wait(20);
};

// A worker takes seconds to start, which is not what is measured.
await until(
  async () =>
    (
      await db.$queryRaw<
        unknown[]
      >`select from pg_stat_activity where application_name = 'salon-worker-queue'`
    ).length > 0,
);
await wait(2_000);
const began = performance.now();
const first = await submit(slow, "vtr_slow", "Slow", { promptCount: prompts, concurrency: atOnce });
await until(() => slow.mostAtOnce >= Math.min(atOnce, prompts) || performance.now() - began > 1000 * seconds);
console.log(
  `all open after ${((performance.now() - began) / 1000).toFixed(1)} s: ${slow.mostAtOnce} at once`,
);
const asked = performance.now();
const second = await submit(fast, "vtr_fast", "Fast", { promptCount: 8 });
await until(async () => (await samples(second)) === 8);
const done = performance.now();
console.log(
  `a second submitter's first request after ${((secondBegan - asked) / 1000).toFixed(2)} s, its 8 samples after ${((done - asked) / 1000).toFixed(2)} s`,
);
await until(async () => (await samples(first)) === prompts);
const total = (performance.now() - began) / 1000;
console.log(
  `${prompts} prompts of ${seconds} s at ${atOnce} at once: ${total.toFixed(1)} s (${((prompts * seconds) / total).toFixed(1)} at once on average, ${slow.mostAtOnce} at most); ${slow.orders.length} requests; ${workers} worker(s), ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}`,
);
for (const worker of running) worker.kill("SIGKILL");
await db.$disconnect();
await Promise.all([slow.close(), fast.close(), server.stop()]);
rmSync(folder, { recursive: true, force: true });
process.exit(0);
