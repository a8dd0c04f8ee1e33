import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { testConnection } from "@/lib/models/test-connection";
import { newId } from "@/lib/db/new-id";
import { readModel } from "@/lib/pages/read-model";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { checkDrift } from "@/lib/runs/drift/check-drift";
import { splitModel, splitReason } from "@/lib/runs/drift/split-model";
import { startChecks } from "@/lib/runs/drift/start-checks";
import { watchModel } from "@/lib/runs/drift/watch-model";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import { connectionTest } from "@/lib/schemas/submissions";
import { includeVotes } from "@/lib/votes/include-votes";
import { battleFor, makeArena, vote } from "../../support/arena-fixture";
import { addBoard, submissionOf, useDataFolder } from "../../support/evaluation-world";
import { KEY } from "../../support/format-mocks/vendor";
import { ANSWERS, imageOf, startImageEndpoint, type ImageEndpoint } from "../../support/image-endpoint";
import { testClient } from "../../support/test-client";
import { useTestDatabase } from "../../support/test-database";

useDataFolder();
process.env.SALON_SECRET ??= "a secret of the tests, which nobody must guess";
const database = useTestDatabase();
const DAY_MS = 86_400_000;
const OWNER = newId("voter");
let endpoint: ImageEndpoint;
beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  endpoint = await startImageEndpoint();
  await addBoard(database.db, 12);
});
beforeEach(() => {
  endpoint.answer = ANSWERS.good;
});
afterAll(() => endpoint.close());

/** What the model makes from now on: another one the same seeds' images of other words. */
const model = (words: string): ImageEndpoint["answer"] =>
  answering((body) => imageOf({ ...body, prompt: `${words} ${body.prompt}` }));
/** Draws from seeds of its own. */
const unseeded = (start: number) => {
  let seed = start;
  return answering((body) => imageOf({ ...body, seed: seed++ }));
};
function answering(draw: typeof imageOf): ImageEndpoint["answer"] {
  return async (response, body) => {
    const image = (await draw(body)).toString("base64");
    response
      .writeHead(200, { "content-type": "application/json" })
      .end(JSON.stringify({ data: [{ b64_json: image }], usage: { cost: 0.01 } }));
  };
}

/** A listed model of the owner's, tested and watched, without a run under way. */
async function watched(name: string) {
  const input = connectionTest.parse({ endpointUrl: endpoint.origin, providerModel: "test" });
  await testConnection({ input, voterId: OWNER });
  const submission = submissionOf(endpoint, { name, apiKey: KEY, pricePerImageUsd: 0.04 });
  const { model: slug, modelId } = await submitEndpoint({ submission, voterId: OWNER });
  await database.db.run.updateMany({ where: { modelId }, data: { state: "CANCELLED" } });
  await database.db.model.update({ where: { id: modelId }, data: { listed: true } });
  await watchModel({ slug, by: { voterId: OWNER }, everyDays: 7 });
  endpoint.orders.length = 0;
  return { slug, modelId };
}

const context = (signal = new AbortController().signal, turnMs = 60_000) => ({
  ...{ db: database.db, client: testClient("127.0.0.1"), signal, retriesLeft: false, turnMs },
});
/** Time passes: what was looked at is so many days older. */
const pass = (days: number) =>
  database.db
    .$executeRaw`update drift_checks set created_at = created_at - make_interval(days => ${days}::int)`;
async function underWay(modelId: string) {
  const found = await database.db.driftCheck.findFirst({
    where: { verdict: null, endpoint: { modelId } },
    select: { id: true },
  });
  return found?.id ?? null;
}
/** A look as the sweep and a worker make it. */
async function look(modelId: string) {
  await pass(8);
  await startChecks(database.db, Date.now());
  const checkId = (await underWay(modelId))!;
  await checkDrift({ checkId }, context());
  return database.db.driftCheck.findUniqueOrThrow({ where: { id: checkId } });
}
const seen = async (slug: string, voterId: string | null) => (await readModel({ slug, voterId })).drift!;

describe("a look at a model", () => {
  it("that honours seeds draws eight images, and sees that another model stands behind the name", async () => {
    const { slug, modelId } = await watched("Seeded");
    const owner = { ownerId: null, url: "http://127.0.0.1:9/", secretSealed: Buffer.from("x") };
    await database.db.webhook.create({
      data: { id: newId("webhook"), modelId, events: ["model_changed"], ...owner },
    });
    endpoint.answer = model("");
    expect((await look(modelId)).verdict).toBe("first");
    expect(endpoint.orders).toHaveLength(8);
    expect(await look(modelId)).toMatchObject({ verdict: "unchanged", distance: 0, prompts: 8 });
    expect((await seen(slug, null)).changed).toBeNull();

    endpoint.answer = model("new");
    const changed = await look(modelId);
    expect(changed).toMatchObject({ verdict: "changed", prompts: 8 });
    expect(changed.low).toBeGreaterThan(1.5);
    const told = await database.db.webhookDelivery.findMany();
    expect(told.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
      { type: "model.changed", data: { model: { slug }, prompts: 8, path: `/models/${slug}` } },
    ]);
    // A stranger is told of the change and not what looking costs; its owner both.
    const stranger = await seen(slug, null);
    expect(stranger.changed).toMatchObject({ distance: changed.distance, low: changed.low, prompts: 8 });
    expect(stranger.watch).toBeNull();
    expect((await seen(slug, OWNER)).watch).toMatchObject({ everyDays: 7, images: 8, isUnderWay: false });
    // Twenty-four images at what each reply said.
    expect((await readModel({ slug, voterId: OWNER })).spent).toEqual({ usd: 0.24, estimatedUsd: 0 });
    expect(await look(modelId)).toMatchObject({ verdict: "unchanged" });
    // Of earlier looks the numbers stay, the images go.
    expect(await database.db.driftImage.count({ where: { check: { endpoint: { modelId } } } })).toBe(16);
  });

  it("that draws at random draws two of each prompt, and sees no change where there is none", async () => {
    endpoint.answer = unseeded(1);
    const { modelId } = await watched("Random");
    expect(await look(modelId)).toMatchObject({ verdict: "first", seeded: false });
    expect(endpoint.orders).toHaveLength(16);
    expect(await look(modelId)).toMatchObject({ verdict: "unchanged", prompts: 8 });
  });

  it("that refuses everything knows nothing, and costs nothing", async () => {
    const { slug, modelId } = await watched("Refuses");
    endpoint.answer = ANSWERS.refused;
    expect(await look(modelId)).toMatchObject({ verdict: "unknown", distance: null });
    expect((await readModel({ slug, voterId: OWNER })).spent).toEqual({ usd: 0, estimatedUsd: 0 });
  });

  it("goes on where it was killed, leaves its slot to others, and says once what it found", async () => {
    const { modelId } = await watched("Killed");
    await pass(8);
    await startChecks(database.db, Date.now());
    const checkId = (await underWay(modelId))!;
    const worker = new AbortController();
    endpoint.answer = (response, body, request) => {
      if (endpoint.orders.length === 4) worker.abort(new Error("killed"));
      else void ANSWERS.good(response, body, request);
    };
    await expect(checkDrift({ checkId }, context(worker.signal))).rejects.toThrow("killed");
    endpoint.answer = ANSWERS.good;
    const keys = () =>
      database.db.$queryRaw<unknown[]>`select 1 from graphile_worker.jobs where key = ${`drift:${checkId}`}`;
    await database.db.$queryRaw`select 1 from graphile_worker.remove_job(${`drift:${checkId}`})`;
    await checkDrift({ checkId }, context(undefined, 0));
    expect(await keys()).toHaveLength(1);
    await Promise.all([checkDrift({ checkId }, context()), checkDrift({ checkId }, context())]);
    expect(await database.db.driftImage.count({ where: { checkId } })).toBe(8);
    const orders = endpoint.orders.length;
    const { finishedAt } = await database.db.driftCheck.findUniqueOrThrow({ where: { id: checkId } });
    await checkDrift({ checkId }, context());
    expect(endpoint.orders).toHaveLength(orders);
    expect((await database.db.driftCheck.findUniqueOrThrow({ where: { id: checkId } })).finishedAt).toEqual(
      finishedAt,
    );
  });
});

test("a look begins when it is due, once, however many workers ask; one that never ended is given up", async () => {
  const { modelId } = await watched("Due");
  await Promise.all(Array.from({ length: 4 }, () => startChecks(database.db, Date.now())));
  const checks = () => database.db.driftCheck.findMany({ where: { endpoint: { modelId } } });
  expect(await checks()).toHaveLength(1);
  await startChecks(database.db, Date.now() + 0.9 * DAY_MS);
  expect(await checks()).toHaveLength(1);
  await startChecks(database.db, Date.now() + 1.1 * DAY_MS);
  expect(await checks()).toMatchObject([{ verdict: "unknown" }]);
  await startChecks(database.db, Date.now() + 6.9 * DAY_MS);
  expect(await checks()).toHaveLength(1);
  await startChecks(database.db, Date.now() + 7.1 * DAY_MS);
  expect(await checks()).toHaveLength(2);
});

test("its owner, and of the site's own models who runs the site, switch looking on; nobody else", async () => {
  const { slug, modelId } = await watched("Guarded");
  const everyDays = 3;
  const [stranger, curator] = [{ voterId: newId("voter") }, { voterId: newId("voter"), runsSite: true }];
  for (const by of [stranger, curator]) {
    await expect(watchModel({ slug, by, everyDays })).rejects.toMatchObject({ code: "forbidden" });
    await expect(splitModel({ slug, by })).rejects.toMatchObject({ code: "forbidden" });
  }
  await database.db.model.update({ where: { id: modelId }, data: { submitterId: null } });
  await expect(watchModel({ slug, by: stranger, everyDays })).rejects.toMatchObject({ code: "forbidden" });
  await watchModel({ slug, by: curator, everyDays });
  const { watch } = (await readModel({ slug, ...curator })).drift!;
  expect(watch).toMatchObject({ everyDays, images: 8 });
  await expect(splitModel({ slug, by: curator })).rejects.toMatchObject({ code: "conflict" });
});

test("a new version from the change on: votes on earlier images are left out and can be counted again, others stay", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 3, prompts: 4, endpoints: true });
  const [first] = arena.models;
  const hour = 3_600_000;
  await db.sample.updateMany({ data: { createdAt: new Date(Date.now() - 3 * hour) } });
  await db.run.updateMany({ data: { createdAt: new Date(Date.now() - 3 * hour) } });
  for (let i = 0; i < 18; i++) await vote(db, await battleFor(db, arena), i % 2 ? "left" : "right");
  const of = (id: string) => ({ OR: [{ leftModelId: id }, { rightModelId: id }], boardId: arena.boardId });
  const its = await db.vote.count({ where: of(first.id) });
  expect(its).toBeGreaterThan(0);
  const others = await db.vote.count({ where: { boardId: arena.boardId, NOT: of(first.id) } });

  const { id: endpointId } = await db.endpoint.findUniqueOrThrow({ where: { modelId: first.id } });
  const at = new Date(Date.now() - 2 * hour);
  const { promptSetId } = await db.board.findUniqueOrThrow({ where: { id: arena.boardId } });
  await db.driftCheck.create({
    data: {
      ...{ id: newId("driftCheck"), endpointId, version: 1, promptSetId, seeded: true, verdict: "changed" },
      ...{ distance: 20, low: 15, high: 25, prompts: 8, createdAt: at, finishedAt: at },
    },
  });
  await splitModel({ slug: first.slug, by: "operator" });

  const reason = splitReason(first.slug, at);
  expect(await db.vote.count({ where: { ...of(first.id), status: "EXCLUDED", statusReason: reason } })).toBe(
    its,
  );
  expect(await db.vote.count({ where: { boardId: arena.boardId, status: "COUNTED" } })).toBe(others);
  expect((await db.run.findFirstOrThrow({ where: { modelId: first.id } })).supersededAt).not.toBeNull();
  const drift = await seen(first.slug, null);
  expect(drift).toMatchObject({ changed: null, splitAt: at.toISOString() });
  await refitRatings(arena.boardId, db);
  const { headToHead } = await readModel({ slug: first.slug });
  expect(headToHead.every(({ wins, losses, ties }) => wins + losses + ties === 0)).toBe(true);
  await expect(splitModel({ slug: first.slug, by: "operator" })).rejects.toMatchObject({ code: "conflict" });

  await includeVotes({ reason });
  expect(await db.vote.count({ where: { ...of(first.id), status: "COUNTED" } })).toBe(its);
});
