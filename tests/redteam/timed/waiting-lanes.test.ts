import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import { addJudge } from "@/lib/judges/add-judge";
import { startDrawing } from "@/lib/demos/start-drawing";
import { battleFor, makeArena, vote } from "../../support/arena-fixture";
import { addBoard, submissionOf, useDataFolder } from "../../support/evaluation-world";
import { startServer, type TestServer } from "../../support/http-server";
import { startImageEndpoint, type ImageEndpoint } from "../../support/image-endpoint";
import { startJudgeEndpoint, type JudgeEndpoint } from "../../support/judge-endpoint";
import { addPublishedRun, judgeSubmissionOf } from "../../support/judging-world";
import { addServedModel } from "../../support/served-model";
import { useTestDatabase } from "../../support/test-database";
import { spawnWorker, type WorkerProcess } from "../../support/worker-process";
import { testClient } from "../../support/test-client";

const folder = useDataFolder();
const database = useTestDatabase();
const client = testClient("127.0.0.1");
let endpoint: ImageEndpoint;
let judge: JudgeEndpoint;
/** A generation backend that takes every order and answers none. */
let backend: TestServer;
let held = 0;
let worker: WorkerProcess | undefined;

beforeAll(async () => {
  endpoint = await startImageEndpoint();
  judge = await startJudgeEndpoint();
  backend = await startServer(() => void (held += 1));
});
afterEach(async () => {
  await worker?.kill();
  await database.db.$executeRaw`delete from graphile_worker._private_jobs`;
});
afterAll(async () => {
  await client.close();
  await Promise.all([endpoint, judge, backend].map((server) => server.close()));
});

const start = () =>
  spawnWorker({
    DATABASE_URL: database.url,
    SALON_DATA_DIR: folder.path,
    SALON_SECRET: process.env.SALON_SECRET ?? "",
    OUTBOUND_ALLOW: "127.0.0.1",
    WORKER_CONCURRENCY: "2",
    GENERATION_PORT: String(backend.port),
  });
const within = { timeout: 60_000, interval: 50 };

/** Thirty visitors' own prompts, each from an address of its own, on a backend that holds them all. */
async function ownPrompts(db: Db): Promise<void> {
  for (let i = 0; i < 30; i++)
    await startDrawing({ prompt: "a red ball", voterId: newId("voter"), address: `203.0.113.${i}` }, db);
}

it("a vote's refit runs while thirty own prompts wait for a backend that answers none", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 2, prompts: 4, images: true });
  await addServedModel("flow-dit-latent-lora", backend.origin, db);
  await ownPrompts(db);
  worker = start();
  await expect.poll(() => held, within).toBeGreaterThanOrEqual(6);
  await vote(db, await battleFor(db, arena), "left");
  const voted = performance.now();
  await expect
    .poll(
      () => db.ratingSnapshot.count({ where: { boardId: arena.boardId, control: "", category: "" } }),
      within,
    )
    .toBe(1);
  // A second of it is the wait for more votes.
  expect(performance.now() - voted).toBeLessThan(5_000);
  const waiting = await db.$queryRaw<unknown[]>`
    select from graphile_worker.jobs where task_identifier = 'draw-prompt'`;
  expect(waiting).toHaveLength(30);
});

it("a run is generated, scored and published while a judge that never answers holds all that it can get", async () => {
  const { db } = database;
  // So many that none of the lanes is without a sample.
  const board = await addBoard(db, 100);
  await addPublishedRun(db, board, "published");
  const asked = judgeSubmissionOf(judge, { concurrency: 16 });
  await addJudge({ submission: asked, ownerId: null }, client, db);
  judge.questions.length = 0;
  judge.answer = () => {};
  worker = start();
  // Its owner's share, and more than there are slots of computing.
  await expect.poll(() => judge.questions.length, within).toBe(16);
  const submission = submissionOf(endpoint, { promptCount: 4, creator: "Somebody else" });
  const { runId } = await db.$transaction((tx) =>
    submitEndpoint({ submission, voterId: newId("voter") }, tx),
  );
  const state = async () => (await db.run.findUniqueOrThrow({ where: { id: runId } })).state;
  await expect.poll(state, within).toBe("PUBLISHED");
  expect(judge.questions).toHaveLength(16);
});
