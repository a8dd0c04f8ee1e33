import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { newId } from "@/lib/db/new-id";
import { createBattle } from "@/lib/battles/create-battle";
import { generateLiveBattle } from "@/lib/battles/generate-live-battle";
import { setBlockedList } from "@/lib/moderation/checks/blocked-list";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import { addBoard, submissionOf, useDataFolder, type TestBoard } from "../../support/evaluation-world";
import { ANSWERS, startImageEndpoint, type ImageEndpoint } from "../../support/image-endpoint";
import { KEY, startVendor } from "../../support/format-mocks/vendor";
import { VENDORS } from "../../support/format-mocks/vendors";
import { useTestDatabase } from "../../support/test-database";
import { testClient } from "../../support/test-client";

useDataFolder();
const database = useTestDatabase();
const voterId = newId("voter");
let board: TestBoard;
let endpoint: ImageEndpoint;
let client: GuardedClient;
let models: string[];

beforeAll(async () => {
  endpoint = await startImageEndpoint();
  client = testClient("127.0.0.1");
  board = await addBoard(database.db, 1);
  await database.db.voter.create({ data: { id: voterId } });
  const submit = (name: string) =>
    database.db.$transaction((tx) =>
      submitEndpoint(
        {
          submission: submissionOf(endpoint, { name, providerModel: name, ownPromptsPerDay: 1000 }),
          voterId,
        },
        tx,
      ),
    );
  models = [(await submit("left")).modelId, (await submit("right")).modelId];
});
beforeEach(() => Object.assign(endpoint, { answer: ANSWERS.good, orders: [] }));
afterAll(async () => {
  await client.close();
  await endpoint.close();
});

async function liveBattle(): Promise<string> {
  const prompt = await database.db.prompt.findFirstOrThrow({ where: { promptSetId: board.promptSetId } });
  const id = newId("battle");
  await database.db.battle.create({
    data: {
      id,
      boardId: board.id,
      voterId,
      promptId: prompt.id,
      kind: "LIVE",
      state: "GENERATING",
      leftModelId: models[0],
      rightModelId: models[1],
      pairPolicy: "test",
      propensity: 1,
    },
  });
  return id;
}
const generate = (id: string) =>
  generateLiveBattle(id, { db: database.db, client, signal: new AbortController().signal });
const read = (id: string) =>
  database.db.battle.findUniqueOrThrow({
    where: { id },
    include: { leftSample: true, rightSample: true },
  });

it("a live battle gets a sample of each model on its side, from seeds that differ, and is ready", async () => {
  const id = await liveBattle();
  await generate(id);
  const battle = await read(id);
  expect(battle.state).toBe("READY");
  expect(battle.leftSample).toMatchObject({ modelId: models[0], runId: null });
  expect(battle.rightSample).toMatchObject({ modelId: models[1], runId: null });
  expect(endpoint.orders.map(({ model }) => model).sort()).toEqual(["left", "right"]);
  // An endpoint is told one of them: it must not be able to draw the other side with the other model's weights.
  expect(endpoint.orders[0].seed).not.toBe(endpoint.orders[1].seed);
});

it("a live battle asks a model for what its run on the board asks, but for size and seed", async () => {
  const { db } = database;
  await db.run.updateMany({
    where: { modelId: models[0] },
    data: { state: "PUBLISHED", steps: 30, guidance: 7, extraFields: { scheduler: "euler" } },
  });
  await generate(await liveBattle());
  const asked = Object.fromEntries(endpoint.orders.map((order) => [order.model, order]));
  expect(asked.left).toMatchObject({ num_inference_steps: 30, guidance_scale: 7, scheduler: "euler" });
  expect(asked.right).not.toHaveProperty("num_inference_steps");
});

it("a live battle fails whose one image is not of the board's shape", async () => {
  const { db } = database;
  await db.endpoint.updateMany({ where: { modelId: models[1] }, data: { imageSize: "48x64" } });
  const id = await liveBattle();
  await generate(id);
  const battle = await read(id);
  expect(battle).toMatchObject({ state: "FAILED", leftSampleId: null, rightSampleId: null });
  expect(battle.failureReason).toEqual([{ side: "right", code: "other_shape", width: 48, height: 64 }]);
  await db.endpoint.updateMany({ data: { imageSize: "64x64" } });
});

it("one model that cannot draw it makes the battle fail, with the reason", async () => {
  endpoint.answer = (response, body, request) =>
    (body.model === "right" ? ANSWERS.refused : ANSWERS.good)(response, body, request);
  const id = await liveBattle();
  await generate(id);
  const battle = await read(id);
  expect(battle).toMatchObject({ state: "FAILED", leftSampleId: null, rightSampleId: null });
  expect(battle.failureReason).toMatchObject([
    { side: "right", code: "endpoint", kind: "refused", said: expect.stringContaining("moderation refused") },
  ]);
});

it("as many live battles wait for one submitted model as it may hold up; then it meets nobody until one has ended", async () => {
  const { db } = database;
  await db.model.updateMany({ data: { listed: true } });
  const ask = () =>
    db
      .$transaction((tx) => createBattle({ board: board.slug, voterId, prompt: "a cat" }, tx))
      .then(
        () => "made",
        ({ code }: { code: string }) => code,
      );
  const made = [];
  for (let i = 0; i < 5; i++) made.push(await ask());
  expect(made).toEqual(["made", "made", "made", "made", "not_ready"]);
  await db.battle.updateMany({ where: { state: "GENERATING" }, data: { state: "FAILED" } });
  for (let i = 0; i < 4; i++) expect(await ask()).toBe("made");
  expect(await ask()).toBe("not_ready");
  // Those whose job was lost block nobody for ever.
  await db.battle.updateMany({ data: { createdAt: new Date(Date.now() - 11 * 60_000) } });
  expect(await ask()).toBe("made");
  await db.battle.updateMany({ where: { state: "GENERATING" }, data: { state: "FAILED" } });
});

it("a settled battle is not drawn again", async () => {
  const id = await liveBattle();
  await generate(id);
  const before = await read(id);
  endpoint.orders.length = 0;
  await generate(id);
  expect(endpoint.orders).toEqual([]);
  expect(await read(id)).toEqual(before);
});

it("images of a prompt that a check has something against are kept, held, and end the battle without being shown", async () => {
  const id = await liveBattle();
  const { prompt } = await database.db.battle.findUniqueOrThrow({ where: { id }, include: { prompt: true } });
  // Set after the prompt was taken: whoever types it from now on is refused.
  await setBlockedList({ list: [prompt.text], by: "operator" }, database.db);
  await generate(id);
  await setBlockedList({ list: [], by: "operator" }, database.db);
  expect(await read(id)).toMatchObject({ state: "FAILED", leftSampleId: null, rightSampleId: null });
  const held = await database.db.sample.findMany({ where: { promptId: prompt.id, state: "HELD" } });
  expect(held.map(({ stateReason }) => stateReason)).toEqual(["blocked_words", "blocked_words"]);
});

it("a worker that comes after one that was stopped pays neither for the side that the provider has nor for the one that is made", async () => {
  const vendor = await startVendor(VENDORS.find(({ format }) => format === "fal")!);
  vendor.mode = "never";
  const id = await liveBattle();
  const submission = submissionOf(vendor, {
    name: "polled",
    format: "fal",
    providerModel: "fal-ai/flux",
    apiKey: KEY,
    ownPromptsPerDay: 5,
    listed: false,
  });
  const { modelId } = await database.db.$transaction((tx) => submitEndpoint({ submission, voterId }, tx));
  await database.db.battle.update({ where: { id }, data: { leftModelId: modelId } });
  const stopping = new AbortController();
  const first = generateLiveBattle(id, { db: database.db, client, signal: stopping.signal }).catch(
    () => "stopped",
  );
  const isKept = async () =>
    (await database.db.battleOrder.findMany({ where: { battleId: id }, orderBy: { isLeft: "desc" } })).map(
      ({ job, sampleId }) => (job !== null ? "ordered" : sampleId !== null ? "made" : "nothing"),
    );
  await expect.poll(isKept, { timeout: 30_000, interval: 20 }).toEqual(["ordered", "made"]);
  stopping.abort(new Error("The worker stops."));
  expect(await first).toBe("stopped");
  vendor.mode = "good";
  await generate(id);
  const battle = await read(id);
  expect(battle.state).toBe("READY");
  expect(vendor.charges).toHaveLength(1);
  expect(battle.leftSample?.seedRequested).toBe(Number(vendor.charges[0].body.seed));
  expect(endpoint.orders).toHaveLength(1);
  expect(await database.db.endpoint.findUniqueOrThrow({ where: { modelId } })).toMatchObject({
    ownPromptsUsed: 1,
  });
  expect(await isKept()).toEqual([]);
  await vendor.close();
});
