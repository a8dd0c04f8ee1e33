import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { newId } from "@/lib/db/new-id";
import { generateSamples } from "@/lib/runs/generation/generate-samples";
import { readRun } from "@/lib/pages/read-run";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import type { SubmissionInput } from "@/lib/schemas/submissions";
import { addBoard, submissionOf, useDataFolder } from "../../support/evaluation-world";
import { ANSWERS, startImageEndpoint, type ImageEndpoint } from "../../support/image-endpoint";
import { useTestDatabase } from "../../support/test-database";
import { spawnWorker, type WorkerProcess } from "../../support/worker-process";
import { testClient } from "../../support/test-client";

/** As REQUESTS_PER_SUBMITTER's default. */
const SHARE = 16;

const folder = useDataFolder();
const database = useTestDatabase();
let slow: ImageEndpoint;
let honest: ImageEndpoint;
const workers: WorkerProcess[] = [];
/** Answers of the slow endpoint that are still owed. */
let owed: (() => unknown)[];

beforeAll(async () => {
  slow = await startImageEndpoint();
  honest = await startImageEndpoint();
  await addBoard(database.db, 64);
});
beforeEach(() => {
  owed = [];
  Object.assign(slow, { orders: [], mostAtOnce: 0 });
  Object.assign(honest, { orders: [], mostAtOnce: 0 });
  slow.answer = (...order) => void owed.push(() => ANSWERS.good(...order));
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.kill()));
  await database.db.$executeRaw`delete from graphile_worker._private_jobs`;
  await database.db.model.deleteMany(); // listed by now: their names would be taken
});
afterAll(async () => {
  await slow.close();
  await honest.close();
});

function start(): WorkerProcess {
  const worker = spawnWorker({
    DATABASE_URL: database.url,
    SALON_DATA_DIR: folder.path,
    OUTBOUND_ALLOW: "127.0.0.1",
  });
  workers.push(worker);
  return worker;
}
async function submit(
  endpoint: ImageEndpoint,
  visitor: { voterId: string; address?: string },
  more: Partial<SubmissionInput> = {},
): Promise<{ runId: string; voterId: string }> {
  const submission = submissionOf(endpoint, more);
  const { runId } = await database.db.$transaction((tx) => submitEndpoint({ submission, ...visitor }, tx));
  return { runId, voterId: visitor.voterId };
}
const read = (run: { runId: string; voterId: string }) => readRun(run, database.db);
const publishes = (run: { runId: string; voterId: string }) =>
  expect.poll(async () => (await read(run)).state, { timeout: 60_000, interval: 50 }).toBe("PUBLISHED");
const holdsItsShare = (orders: number) =>
  expect.poll(() => slow.orders.length, { timeout: 60_000, interval: 20 }).toBe(orders);

it("while a model that never answers holds all that it can get, another submitter's run starts and is published", async () => {
  start();
  await submit(slow, { voterId: newId("voter") }, { concurrency: 16 });
  await holdsItsShare(SHARE);
  const asked = performance.now();
  let startedAfter = Infinity;
  honest.answer = (...order) => {
    startedAfter = Math.min(startedAfter, performance.now() - asked);
    return ANSWERS.good(...order);
  };
  const second = await submit(honest, { voterId: newId("voter") }, { promptCount: 2 });
  await publishes(second);
  expect(startedAfter).toBeLessThan(3_000);
  expect(owed).toHaveLength(SHARE); // all of them still wait
});

it("all models of one address together hold one share, under any number of cookies, over all workers", async () => {
  start();
  start();
  const address = "203.0.113.7";
  for (let i = 0; i < 5; i++)
    await submit(slow, { voterId: newId("voter"), address }, { concurrency: 16, name: `Model ${i}` });
  await holdsItsShare(SHARE);
  // Someone else's run ends meanwhile: there was time and room to take more.
  await publishes(
    await submit(honest, { voterId: newId("voter"), address: "203.0.113.8" }, { promptCount: 16 }),
  );
  expect(slow.orders).toHaveLength(SHARE);
  expect(slow.mostAtOnce).toBe(SHARE);
});

it("an endpoint is never sent more at once than it allows, with room for more and several workers", async () => {
  start();
  start();
  await submit(slow, { voterId: newId("voter") }, { concurrency: 3 });
  await holdsItsShare(3);
  await publishes(await submit(honest, { voterId: newId("voter") }, { promptCount: 16 }));
  expect(slow.mostAtOnce).toBe(3);
  expect(honest.mostAtOnce).toBeLessThanOrEqual(2);
});

it("a slow endpoint's job leaves its slot after a turn, and its next turn comes after those who waited", async () => {
  slow.answer = ANSWERS.good;
  const run = await submit(slow, { voterId: newId("voter") }, { promptCount: 8 });
  const client = testClient("127.0.0.1");
  const signal = new AbortController().signal;
  const job = { runId: run.runId, from: 0, to: 8 };
  const jobs = () => database.db.$queryRaw<{ queue: string; priority: number; run_at: Date }[]>`
    select queue_name as queue, priority, run_at from graphile_worker.jobs where key = ${`${run.runId}:generate:0`}`;
  const [before] = await jobs();
  // As while the job runs: what is queued under its key is another one.
  await database.db
    .$executeRaw`delete from graphile_worker._private_jobs where key = ${`${run.runId}:generate:0`}`;
  await generateSamples(job, { db: database.db, client, signal, retriesLeft: true, turnMs: 0 });
  await client.close();
  expect(slow.orders).toHaveLength(1);
  const [after] = await jobs();
  expect(after).toMatchObject({ queue: before.queue, priority: before.priority });
  expect(after.run_at.getTime()).toBeGreaterThan(before.run_at.getTime());
});

it("a worker that waits for many answers still stops within its limit, and gives every job back uncounted", async () => {
  const worker = start();
  const { runId } = await submit(slow, { voterId: newId("voter") }, { concurrency: 16 });
  await holdsItsShare(SHARE);
  const asked = performance.now();
  expect(await worker.stop()).toBe(0);
  expect(performance.now() - asked).toBeLessThan(3_500);
  const jobs = await database.db.$queryRaw<{ attempts: number; locked_by: string | null }[]>`
    select distinct attempts, locked_by from graphile_worker.jobs where key like ${`${runId}:generate:%`}`;
  expect(jobs).toEqual([{ attempts: 0, locked_by: null }]);
});
