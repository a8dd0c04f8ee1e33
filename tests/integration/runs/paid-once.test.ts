import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/db/new-id";
import { readRun } from "@/lib/pages/read-run";
import { cancelRun } from "@/lib/runs/cancel-run";
import { resumeRun } from "@/lib/runs/resume-run";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import type { RunView } from "@/lib/schemas/runs";
import type { SubmissionInput } from "@/lib/schemas/submissions";
import { unlockDeadWorkers } from "@/workers/sweeps/unlock-dead-workers";
import { addBoard, startWorker, submissionOf, useDataFolder } from "../../support/evaluation-world";
import { KEY, startVendor, type VendorServer } from "../../support/format-mocks/vendor";
import { VENDORS } from "../../support/format-mocks/vendors";
import { ANSWERS, apiError, startImageEndpoint, type ImageEndpoint } from "../../support/image-endpoint";
import type { TestServer } from "../../support/http-server";
import { useTestDatabase } from "../../support/test-database";
import { spawnWorker } from "../../support/worker-process";

const folder = useDataFolder();
const database = useTestDatabase();
const SUBMITTER = newId("voter");
let vendor: VendorServer;
let endpoint: ImageEndpoint;
beforeAll(async () => {
  vendor = await startVendor(VENDORS.find(({ format }) => format === "fal")!);
  endpoint = await startImageEndpoint();
  await addBoard(database.db, 4);
});
afterAll(async () => {
  await vendor.close();
  await endpoint.close();
});

async function submit(server: TestServer, more: Partial<SubmissionInput>): Promise<string> {
  const submission = submissionOf(server, { promptCount: 1, apiKey: KEY, concurrency: 1, ...more });
  const { runId } = await database.db.$transaction((tx) =>
    submitEndpoint({ submission, voterId: SUBMITTER }, tx),
  );
  return runId;
}
const queued = () => submit(vendor, { format: "fal", providerModel: "fal-ai/flux" });
const read = (runId: string) => readRun({ runId, voterId: SUBMITTER }, database.db);
async function until(runId: string, is: (run: RunView) => boolean): Promise<RunView> {
  await expect.poll(async () => is(await read(runId)), { timeout: 60_000, interval: 50 }).toBe(true);
  return read(runId);
}
const resume = (runId: string) =>
  database.db.$transaction((tx) => resumeRun({ runId, voterId: SUBMITTER }, tx));
const isGenerated = ({ state }: RunView) => state !== "QUEUED" && state !== "GENERATING";
/** Run a worker of this process for so long as something takes. */
async function working<T>(work: () => Promise<T>): Promise<T> {
  const worker = await startWorker(database.db, database.url);
  try {
    return await work();
  } finally {
    await worker.stop();
  }
}

describe("an order that a provider has taken", () => {
  it("is asked after by the worker that comes after one that was killed, and is not paid twice", async () => {
    vendor.mode = "never";
    const runId = await queued();
    const killed = spawnWorker({
      DATABASE_URL: database.url,
      SALON_DATA_DIR: folder.path,
      OUTBOUND_ALLOW: "127.0.0.1",
    });
    const isStored = async () =>
      (await database.db.sampleOrder.count({ where: { runId, submittedAt: { not: null } } })) > 0;
    await expect.poll(isStored, { timeout: 60_000, interval: 20 }).toBe(true);
    await killed.kill();
    vendor.mode = "good";
    const run = await working(async () => {
      const isFree = async () => (await unlockDeadWorkers(database.db), isGenerated(await read(runId)));
      await expect.poll(isFree, { timeout: 60_000, interval: 100 }).toBe(true);
      return read(runId);
    });
    expect(run).toMatchObject({ generated: 1, failed: 0 });
    expect(vendor.charges).toHaveLength(1);
    expect(await database.db.sampleOrder.count({ where: { runId } })).toBe(0);
  });

  it("is taken back when its run is cancelled", async () => {
    vendor.mode = "never";
    const runId = await queued();
    await working(async () => {
      await expect
        .poll(() => database.db.sampleOrder.count({ where: { runId } }), { timeout: 60_000, interval: 20 })
        .toBe(1);
      await database.db.$transaction((tx) => cancelRun({ runId, voterId: SUBMITTER }, tx));
      await expect
        .poll(() => database.db.sampleOrder.count({ where: { runId } }), { timeout: 60_000, interval: 50 })
        .toBe(0);
    });
    expect(vendor.asked.at(-1)).toMatchObject({ method: "PUT", path: expect.stringContaining("/cancel") });
  });
});

describe("a call that may have been charged", () => {
  it("is made a second time at most, over all workers, until a person says so", async () => {
    endpoint.answer = ANSWERS.silent;
    endpoint.orders.length = 0;
    const runId = await submit(endpoint, {});
    for (const calls of [1, 2]) {
      const worker = await startWorker(database.db, database.url);
      await expect.poll(() => endpoint.orders.length, { timeout: 60_000, interval: 20 }).toBe(calls);
      await worker.stop();
    }
    const run = await working(() => until(runId, isGenerated));
    expect(run.failures).toMatchObject([
      { code: "timeout", message: expect.stringContaining("may have been charged") },
    ]);
    expect(endpoint.orders).toHaveLength(2);

    endpoint.answer = ANSWERS.good;
    await resume(runId);
    expect(await working(() => until(runId, isGenerated))).toMatchObject({ generated: 1 });
    // What was perhaps paid for stays on record.
    expect(await database.db.sampleOrder.findMany({ where: { runId } })).toMatchObject([
      { unsure: 2, job: null },
    ]);
  });
});

describe("no prompt is lost", () => {
  it.each([
    ["a rate limit", apiError(429, "rate_limit_exceeded", "slow down", { "retry-after": "0.1" })],
    ["a model that is loading", apiError(503, "x", "The model is still loading", { "retry-after": "0.1" })],
  ])("to %s before the first sample", async (_what, turnedAway) => {
    let left = 8;
    endpoint.answer = (...order) => (left-- > 0 ? turnedAway(...order) : ANSWERS.good(...order));
    const runId = await submit(endpoint, { promptCount: 2 });
    const run = await working(() => until(runId, isGenerated));
    expect(run).toMatchObject({ generated: 2, failed: 0 });
    expect(left).toBeLessThan(0);
  });

  it("to an account without credit: the run is paused with what it has, says so, and goes on when it is told to", async () => {
    let credit = 2;
    endpoint.answer = (...order) => (credit-- > 0 ? ANSWERS.good(...order) : ANSWERS.noCredit(...order));
    const runId = await submit(endpoint, { promptCount: 4 });
    const paused = await working(() => until(runId, isGenerated));
    expect(paused).toMatchObject({
      state: "PAUSED",
      pausedFor: "out_of_credit",
      ...{ generated: 2, failed: 0 },
      failedFor: { code: "endpoint_said", said: expect.stringContaining("no credit left") },
    });
    credit = 10;
    endpoint.orders.length = 0;
    await resume(runId);
    expect(await working(() => until(runId, isGenerated))).toMatchObject({
      generated: 4,
      failed: 0,
      pausedFor: null,
    });
    expect(endpoint.orders).toHaveLength(2);
  });
});

it("what an endpoint refuses is learnt once, over all workers", async () => {
  endpoint.answer = (response, body, request) =>
    "response_format" in body
      ? apiError(422, "x", "body.response_format: Input should be 'base64' or 'url'")(response, body, request)
      : ANSWERS.good(response, body, request);
  endpoint.orders.length = 0;
  for (const orders of [2, 3]) {
    const runId = orders === 2 ? await submit(endpoint, { name: "Learner" }) : await again();
    await working(() => until(runId, isGenerated));
    expect(endpoint.orders).toHaveLength(orders);
  }
  async function again(): Promise<string> {
    const { id, endpoint: stored } = await database.db.model.findFirstOrThrow({
      where: { name: "Learner" },
      include: { endpoint: true },
    });
    expect(stored?.leftOut).toEqual(["response_format"]);
    const { runId } = await database.db.run
      .findFirstOrThrow({ where: { modelId: id } })
      .then((run) => ({ runId: run.id }));
    await database.db.sample.deleteMany({ where: { runId } });
    await database.db.run.update({ where: { id: runId }, data: { state: "CANCELLED" } });
    await resume(runId);
    return runId;
  }
});
