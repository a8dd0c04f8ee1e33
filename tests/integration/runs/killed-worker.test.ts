import { afterAll, beforeAll, expect, it } from "vitest";
import { getArtifact } from "@/lib/artifacts/store";
import { newId } from "@/lib/db/new-id";
import { readRun } from "@/lib/pages/read-run";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import { addBoard, submissionOf, useDataFolder } from "../../support/evaluation-world";
import { ANSWERS, startImageEndpoint, type ImageEndpoint } from "../../support/image-endpoint";
import { useTestDatabase } from "../../support/test-database";
import { spawnWorker, type WorkerProcess } from "../../support/worker-process";

const folder = useDataFolder();
const database = useTestDatabase();
const SUBMITTER = newId("voter");
const PROMPTS = 24;
let endpoint: ImageEndpoint;
let worker: WorkerProcess | undefined;
beforeAll(async () => {
  endpoint = await startImageEndpoint();
  await addBoard(database.db, PROMPTS);
});
afterAll(async () => {
  await worker?.kill();
  await endpoint.close();
});

const start = () =>
  spawnWorker({
    DATABASE_URL: database.url,
    SALON_DATA_DIR: folder.path,
    OUTBOUND_ALLOW: "127.0.0.1",
    WORKER_CONCURRENCY: "3",
  });

it("a run whose worker is killed again and again ends complete: no sample lost, none twice", async () => {
  let reached = () => {};
  let killAt = 0;
  endpoint.answer = (response, body, request) => {
    // The order that a worker dies over is never answered.
    if (endpoint.orders.length >= killAt) return reached();
    return ANSWERS.good(response, body, request);
  };
  const submission = submissionOf(endpoint, { concurrency: 2 });
  const { runId } = await database.db.$transaction((tx) =>
    submitEndpoint({ submission, voterId: SUBMITTER }, tx),
  );
  const locked = () => database.db.$queryRaw<unknown[]>`
    select 1 from graphile_worker.jobs where locked_by is not null and key like ${`${runId}:generate:%`}`;

  for (killAt of [1, 7, 15]) {
    const arrived = new Promise<void>((resolve) => (reached = resolve));
    worker = start();
    await arrived;
    await worker.kill();
    // The dead worker's locks are still there: nothing but the next worker's sweep will lift them.
    expect((await locked()).length).toBeGreaterThan(0);
  }
  killAt = Infinity;
  worker = start();
  const read = () => readRun({ runId, voterId: SUBMITTER }, database.db);
  await expect.poll(async () => (await read()).state, { timeout: 100_000, interval: 100 }).toBe("PUBLISHED");

  const samples = await database.db.sample.findMany({ where: { runId } });
  expect(samples).toHaveLength(PROMPTS);
  expect(new Set(samples.map(({ promptId }) => promptId)).size).toBe(PROMPTS);
  expect(await database.db.sampleFailure.count({ where: { runId } })).toBe(0);
  for (const { artifactHash } of samples) await getArtifact(artifactHash);
  // What was in flight at a kill was asked again, and nothing else was.
  expect(endpoint.orders.length).toBeLessThanOrEqual(PROMPTS + 3 * 2);
  expect(await worker.stop()).toBe(0);
  worker = undefined;
}, 240_000);

it("a worker stops by itself when its supervisor is gone, and gives its jobs back uncounted", async () => {
  let reached = () => {};
  const arrived = new Promise<void>((resolve) => (reached = resolve));
  endpoint.answer = () => reached(); // and never an answer
  const submission = submissionOf(endpoint, { promptCount: 1 });
  const { runId } = await database.db.$transaction((tx) =>
    submitEndpoint({ submission, voterId: SUBMITTER }, tx),
  );
  const abandoned = start();
  await arrived;
  expect(await abandoned.abandon()).toBe(0);
  const jobs = await database.db.$queryRaw`
    select attempts, locked_by from graphile_worker.jobs where key = ${`${runId}:generate:0`}`;
  expect(jobs).toEqual([{ attempts: 0, locked_by: null }]);
});
