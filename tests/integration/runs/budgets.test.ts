import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "@/lib/db/new-id";
import { readRun } from "@/lib/pages/read-run";
import { lockModel } from "@/lib/models/lock-model";
import { estimateRuns } from "@/lib/runs/money/estimate-runs";
import { resumeRun } from "@/lib/runs/resume-run";
import { setBudget } from "@/lib/runs/money/set-budget";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import { openOrder } from "@/lib/runs/generation/sample-order";
import { Prisma } from "@/lib/db/generated/client";
import { submission, type SubmissionInput } from "@/lib/schemas/submissions";
import { addBoard, startWorker, submissionOf, useDataFolder } from "../../support/evaluation-world";
import { KEY } from "../../support/format-mocks/vendor";
import { ANSWERS, imageOf, startImageEndpoint, type ImageEndpoint } from "../../support/image-endpoint";
import { useTestDatabase } from "../../support/test-database";

const PRICE = 0.04;
const PROMPTS = 24;
useDataFolder();
const database = useTestDatabase();
const SUBMITTER = newId("voter");
const by = { voterId: SUBMITTER, runsSite: false } as const;
let endpoint: ImageEndpoint;
let promptSetId: string;
/** What the endpoint has charged, in US dollars. */
let charged = 0;
beforeAll(async () => {
  process.env.REQUESTS_PER_SUBMITTER = "16";
  endpoint = await startImageEndpoint();
  ({ promptSetId } = await addBoard(database.db, PROMPTS));
});
afterAll(() => endpoint.close());

/** Charges each image, and says so. */
const charging =
  (usd: number): ImageEndpoint["answer"] =>
  async (response, body) => {
    charged += usd;
    const b64_json = (await imageOf(body)).toString("base64");
    response
      .writeHead(200, { "content-type": "application/json" })
      .end(JSON.stringify({ data: [{ b64_json }], usage: { cost: usd } }));
  };
const read = (runId: string) => readRun({ runId, voterId: SUBMITTER }, database.db);
async function submit(more: Partial<SubmissionInput>): Promise<string> {
  charged = 0;
  endpoint.mostAtOnce = 0;
  const wanted = submissionOf(endpoint, { apiKey: KEY, concurrency: 16, pricePerImageUsd: PRICE, ...more });
  const ask = { submission: wanted, voterId: SUBMITTER };
  return (await database.db.$transaction((tx) => submitEndpoint(ask, tx))).runId;
}
async function untilStill(runId: string) {
  const worker = await startWorker(database.db, database.url);
  const isStill = async () => !["QUEUED", "GENERATING"].includes((await read(runId)).state);
  await expect.poll(isStill, { timeout: 60_000, interval: 50 }).toBe(true);
  await worker.stop();
  return read(runId);
}

it("pauses a run before it could cost more than its budget, keeps what it has, and goes on when the budget is raised", async () => {
  endpoint.answer = charging(PRICE);
  const runId = await submit({ budgetUsd: 0.5 });
  const paused = await untilStill(runId);
  expect(paused).toMatchObject({ state: "PAUSED", pausedFor: "budget", generated: 12, failed: 0 });
  expect(charged).toBeCloseTo(0.48, 9);
  expect(paused.costUsd).toBeCloseTo(charged, 9);
  const resumed = database.db.$transaction((tx) => resumeRun({ runId, voterId: SUBMITTER }, tx));
  await expect(resumed).rejects.toThrow("Its budget of $0.5 is used up");

  await database.db.$transaction((tx) => setBudget({ runId, budgetUsd: 2, ...by }, tx));
  const run = await untilStill(runId);
  expect(run).toMatchObject({ pausedFor: null, generated: PROMPTS, costEstimatedUsd: 0 });
  expect(run.costUsd).toBeCloseTo(charged, 9);
  // What was estimated before it began is what it was charged.
  const estimated = await database.db.$transaction((tx) =>
    estimateRuns({ board: "text-to-image", samplesPerPrompt: 1, pricePerImageUsd: PRICE, by }, tx),
  );
  expect(estimated).toMatchObject({ images: PROMPTS, source: "typed" });
  expect(Math.abs(estimated.usd! / charged - 1)).toBeLessThan(0.01);
});

it("an estimate for a model waits for nobody who works on it", async () => {
  const runId = await submit({});
  const { model } = await database.db.run.findUniqueOrThrow({
    where: { id: runId },
    include: { model: true },
  });
  await database.db.$executeRaw`delete from graphile_worker._private_jobs where key like ${`${runId}:%`}`;
  await database.db.$transaction(async (tx) => {
    await lockModel({ slug: model.slug, by: "operator" }, tx);
    const wanted = { board: "text-to-image", samplesPerPrompt: 1, model: model.slug, by };
    expect(await estimateRuns(wanted, database.db)).toMatchObject({
      pricePerImageUsd: PRICE,
      source: "list",
    });
  });
});

it("goes over its budget by no more than what the calls under way cost above the price that was thought", async () => {
  endpoint.answer = charging(2 * PRICE);
  const runId = await submit({ budgetUsd: 0.5 });
  const { state, costUsd } = await untilStill(runId);
  expect(state).toBe("PAUSED");
  // As many were under way at most as it may be sent at a time.
  expect(charged).toBeLessThanOrEqual(0.5 + 16 * PRICE);
  expect(costUsd).toBeCloseTo(charged, 9);
});

it("sixteen calls at once never take more than the budget has", async () => {
  endpoint.answer = ANSWERS.silent;
  const runId = await submit({ budgetUsd: 0.2 });
  const prompts = await database.db.prompt.findMany({ where: { promptSetId }, take: 16 });
  const money = { charged: true, unitPriceUsd: new Prisma.Decimal(PRICE) };
  const begun = await Promise.allSettled(
    prompts.map(async ({ id: promptId }) =>
      (await openOrder({ runId, promptId, index: 0 }, money, database.db)).begin(),
    ),
  );
  expect(begun.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
  // They are under way, or were cut short: probably charged, and counted as an estimate.
  expect(await read(runId)).toMatchObject({ costUsd: 0.2, costEstimatedUsd: 0.2 });
});

it("counts an order that a provider took once, by what it says in the end, and nothing for one that it failed", async () => {
  const runId = await submit({ budgetUsd: 1 });
  const [made, failed, lost] = await database.db.prompt.findMany({ where: { promptSetId }, take: 3 });
  const money = { charged: true, unitPriceUsd: new Prisma.Decimal(PRICE) };
  const open = (promptId: string) => openOrder({ runId, promptId, index: 0 }, money, database.db);
  for (const { id } of [made, failed, lost]) {
    const record = await open(id);
    await record.begin();
    await record.submitted({ id });
  }
  expect(await read(runId)).toMatchObject({ costUsd: 0.12, costEstimatedUsd: 0.12 });
  // A worker that is killed after it was told is told again by the next.
  await (await open(made.id)).made({ usd: 0.05 });
  await (await open(made.id)).made({ usd: 0.05 });
  await (await open(failed.id)).dropped("ended");
  await (await open(lost.id)).dropped("lost");
  expect(await read(runId)).toMatchObject({ costUsd: 0.09, costEstimatedUsd: 0.04 });
});

it("a budget needs the price of an image", () => {
  const parsed = submission.safeParse({
    ...{ name: "m", creator: "c", endpointUrl: "https://host/v1", providerModel: "m" },
    budgetUsd: 1,
  });
  expect(parsed.error?.issues).toMatchObject([{ path: ["budgetUsd"] }]);
});
