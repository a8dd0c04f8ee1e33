import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createBattle } from "@/lib/battles/create-battle";
import { setBlockedList } from "@/lib/moderation/checks/blocked-list";
import { checkNow, hasChecks } from "@/lib/moderation/checks/check-image";
import { checkSamples, giveUpChecks } from "@/lib/moderation/checks/check-samples";
import { setSampleState } from "@/lib/moderation/set-state";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { makeArena, type Arena } from "../../support/arena-fixture";
import { startServer, type TestServer } from "../../support/http-server";
import { testClient } from "../../support/test-client";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
const client = testClient("127.0.0.1");
const signal = new AbortController().signal;
let outside: TestServer;
let answers: (prompt: string) => { status: number; body: string };
let asked: { prompt: string; token: string | undefined; bytes: number }[] = [];
let arena: Arena;
let runId: string;

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  outside = await startServer(async (request, response) => {
    const { prompt, image } = JSON.parse(Buffer.concat(await request.toArray()).toString()) as {
      prompt: string;
      image: { base64: string };
    };
    const bytes = Buffer.from(image.base64, "base64").length;
    asked.push({ prompt, token: request.headers.authorization, bytes });
    const { status, body } = answers(prompt);
    response.writeHead(status, { "content-type": "application/json" }).end(body);
  });
  process.env.MODERATION_CHECK_URL = `${outside.origin}/check`;
  process.env.MODERATION_CHECK_TOKEN = "of-the-check";
});
afterAll(async () => {
  await client.close();
  await outside.close();
});
beforeEach(async () => {
  asked = [];
  answers = () => ({ status: 200, body: '{"state":"visible"}' });
  arena = await makeArena(database.db, { models: 2, prompts: 2, images: true });
  runId = (await database.db.run.findFirstOrThrow({ where: { modelId: arena.models[0].id } })).id;
  await setBlockedList({ list: [], by: "operator" });
  await database.db.sample.updateMany({
    where: { runId },
    data: { state: "HELD", stateReason: "unchecked" },
  });
});

const check = () => checkSamples({ runId }, { db: database.db, client, signal });
const states = async () =>
  (await database.db.sample.findMany({ where: { runId }, orderBy: { prompt: { index: "asc" } } })).map(
    ({ state, stateReason }) => [state, stateReason],
  );

describe("uploaded samples wait for the checks", () => {
  test("and are shown, held or blurred as these say; who is asked is told the prompt, the image and the token", async () => {
    answers = (prompt) => ({
      status: 200,
      body: JSON.stringify({ state: prompt === "prompt 1" ? "blurred" : "visible" }),
    });
    await check();
    expect(await states()).toEqual([
      ["VISIBLE", null],
      ["BLURRED", "outside_check"],
    ]);
    expect(asked.map(({ prompt }) => prompt).sort()).toEqual(["prompt 0", "prompt 1"]);
    expect(asked.every(({ token, bytes }) => token === "Bearer of-the-check" && bytes > 50)).toBe(true);
    await check();
    expect(asked).toHaveLength(2);
  });

  test("and one whose prompt has a word of the list is held without asking anybody else", async () => {
    await setBlockedList({ list: ["prompt 0"], by: "operator" });
    await check();
    expect(await states()).toEqual([
      ["HELD", "blocked_words"],
      ["VISIBLE", null],
    ]);
    expect(asked.map(({ prompt }) => prompt)).toEqual(["prompt 1"]);
  });

  test.each([
    ["an error", { status: 500, body: "{}" }],
    ["no JSON", { status: 200, body: "fine" }],
    ["a state that there is not", { status: 200, body: '{"state":"removed"}' }],
  ])("on, when the answer is %s, and nothing is lost by trying again", async (_name, answer) => {
    answers = (prompt) => (prompt === "prompt 1" ? answer : { status: 200, body: '{"state":"visible"}' });
    await expect(check()).rejects.toMatchObject({ code: "endpoint_failed", retryable: true });
    expect((await states())[1]).toEqual(["HELD", "unchecked"]);
    answers = () => ({ status: 200, body: '{"state":"held"}' });
    await check();
    expect((await states())[1]).toEqual(["HELD", "outside_check"]);
  });

  test("and are left to a person when the job is given up; whom a later try does not overrule", async () => {
    await giveUpChecks({ runId }, database.db);
    expect(await states()).toEqual([
      ["HELD", "check_failed"],
      ["HELD", "check_failed"],
    ]);
    await check();
    expect(asked).toEqual([]);
    const { id } = await database.db.sample.findFirstOrThrow({ where: { runId } });
    await setSampleState({ sampleId: id, state: "visible", by: "operator", now: new Date() });
    await check();
    expect((await states()).flat()).toContain("VISIBLE");
  });
});

test("an image that somebody waits for is held when the check does not answer", async () => {
  const image = { bytes: Buffer.from("x"), mediaType: "image/png" };
  const look = () => checkNow({ prompt: "a fox", image }, { client, signal }, database.db);
  expect(await look()).toBeNull();
  answers = () => ({ status: 503, body: "" });
  expect(await look()).toEqual({ state: "HELD", stateReason: "check_failed" });
});

test("a visitor's prompt with a blocked word is refused before anything is drawn", async () => {
  await setBlockedList({ list: ["wolf*"], by: "operator" });
  const { voterId } = await ensureVoter(null, database.db);
  const ask = (prompt: string) => createBattle({ board: arena.board, voterId, prompt }, database.db);
  await expect(ask("a wolfhound")).rejects.toMatchObject({
    code: "invalid_request",
    details: { field: "prompt" },
  });
  // It goes on to the models, of which none can be called here.
  await expect(ask("a fox")).rejects.toMatchObject({ code: "not_ready" });
  expect(await hasChecks(database.db)).toBe(true);
});
