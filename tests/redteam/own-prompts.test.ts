import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { POST as postOwnPrompts } from "@/app/api/v1/models/[slug]/own-prompts/route";
import { POST as postModel } from "@/app/api/v1/models/route";
import { arenaPool } from "@/lib/battles/arena-pool";
import { createBattle } from "@/lib/battles/create-battle";
import { Prisma } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/new-id";
import { generateLiveBattle } from "@/lib/battles/generate-live-battle";
import { isOpenToOwnPrompts, takeOwnPrompt } from "@/lib/models/own-prompts";
import { readModel } from "@/lib/pages/read-model";
import { addBoard, useDataFolder, type TestBoard } from "../support/evaluation-world";
import { ANSWERS, imageOf, startImageEndpoint, type ImageEndpoint } from "../support/image-endpoint";
import { addServedModel } from "../support/served-model";
import { testClient } from "../support/test-client";
import { useTestDatabase } from "../support/test-database";

useDataFolder();
process.env.SALON_SECRET ??= "a secret of the tests, which nobody must guess";
const database = useTestDatabase();
const client = testClient("127.0.0.1");
const signal = new AbortController().signal;
let endpoint: ImageEndpoint;
/** Stands in for the bundled generation backend. */
let backend: ImageEndpoint;
let board: TestBoard;
/** The submitted model and its submitter's cookie. */
let slug: string;
let cookie: string;

beforeAll(async () => {
  const { db } = database;
  (globalThis as { salonDb?: unknown }).salonDb = db;
  endpoint = await startImageEndpoint();
  backend = await startImageEndpoint();
  process.env.GENERATION_PORT = String(backend.port);
  board = await addBoard(db, 1);
  for (const bundled of ["flow-dit-latent-lora", "flow-dit-latent-turbo"])
    await addServedModel(bundled, backend.origin, db);
  const response = await postModel(
    request("/api/v1/models", {
      name: "Keyed model",
      creator: "Tests",
      endpointUrl: endpoint.origin,
      providerModel: "test",
      apiKey: "sk-of-the-submitter",
    }),
  );
  slug = ((await response.json()) as { model: string }).model;
  [cookie] = response.headers.get("set-cookie")!.split(";");
  await db.model.updateMany({ data: { listed: true } });
});
beforeEach(async () => {
  await database.db.rateLimit.deleteMany();
  backend.orders.length = 0;
  Object.assign(endpoint, { answer: ANSWERS.good, orders: [], keys: [] });
});
afterAll(async () => {
  await client.close();
  await endpoint.close();
  await backend.close();
});

const request = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  new Request(`http://salon.test${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", host: "salon.test", ...headers },
    body: JSON.stringify(body),
  });
const allow = (perDay: unknown, as = cookie) =>
  postOwnPrompts(request(`/api/v1/models/${slug}/own-prompts`, { perDay }, { cookie: as }), {
    params: Promise.resolve({ slug }),
  });
const keyed = () => database.db.endpoint.findFirstOrThrow({ where: { model: { slug } } });
/** Calls that carried the submitter's key. */
const paid = () => endpoint.keys.filter((key) => key === "Bearer sk-of-the-submitter").length;

/** A live battle between the keyed model and a bundled one. */
async function liveBattle(): Promise<string> {
  const { db } = database;
  const voterId = newId("voter");
  await db.voter.create({ data: { id: voterId } });
  const prompt = await db.prompt.findFirstOrThrow({ where: { promptSetId: board.promptSetId } });
  const models = await db.model.findMany({ orderBy: { bundled: "asc" }, take: 2 });
  const id = newId("battle");
  await db.battle.create({
    data: {
      id,
      boardId: board.id,
      voterId,
      promptId: prompt.id,
      kind: "LIVE",
      state: "GENERATING",
      leftModelId: models[0].id,
      rightModelId: models[1].id,
      pairPolicy: "test",
      propensity: 1,
    },
  });
  return id;
}
const CENTS = new Prisma.Decimal("0.04");
const generate = (id: string) => generateLiveBattle(id, { db: database.db, client, signal });
const stateOf = async (id: string) => (await database.db.battle.findUniqueOrThrow({ where: { id } })).state;

it("a submitted endpoint is never called for visitors' own prompts unless its owner said so; bundled models are", async () => {
  const { db } = database;
  const pool = await arenaPool(await db.board.findUniqueOrThrow({ where: { id: board.id } }), db, true);
  const models = await db.model.findMany({ where: { id: { in: pool.models } } });
  const isBundled = new Map(models.map(({ id, bundled }) => [id, bundled]));
  expect(pool.live).toEqual(pool.models.map((id) => isBundled.get(id)));
  const voterId = newId("voter");
  await db.voter.create({ data: { id: voterId } });
  for (let i = 0; i < 20; i++) {
    const { battleId } = await createBattle({ board: board.slug, voterId, prompt: "a cat" }, db);
    const { leftModelId, rightModelId } = await db.battle.findUniqueOrThrow({ where: { id: battleId } });
    expect([leftModelId, rightModelId].map((id) => isBundled.get(id))).toEqual([true, true]);
  }
  // Nor is it when a battle was begun before the owner changed their mind.
  const begun = await liveBattle();
  await generate(begun);
  expect(await stateOf(begun)).toBe("FAILED");
  expect(endpoint.orders).toEqual([]);
  expect(backend.orders).toEqual([]); // the other side is not called in vain
});

it("its owner, and nobody else, opens it; it is called so many times a day at most, however many ask at once", async () => {
  expect((await allow(3, "")).status).toBe(403);
  expect((await allow(-1)).status).toBe(400);
  const answer = await allow(3);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ ownPrompts: { perDay: 3, used: 0 } });
  const battles = await Promise.all(Array.from({ length: 12 }, liveBattle));
  await Promise.all(battles.map(generate));
  expect(paid()).toBe(3);
  expect((await Promise.all(battles.map(stateOf))).filter((state) => state === "READY")).toHaveLength(3);
  const own = await readModel({
    slug,
    voterId: (await database.db.model.findFirstOrThrow({ where: { slug } })).submitterId,
  });
  expect(own.ownPrompts).toEqual({ perDay: 3, used: 3, usd: 0 });
  expect((await readModel({ slug, voterId: newId("voter") })).ownPrompts).toBeNull();
});

it("tries count as calls", async () => {
  await database.db.endpoint.updateMany({ data: { ownPromptsUsed: 0 } });
  await allow(2);
  endpoint.answer = (response, body, sent) =>
    (sent.headers.authorization ? ANSWERS.error500 : ANSWERS.good)(response, body, sent);
  await generate(await liveBattle());
  expect(paid()).toBe(2); // of three tries
});

it("a new day begins with the whole allowance, and a clock that goes back gives none anew", async () => {
  const { db } = database;
  await allow(1);
  const { id } = await keyed();
  const onDay = (days: number) => {
    const ownPromptsDay = new Date(Date.now() + days * 24 * 3600_000);
    const before = { ownPromptsUsed: 1, ownPromptsUsd: 9 };
    return db.endpoint.update({ where: { id }, data: { ownPromptsDay, ...before } });
  };
  expect(isOpenToOwnPrompts(await onDay(0), Date.now())).toBe(false);
  expect(await takeOwnPrompt(id, CENTS, db)).toBeNull();
  expect(isOpenToOwnPrompts(await onDay(-1), Date.now())).toBe(true);
  expect(await takeOwnPrompt(id, CENTS, db)).not.toBeNull();
  expect(await takeOwnPrompt(id, CENTS, db)).toBeNull();
  expect((await keyed()).ownPromptsUsd.toNumber()).toBe(0.04); // yesterday's are not today's
  expect(isOpenToOwnPrompts(await onDay(1), Date.now())).toBe(false);
  expect(await takeOwnPrompt(id, CENTS, db)).toBeNull();
});

it("what each call cost is counted for its owner, as its reply says or else as an image is thought to cost, and never one that was not made", async () => {
  const { db } = database;
  await allow(100);
  const { id } = await keyed();
  const nothing = { ownPromptsUsed: 0, ownPromptsUsd: 0, spentToldUsd: 0, spentEstimateUsd: 0 };
  await db.endpoint.update({ where: { id }, data: nothing });
  await db.model.updateMany({ where: { slug }, data: { pricePerImageUsd: CENTS } });
  const counter = async () => {
    const { submitterId } = await db.model.findFirstOrThrow({ where: { slug } });
    const { ownPrompts, spent } = await readModel({ slug, voterId: submitterId });
    return [ownPrompts!.used, ownPrompts!.usd, spent!.usd, spent!.estimatedUsd];
  };
  const forOwner = (answer: ImageEndpoint["answer"]) => {
    endpoint.answer = (response, body, sent) =>
      (sent.headers.authorization ? answer : ANSWERS.good)(response, body, sent);
  };
  const battle = async () => generate(await liveBattle());

  await battle();
  expect(await counter()).toEqual([1, 0.04, 0.04, 0.04]);
  forOwner(async (response, body) => {
    const b64_json = (await imageOf(body)).toString("base64");
    response.end(JSON.stringify({ data: [{ b64_json }], usage: { cost: 0.07 } }));
  });
  await battle();
  expect(await counter()).toEqual([2, 0.11, 0.11, 0.04]);
  // A refusal is a call, and costs nothing.
  forOwner(ANSWERS.refused);
  await battle();
  expect(await counter()).toEqual([3, 0.11, 0.11, 0.04]);
  // Nor does the leave that was taken in vain, since the other side could not be called.
  forOwner(ANSWERS.good);
  const other = await db.model.findFirstOrThrow({ where: { bundled: true }, orderBy: { id: "asc" } });
  const inVain = await liveBattle();
  await db.battle.update({ where: { id: inVain }, data: { rightModelId: other.id } });
  const stored = await db.endpoint.findUniqueOrThrow({ where: { modelId: other.id } });
  await db.endpoint.delete({ where: { id: stored.id } });
  await generate(inVain);
  await db.endpoint.create({ data: { ...stored, formatOptions: undefined } });
  expect(await counter()).toEqual([4, 0.11, 0.11, 0.04]);
  expect(paid()).toBe(3);
});
