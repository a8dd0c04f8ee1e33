import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { inTransaction } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { readRun } from "@/lib/pages/read-run";
import { advanceRun } from "@/lib/runs/advance-run";
import { cancelRun } from "@/lib/runs/cancel-run";
import { failRun } from "@/lib/runs/fail-run";
import { resumeRun } from "@/lib/runs/resume-run";
import { generateSamples } from "@/lib/runs/generation/generate-samples";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import type { WebhookEventType } from "@/lib/schemas/webhooks";
import { battleFor, makeArena, vote, type Arena } from "../../support/arena-fixture";
import { addBoard, useDataFolder, type TestBoard } from "../../support/evaluation-world";
import { ANSWERS, startImageEndpoint, type ImageEndpoint } from "../../support/image-endpoint";
import { testClient } from "../../support/test-client";
import { useTestDatabase } from "../../support/test-database";
import { addWebhook, makeVisitor, submitModel } from "../../support/webhook-world";

useDataFolder();
const database = useTestDatabase();
const client = testClient("127.0.0.1");
const URL = "http://127.0.0.1:9/hook";
let board: TestBoard;
let endpoint: ImageEndpoint;
let owner: { voterId: string; cookie: string };

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  board = await addBoard(database.db, 40);
  endpoint = await startImageEndpoint();
});
beforeEach(async () => {
  await database.db.rateLimit.deleteMany();
  await database.db.webhook.deleteMany();
  owner = await makeVisitor();
});
afterAll(async () => {
  await endpoint.close();
  await client.close();
});

type Event = { type: string; timestamp: string; data: Record<string, unknown> };

/** What a webhook was sent, oldest first. */
async function toldOf({ id }: { id: string }): Promise<Event[]> {
  const rows = await database.db.webhookDelivery.findMany({
    where: { webhookId: id },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map(({ body }) => JSON.parse(body) as Event);
}
const operators = (webhook: { model?: string; board?: string }, events: WebhookEventType[]) =>
  createWebhook({ webhook: { url: URL, events, ...webhook }, by: "operator" });

/** Let a run be published with a score, as the last of its jobs does. */
async function publish(runId: string): Promise<void> {
  await database.db.run.update({ where: { id: runId }, data: { state: "SCORING" } });
  await database.db.metricResult.create({
    data: {
      id: newId("metricResult"),
      runId,
      metric: "fd-toybox",
      value: 12.5,
      low: 11,
      high: 14,
      n: 40,
      protocolHash: "p".repeat(16),
      protocol: {},
      caveat: { code: "line_error" },
    },
  });
  await inTransaction((tx) => advanceRun(runId, "scored", tx), database.db);
}

test("a run that is published tells its scores as the API shows them, with n and interval", async () => {
  const { model, runId } = await submitModel(database.db, owner.voterId);
  const webhook = await addWebhook({ model, url: URL }, owner.cookie);
  await publish(runId);
  const [event, ...more] = await toldOf(webhook);
  expect(more).toEqual([]);
  const { metrics } = await readRun({ runId, voterId: owner.voterId }, database.db);
  expect(Object.keys(metrics)).toEqual(["fd-toybox"]);
  expect(event).toMatchObject({
    type: "run.finished",
    data: {
      run: runId,
      state: "PUBLISHED",
      model: { slug: model },
      metrics,
      samples: { total: 40, generated: 0, failed: 0 },
      failureReason: null,
      failedFor: null,
    },
  });
});

test("a run that failed tells why to who may read it: its owner and the operator", async () => {
  const { model, runId } = await submitModel(database.db, owner.voterId);
  await database.db.model.update({ where: { slug: model }, data: { listed: true } });
  const runner = await makeVisitor();
  await database.db.board.update({ where: { id: board.id }, data: { ownerId: runner.voterId } });
  const hooks = [
    await addWebhook({ model, url: URL }, owner.cookie),
    await operators({}, ["run.finished"]),
    await addWebhook({ board: board.slug, url: URL }, runner.cookie),
  ];
  const failure = { code: "none_made", failed: 10, most: "Secret words." } as const;
  await inTransaction((tx) => failRun(runId, failure, tx), database.db);
  const reasons = [];
  for (const hook of hooks)
    reasons.push((await toldOf(hook)).map(({ data }) => [data.failureReason, data.failedFor]));
  expect(reasons).toEqual([
    [["None of the first 10 samples could be made. Most often: Secret words.", failure]],
    [["None of the first 10 samples could be made. Most often: Secret words.", failure]],
    [[null, null]],
  ]);
  await database.db.board.update({ where: { id: board.id }, data: { ownerId: null } });
});

test("who runs a board hears of runs that they may see: not of private models, nor of other boards' runs, nor once they run it no more", async () => {
  const runner = await makeVisitor();
  const { model, runId } = await submitModel(database.db, owner.voterId);
  await database.db.board.update({ where: { id: board.id }, data: { ownerId: runner.voterId } });
  const webhook = await addWebhook({ board: board.slug, url: URL }, runner.cookie);
  const end = async (run: string) => {
    await database.db.run.update({ where: { id: run }, data: { state: "GENERATING" } });
    await cancelRun({ runId: run, voterId: owner.voterId });
    return (await toldOf(webhook)).length;
  };
  expect(await end(runId)).toBe(0); // the model is private
  await database.db.model.update({ where: { slug: model }, data: { listed: true } });
  expect(await end(runId)).toBe(1);
  await database.db.boardModel.updateMany({ where: { boardId: board.id }, data: { state: "REMOVED" } });
  expect(await end(runId)).toBe(1);
  await database.db.boardModel.updateMany({ where: { boardId: board.id }, data: { state: "MEMBER" } });
  await database.db.board.update({
    where: { id: board.id },
    data: { ownerId: (await makeVisitor()).voterId },
  });
  expect(await end(runId)).toBe(1);
  await database.db.board.update({ where: { id: board.id }, data: { ownerId: null } });
});

/** Votes that always prefer one model. */
async function voteFor(arena: Arena, favourite: number, votes: number): Promise<void> {
  const { db } = database;
  for (let i = 0; i < votes; i++) {
    const battle = await battleFor(db, arena);
    const { leftModelId, rightModelId } = await db.battle.findUniqueOrThrow({
      where: { id: battle.battleId },
    });
    const id = arena.models[favourite].id;
    await vote(db, battle, leftModelId === id ? "left" : rightModelId === id ? "right" : "tie");
  }
}

test("a changed rank spread is told once a snapshot: to the board's owner all of them, to a model's owner theirs", async () => {
  const arena = await makeArena(database.db, { models: 3, prompts: 6 });
  const [mine] = arena.models;
  const runner = await makeVisitor();
  await database.db.board.update({ where: { id: arena.boardId }, data: { ownerId: runner.voterId } });
  await database.db.model.update({ where: { id: mine.id }, data: { submitterId: owner.voterId } });
  const events: WebhookEventType[] = ["rank.changed"];
  const ofBoard = await addWebhook({ board: arena.board, url: URL, events }, runner.cookie);
  const ofModel = await addWebhook({ model: mine.slug, url: URL, events }, owner.cookie);
  const ofSite = await operators({}, events);

  const refit = () => refitRatings(arena.boardId, database.db);
  await voteFor(arena, 0, 3);
  await refit(); // the first ranking changes nothing
  for (const [favourite, votes] of [
    [0, 1],
    [0, 40],
    [0, 1],
    [1, 60],
    [1, 1],
  ]) {
    await voteFor(arena, favourite, votes);
    await refit();
    await refit(); // nothing new: no snapshot, and nothing to tell
  }
  // Read from the stored rows, apart from the code under test.
  const snapshots = await database.db.ratingSnapshot.findMany({
    where: { boardId: arena.boardId, category: "", control: "" },
    orderBy: { createdAt: "asc" },
    include: { rows: true },
  });
  const spread = (rows: (typeof snapshots)[number]["rows"], id: string) => {
    const { rankLow, rankHigh } = rows.find(({ modelId }) => modelId === id)!;
    return `${rankLow}-${rankHigh}`;
  };
  const expected = snapshots.slice(1).flatMap((snapshot, at) => {
    const changed = arena.models.filter(
      ({ id }) => spread(snapshots[at].rows, id) !== spread(snapshot.rows, id),
    );
    return changed.length === 0 ? [] : [[snapshot.id, changed.map(({ slug }) => slug).sort()]];
  });
  expect(expected.length).toBeGreaterThan(1);
  expect(expected.length).toBeLessThan(snapshots.length - 1);
  type Change = { model: { slug: string }; before: object | null; after: object | null };
  const told = async (hook: { id: string }) =>
    (await toldOf(hook)).map(({ data }) => [
      data.snapshot,
      (data.changes as Change[]).map(({ model }) => model.slug).sort(),
    ]);
  expect(await told(ofBoard)).toEqual(expected);
  expect(await told(ofSite)).toEqual(expected);
  expect(await told(ofModel)).toEqual(
    expected.filter(([, slugs]) => slugs.includes(mine.slug)).map(([snapshot]) => [snapshot, [mine.slug]]),
  );
  for (const { data } of await toldOf(ofBoard))
    for (const { before, after } of data.changes as Change[]) expect(before).not.toEqual(after);
});

test("a model's owner hears nothing of a private board that somebody else put the model onto", async () => {
  const arena = await makeArena(database.db, { models: 3, prompts: 6 });
  const runner = await makeVisitor();
  const change = (data: { ownerId: string; seenBy: "INVITED" | "EVERYONE" }) =>
    database.db.board.update({ where: { id: arena.boardId }, data });
  await change({ ownerId: runner.voterId, seenBy: "INVITED" });
  await database.db.model.update({ where: { id: arena.models[0].id }, data: { submitterId: owner.voterId } });
  const events: WebhookEventType[] = ["rank.changed"];
  const ofModel = await addWebhook({ model: arena.models[0].slug, url: URL, events }, owner.cookie);
  const ofBoard = await addWebhook({ board: arena.board, url: URL, events }, runner.cookie);
  for (const votes of [3, 40]) {
    await change({ ownerId: runner.voterId, seenBy: "EVERYONE" });
    await voteFor(arena, 0, votes);
    await change({ ownerId: runner.voterId, seenBy: "INVITED" });
    await refitRatings(arena.boardId, database.db);
  }
  expect(await toldOf(ofBoard)).toHaveLength(1);
  expect(await toldOf(ofModel)).toEqual([]);
});

test("an endpoint that keeps failing is told once a spell, to its owner and the operator alone, and so is its end", async () => {
  const { model, runId } = await submitModel(database.db, owner.voterId, endpoint.origin);
  const events: WebhookEventType[] = ["endpoint.failing"];
  const ofModel = await addWebhook({ model, url: URL, events }, owner.cookie);
  const ofSite = await operators({}, events);
  const other = await submitModel(database.db, owner.voterId, endpoint.origin);
  const ofOther = await addWebhook({ model: other.model, url: URL, events }, owner.cookie);
  const context = { db: database.db, client, signal: new AbortController().signal, retriesLeft: false };
  const generate = (from: number, to: number) => generateSamples({ runId, from, to }, context);
  const told = async () =>
    (await toldOf(ofModel)).map(({ data }) => [data.status, data.failures, data.state]);

  endpoint.answer = ANSWERS.html;
  await generate(0, 2);
  expect(await told()).toEqual([]);
  await generate(2, 7);
  expect(await told()).toEqual([["failing", 3, "GENERATING"]]);
  endpoint.answer = ANSWERS.good;
  await generate(7, 9);
  expect((await told()).slice(1)).toEqual([["recovered", 7, "GENERATING"]]);
  // Refused prompts are no failures, and two failures between images are no spell.
  endpoint.answer = ANSWERS.refused;
  await generate(9, 13);
  endpoint.answer = ANSWERS.html;
  await generate(13, 15);
  endpoint.answer = ANSWERS.good;
  await generate(15, 16);
  expect(await told()).toHaveLength(2);
  endpoint.answer = ANSWERS.html;
  await generate(16, 20);
  await inTransaction((tx) => failRun(runId, { code: "none_made", failed: 10, most: null }, tx), database.db);
  expect((await told()).slice(2)).toEqual([
    ["failing", 3, "GENERATING"],
    ["ended", 4, "FAILED"],
  ]);
  expect(await toldOf(ofSite)).toHaveLength(4);
  expect(await toldOf(ofOther)).toEqual([]);
  const [first] = await toldOf(ofModel);
  expect(first.data.message).toContain("a web page (HTML)");
}, 120_000);

test("a run that waits for a person is told with what it lacks, to its owner and the operator alone, and so is that it goes on", async () => {
  const { model, runId } = await submitModel(database.db, owner.voterId, endpoint.origin);
  const events: WebhookEventType[] = ["run.paused"];
  const ofModel = await addWebhook({ model, url: URL, events }, owner.cookie);
  const ofSite = await operators({}, events);
  const other = await submitModel(database.db, owner.voterId, endpoint.origin);
  const ofOther = await addWebhook({ model: other.model, url: URL, events }, owner.cookie);
  await expect(operators({ board: board.slug }, events)).rejects.toMatchObject({
    code: "invalid_request",
    details: { field: "events" },
  });
  const context = { db: database.db, client, signal: new AbortController().signal, retriesLeft: false };
  endpoint.answer = ANSWERS.good;
  await generateSamples({ runId, from: 0, to: 2 }, context);
  endpoint.answer = ANSWERS.noCredit;
  await generateSamples({ runId, from: 2, to: 4 }, context);
  const [paused, ...more] = await toldOf(ofModel);
  expect(more).toEqual([]);
  expect(paused).toMatchObject({
    type: "run.paused",
    data: {
      ...{
        status: "paused",
        pausedFor: "out_of_credit",
        state: "PAUSED",
        run: runId,
        path: `/runs/${runId}`,
      },
      message: expect.any(String) as unknown,
      samples: { total: 40, generated: 2, failed: 0 },
    },
  });
  await inTransaction((tx) => resumeRun({ runId, voterId: owner.voterId }, tx), database.db);
  expect((await toldOf(ofModel)).slice(1)).toMatchObject([
    { data: { status: "resumed", pausedFor: "out_of_credit", state: "GENERATING", message: null } },
  ]);
  expect(await toldOf(ofSite)).toHaveLength(2);
  expect(await toldOf(ofOther)).toEqual([]);
}, 60_000);
