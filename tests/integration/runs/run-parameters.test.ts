import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { POST as postModel } from "@/app/api/v1/models/route";
import { POST as postRun } from "@/app/api/v1/models/[slug]/runs/route";
import { arenaPool } from "@/lib/battles/arena-pool";
import { requireBoard } from "@/lib/boards/require-board";
import { newId } from "@/lib/db/new-id";
import { readModel } from "@/lib/pages/read-model";
import { readRun } from "@/lib/pages/read-run";
import { limitsOf } from "@/lib/prompts/import-limits";
import { importPrompts } from "@/lib/prompts/import-prompts";
import { newVersion } from "@/lib/prompts/new-version";
import { unpackPromptFiles } from "@/lib/prompts/unpack-prompt-files";
import type { RunRequest, SubmissionInput, SubmissionResponse } from "@/lib/schemas/submissions";
import { signVoterCookie, VOTER_COOKIE } from "@/lib/votes/voter-cookie";
import { expectError, request } from "../../support/api-requests";
import { addBoard, startWorker, useDataFolder, type TestWorker } from "../../support/evaluation-world";
import {
  ANSWERS,
  apiError,
  startImageEndpoint,
  type ImageEndpoint,
  type ImageRequestBody,
} from "../../support/image-endpoint";
import { useTestDatabase } from "../../support/test-database";

useDataFolder();
const database = useTestDatabase();
const voterId = newId("voter");
const by = { voterId };
let endpoint: ImageEndpoint;
let worker: TestWorker | undefined;
let model: string;

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  await database.db.voter.create({ data: { id: voterId } });
  endpoint = await startImageEndpoint();
  await addBoard(database.db, 3);
  await addBoard(database.db, 4, "half-in-the-arena", (index) => index % 2 === 0);
  worker = await startWorker(database.db, database.url);
  model = (await submitted({ name: "Ours" })).model;
});
beforeEach(() => Object.assign(endpoint, { answer: ANSWERS.good, orders: [] }));
afterAll(async () => {
  await worker?.stop();
  await endpoint?.close();
});

const cookie = async () => `${VOTER_COOKIE}=${await signVoterCookie(voterId)}`;
const ended = async (runId: string) => {
  await vi.waitUntil(
    async () => {
      const { state } = await database.db.run.findUniqueOrThrow({ where: { id: runId } });
      return ["PUBLISHED", "FAILED"].includes(state);
    },
    { timeout: 50_000, interval: 50 },
  );
  return readRun({ runId, voterId });
};

async function submit(more: Partial<SubmissionInput>): Promise<Response> {
  await database.db.rateLimit.deleteMany();
  const body = {
    creator: "Tests",
    endpointUrl: endpoint.origin,
    providerModel: "test",
    listed: false,
    ...more,
  };
  return postModel(request("POST", "/api/v1/models", { body, cookie: await cookie() }));
}

async function submitted(more: Partial<SubmissionInput>): Promise<SubmissionResponse> {
  const response = await submit(more);
  expect(response.status).toBe(201);
  const answer = (await response.json()) as SubmissionResponse;
  await ended(answer.runId);
  return answer;
}

async function again(body: Partial<RunRequest>, slug = model): Promise<Response> {
  await database.db.rateLimit.deleteMany();
  const asked = request("POST", `/api/v1/models/${slug}/runs`, { body, cookie: await cookie() });
  return postRun(asked, { params: Promise.resolve({ slug }) });
}

async function started(body: Partial<RunRequest>): Promise<string> {
  const response = await again(body);
  expect(response.status).toBe(201);
  const { runId } = (await response.json()) as { runId: string };
  await ended(runId);
  return runId;
}

const samplesOf = (runId: string) =>
  database.db.sample.findMany({
    where: { runId },
    orderBy: [{ prompt: { index: "asc" } }, { index: "asc" }],
    include: { prompt: true, artifact: true },
  });
const imported = async (text: string, name: string) => {
  const unpacked = await unpackPromptFiles({ name: "a.csv", bytes: Buffer.from(text) }, limitsOf(by));
  return { unpacked, by, skipErrors: false, arena: "none", name, listed: false } as const;
};
const fieldsOf = (orders: ImageRequestBody[], ...names: string[]) =>
  new Set(orders.map((order) => JSON.stringify(names.map((name) => order[name]))));

test("a submission's parameters stand in every request of its run, and on the run's page", async () => {
  const { runId } = await submitted({
    name: "With parameters",
    samplesPerPrompt: 2,
    seeds: [11, 22, 33],
    steps: 30,
    guidance: 7.5,
    negativePrompt: "blur",
    extraFields: { scheduler: "euler", eta: 0.5, karras: true },
    extraHeaders: { "X-Route": "eu" },
  });
  expect(endpoint.orders).toHaveLength(6);
  expect(endpoint.orders[0]).toEqual({
    model: "test",
    prompt: expect.stringMatching(/^prompt \d$/),
    n: 1,
    size: "64x64",
    seed: expect.any(Number),
    response_format: "b64_json",
    num_inference_steps: 30,
    guidance_scale: 7.5,
    negative_prompt: "blur",
    scheduler: "euler",
    eta: 0.5,
    karras: true,
  });
  expect(
    fieldsOf(endpoint.orders, "num_inference_steps", "guidance_scale", "negative_prompt", "scheduler", "eta")
      .size,
  ).toBe(1);
  expect((await readRun({ runId, voterId })).parameters).toEqual({
    imageSize: "64x64",
    seeds: [11, 22, 33],
    steps: 30,
    guidance: 7.5,
    negativePrompt: "blur",
    extraFields: { scheduler: "euler", eta: 0.5, karras: true },
    extraHeaders: { "X-Route": "eu" },
  });
});

test("one model in two qualities is two entries of a board, each asked for in its own", async () => {
  const [high, low] = [
    await submitted({ name: "Image 2 (High)", listed: true, extraFields: { quality: "high" } }),
    await submitted({ name: "Image 2 (Low)", listed: true, extraFields: { quality: "low" } }),
  ];
  expect(endpoint.orders.map(({ quality }) => quality)).toEqual([
    ...["high", "high", "high"],
    ...["low", "low", "low"],
  ]);
  const page = async (slug: string) => (await readModel({ slug, voterId }, database.db)).bestRun;
  expect(await page(high.model)).toMatchObject({ parameters: { extraFields: { quality: "high" } } });
  expect(await page(low.model)).toMatchObject({ parameters: { extraFields: { quality: "low" } } });
  const members = await database.db.boardModel.count({
    where: { modelId: { in: [high.modelId, low.modelId] }, board: { slug: "text-to-image" } },
  });
  expect(members).toBe(2);
});

test("of a list of seeds sample i of every prompt has seed i", async () => {
  const samples = await samplesOf(
    await started({ board: "text-to-image", samplesPerPrompt: 2, seeds: [7, 5, 3] }),
  );
  expect(samples.map(({ prompt, index, seedRequested }) => [prompt.index, index, seedRequested])).toEqual(
    [0, 1, 2].flatMap((prompt) => [
      [prompt, 0, 7],
      [prompt, 1, 5],
    ]),
  );
});

test("where no seed is wanted none is sent, and none is kept with the samples", async () => {
  const runId = await started({ board: "text-to-image", seeds: "none" });
  expect(endpoint.orders).toHaveLength(3);
  for (const order of endpoint.orders) expect(order).not.toHaveProperty("seed");
  expect((await samplesOf(runId)).map(({ seedRequested }) => seedRequested)).toEqual([null, null, null]);
});

test("an endpoint that refuses seeds is asked without one, which its samples say; a list of seeds it fails", async () => {
  const { answer } = endpoint;
  endpoint.answer = (response, body, incoming) =>
    "seed" in body
      ? apiError(400, "unknown_parameter", "Unknown parameter: 'seed'.")(response, body, incoming)
      : answer(response, body, incoming);
  const { model: slug, runId } = await submitted({ name: "Seedless", providerModel: "seedless" });
  expect((await samplesOf(runId)).map(({ seedRequested }) => seedRequested)).toEqual([null, null, null]);
  const response = await again({ board: "text-to-image", seeds: [1] }, slug);
  const run = await ended(((await response.json()) as { runId: string }).runId);
  expect(run.state).toBe("FAILED");
  expect(run.failedFor).toMatchObject({ most: expect.stringContaining("Unknown parameter: 'seed'") });
});

test("another run of a model may ask for another size, and says which", async () => {
  const runId = await started({ board: "text-to-image", imageSize: "32x32" });
  expect(fieldsOf(endpoint.orders, "size")).toEqual(new Set(['["32x32"]']));
  expect((await samplesOf(runId)).map(({ artifact }) => artifact.width)).toEqual([32, 32, 32]);
  expect((await readRun({ runId, voterId })).parameters).toMatchObject({
    imageSize: "32x32",
    seeds: "per-prompt",
  });
});

test("a run's negative prompt is for prompts that have none of their own", async () => {
  const text = "key,prompt,negative_prompt\na,an apple,red\nb,a boat,\n";
  const { slug } = await importPrompts(await imported(text, "Negative"));
  await started({ promptSet: slug, negativePrompt: "blur" });
  await started({ promptSet: slug });
  expect(endpoint.orders.map(({ prompt, negative_prompt: not }) => `${prompt}: ${not}`).sort()).toEqual([
    "a boat: blur",
    "a boat: undefined",
    "an apple: red",
    "an apple: red",
  ]);
});

test("over a new version of a prompt set only samples made under the same parameters serve again", async () => {
  const { slug } = await importPrompts(await imported("key,prompt\na,an apple\nb,a boat\n", "Reused"));
  const first = { promptSet: slug, seeds: [5, 6], guidance: 3, extraFields: { scheduler: "euler", eta: 1 } };
  await started(first);
  const next = await newVersion({
    ...(await imported("key,prompt\na,an apple\nb,a boat\nc,a cat\n", "Reused")),
    slug,
  });
  const asked = async (change: Partial<RunRequest>) => {
    endpoint.orders = [];
    await started({ ...first, promptSet: next.slug, ...change });
    return endpoint.orders.map(({ prompt }) => prompt).sort();
  };
  const all = ["a boat", "a cat", "an apple"];
  expect(await asked({})).toEqual(["a cat"]);
  // The order of fields says nothing, nor do seeds of the list that no sample has.
  expect(await asked({ extraFields: { eta: 1, scheduler: "euler" }, seeds: [5, 9] })).toEqual(["a cat"]);
  for (const change of [
    { seeds: [6, 5] },
    { seeds: "none" as const },
    { seeds: "per-prompt" as const },
    { guidance: 4 },
    { guidance: null },
    { steps: 2 },
    { negativePrompt: "blur" },
    { imageSize: "32x32" },
    { extraFields: { scheduler: "euler" } },
    { extraHeaders: { "X-Route": "eu" } },
  ]) {
    expect(await asked(change), JSON.stringify(change)).toEqual(all);
  }
});

test("samples of a list of seeds are in no battle where everyone votes, and in battles where invited people do", async () => {
  const { db } = database;
  const board = "half-in-the-arena";
  const listed = await submitted({ name: "Of a list", board, seeds: [42], listed: true });
  const usual = await submitted({ name: "By place", board, listed: true });
  expect([listed.fitsArena, usual.fitsArena]).toEqual([false, true]);
  const battles = async () => {
    const found = await requireBoard({ slug: board, by: "operator", to: "see" }, db);
    const { models, samples } = await arenaPool(found, db, true);
    return Object.fromEntries(models.map((id, at) => [id, samples[at].flat().length]));
  };
  expect(await battles()).toEqual({ [listed.modelId]: 0, [usual.modelId]: 2 });
  expect((await readRun({ runId: listed.runId, voterId })).arena).toMatchObject({ seedsTellSides: true });
  await db.board.update({ where: { slug: board }, data: { votedBy: "INVITED" } });
  expect(await battles()).toEqual({ [listed.modelId]: 2, [usual.modelId]: 2 });
  expect((await readRun({ runId: listed.runId, voterId })).arena).toMatchObject({ seedsTellSides: false });
});

test("battles show a model's samples of one run: the best, or the one that was chosen to stand for it", async () => {
  const { db } = database;
  const slug = "all-in-the-arena";
  const { id: boardId } = await addBoard(db, 2, slug, () => true);
  const first = await submitted({ name: "Twice", board: slug, listed: true });
  const response = await again({ board: slug, guidance: 4, samplesPerPrompt: 2 }, first.model);
  const second = ((await response.json()) as { runId: string }).runId;
  await ended(second);
  const inBattles = async () => {
    const found = await requireBoard({ slug, by: "operator", to: "see" }, db);
    const { samples } = await arenaPool(found, db, true);
    const rows = await db.sample.findMany({ where: { id: { in: samples.flat(2) } } });
    return rows.map(({ runId }) => runId);
  };
  expect(await inBattles()).toEqual(Array.from({ length: 4 }, () => second));
  await db.boardModel.updateMany({ where: { boardId }, data: { runId: first.runId } });
  expect(await inBattles()).toEqual([first.runId, first.runId]);
});

test("what requests cannot carry is refused before anything is stored, with the field that is at fault", async () => {
  const { db } = database;
  const before = await db.run.count();
  const refused = async (body: Partial<RunRequest>, field: string) =>
    expectError(await again({ board: "text-to-image", ...body }), 400, "invalid_request", field);
  await refused({ samplesPerPrompt: 3, seeds: [1, 2] }, "seeds");
  await refused({ extraFields: { authorization: "Bearer x" } }, "extraFields");
  await refused({ extraFields: { n: 8 } }, "extraFields");
  await refused({ extraHeaders: { authorization: "x" } }, "extraHeaders");
  await db.endpoint.updateMany({ where: { model: { slug: model } }, data: { format: "http" } });
  await refused({ extraFields: { quality: "high" } }, "extraFields");
  await db.endpoint.updateMany({ where: { model: { slug: model } }, data: { format: "openai-images" } });
  await db.model.update({ where: { slug: model }, data: { bundled: true } });
  await refused({ negativePrompt: "blur" }, "negativePrompt");
  await db.model.update({ where: { slug: model }, data: { bundled: false } });
  expect(await db.run.count()).toBe(before);
});
