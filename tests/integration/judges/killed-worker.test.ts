import { afterAll, beforeAll, expect, it } from "vitest";
import { addJudge } from "@/lib/judges/add-judge";
import { listJudges } from "@/lib/judges/list-judges";
import { addBoard, useDataFolder, type TestBoard } from "../../support/evaluation-world";
import { JUDGE_ANSWERS, startJudgeEndpoint, type JudgeEndpoint } from "../../support/judge-endpoint";
import { addPublishedRun, judgeSubmissionOf } from "../../support/judging-world";
import { useTestDatabase } from "../../support/test-database";
import { spawnWorker, type WorkerProcess } from "../../support/worker-process";
import { testClient } from "../../support/test-client";

const folder = useDataFolder();
const database = useTestDatabase();
const PROMPTS = 12;
const client = testClient("127.0.0.1");
let endpoint: JudgeEndpoint;
let board: TestBoard;
let worker: WorkerProcess | undefined;
beforeAll(async () => {
  endpoint = await startJudgeEndpoint();
  board = await addBoard(database.db, PROMPTS, undefined, () => true);
  await addPublishedRun(database.db, board, "first");
  await addPublishedRun(database.db, board, "second");
});
afterAll(async () => {
  await worker?.kill();
  await client.close();
  await endpoint.close();
});

const start = () =>
  spawnWorker({
    DATABASE_URL: database.url,
    SALON_DATA_DIR: folder.path,
    OUTBOUND_ALLOW: "127.0.0.1",
    WORKER_CONCURRENCY: "3",
  });

it("judging whose worker is killed again and again ends complete: no verdict lost, none twice", async () => {
  const { db } = database;
  const submission = judgeSubmissionOf(endpoint, { rubrics: ["viescore@1", "pairwise@1"], pairsPerBoard: 6 });
  const { judgeId } = await addJudge({ submission, ownerId: null }, client, db);
  endpoint.questions.length = 0;
  let reached = () => {};
  let killAt = 0;
  endpoint.answer = (response, body) => {
    // The question that a worker dies over is never answered.
    if (endpoint.questions.length >= killAt) return reached();
    return JUDGE_ANSWERS.good(response, body);
  };
  const locked = () => db.$queryRaw<unknown[]>`
    select 1 from graphile_worker.jobs where locked_by is not null and task_identifier like 'judge-%'`;
  for (killAt of [1, 9, 21]) {
    const arrived = new Promise<void>((resolve) => (reached = resolve));
    worker = start();
    await arrived;
    await worker.kill();
    // The dead worker's locks are still there: nothing but the next worker's sweep will lift them.
    expect((await locked()).length).toBeGreaterThan(0);
  }
  killAt = Infinity;
  worker = start();
  const open = () => db.judgeTask.count({ where: { judgeId, finishedAt: null } });
  await expect.poll(open, { timeout: 100_000, interval: 100 }).toBe(0);

  const samples = await db.judgeSampleVerdict.findMany({ where: { judgeId } });
  expect(samples).toHaveLength(2 * PROMPTS);
  expect(new Set(samples.map(({ sampleId }) => sampleId)).size).toBe(2 * PROMPTS);
  const pairs = await db.judgePairVerdict.findMany({ where: { judgeId } });
  expect(pairs).toHaveLength(2 * 6);
  const shown = new Set(pairs.map(({ aSampleId, bSampleId }) => `${aSampleId} ${bSampleId}`));
  expect(shown.size).toBe(2 * 6);
  for (const { aSampleId, bSampleId } of pairs) expect(shown.has(`${bSampleId} ${aSampleId}`)).toBe(true);
  // Five defects of twelve samples and an instruction in each of the 24, in both orders.
  const canaries = await db.judgeCanaryVerdict.findMany({ where: { judgeId } });
  expect(canaries).toHaveLength(5 * 12 * 2 + 24 * 2);
  expect(await db.judgeCall.count({ where: { judgeId } })).toBe(
    samples.length + pairs.length + canaries.length,
  );
  for (const { noVerdict } of [...samples, ...pairs, ...canaries]) expect(noVerdict).toBeNull();
  // What was in flight at a kill was asked again, and nothing else was.
  expect(endpoint.questions.length).toBeLessThanOrEqual(
    samples.length + pairs.length + canaries.length + 3 * 2,
  );
  // Every verdict's cost was written with it, once.
  const { spentUsd } = await db.judge.findUniqueOrThrow({ where: { id: judgeId } });
  expect(spentUsd.toNumber()).toBe(Math.round((samples.length + pairs.length + canaries.length) * 3) / 1000);
  expect((await listJudges("operator", db)).judges[0]).toMatchObject({
    verdicts: 36,
    withoutVerdict: [],
    total: 36 + canaries.length,
    done: 36 + canaries.length,
    finishedTasks: 4,
    usdPerVerdict: expect.closeTo(0.003, 9),
  });
  expect(await worker.stop()).toBe(0);
  worker = undefined;
}, 240_000);
