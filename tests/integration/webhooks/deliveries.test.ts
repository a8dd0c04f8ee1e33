import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { DELETE as deleteRoute } from "@/app/api/v1/webhooks/[webhook]/route";
import { GET as getDeliveries } from "@/app/api/v1/webhooks/[webhook]/deliveries/route";
import { POST as postRedelivery } from "@/app/api/v1/webhooks/[webhook]/deliveries/[delivery]/route";
import { POST as postSecret } from "@/app/api/v1/webhooks/[webhook]/secret/route";
import { POST as postTest } from "@/app/api/v1/webhooks/[webhook]/test/route";
import { GET as getWebhooks, POST as postWebhook } from "@/app/api/v1/webhooks/route";
import { inTransaction } from "@/lib/db/client";
import { removeModel } from "@/lib/models/remove-model";
import { addressPolicies } from "@/lib/providers/address-policies";
import { createGuardedClient } from "@/lib/providers/guarded-client";
import { cancelRun } from "@/lib/runs/cancel-run";
import { resumeRun } from "@/lib/runs/resume-run";
import type { NewWebhook, NewWebhookSecret, WebhookDeliveryView, WebhookView } from "@/lib/schemas/webhooks";
import { SWITCH_OFF_AFTER_MS, WAITS_MS } from "@/lib/webhooks/after-attempt";
import { deliverWebhook } from "@/lib/webhooks/deliver-webhook";
import { requeueStalledDeliveries, thinDeliveries } from "@/lib/webhooks/sweep-deliveries";
import { MOST_WAITING } from "@/lib/webhooks/write-event";
import { expectError, request } from "../../support/api-requests";
import { addBoard, startWorker, useDataFolder } from "../../support/evaluation-world";
import { testClient } from "../../support/test-client";
import { useTestDatabase } from "../../support/test-database";
import { startReceiver, verified, type WebhookReceiver } from "../../support/webhook-receiver";
import { addWebhook, makeVisitor, submitModel } from "../../support/webhook-world";
import { spawnWorker } from "../../support/worker-process";

const folder = useDataFolder();
const database = useTestDatabase();
const client = testClient("127.0.0.1");
const signal = new AbortController().signal;
let receiver: WebhookReceiver;
let owner: { voterId: string; cookie: string };
let model: { model: string; runId: string };

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  await addBoard(database.db, 4);
});
beforeEach(async () => {
  await database.db.rateLimit.deleteMany();
  await database.db.webhook.deleteMany();
  receiver = await startReceiver();
  owner = await makeVisitor();
  model = await submitModel(database.db, owner.voterId);
});
afterEach(() => receiver.close());
afterAll(() => client.close());

const ask = (method: "GET" | "POST" | "DELETE", cookie = owner.cookie) => request(method, "/x", { cookie });
const at = (webhook: string, delivery = "") => ({ params: Promise.resolve({ webhook, delivery }) });
const add = (more: Partial<Parameters<typeof addWebhook>[0]> = {}) =>
  addWebhook({ model: model.model, url: `${receiver.origin}/hook`, ...more }, owner.cookie);
const cancel = () => cancelRun({ runId: model.runId, voterId: owner.voterId });
/** One attempt, as a worker makes it that has taken the job. */
async function attempt(deliveryId: string): Promise<void> {
  await database.db
    .$executeRaw`delete from graphile_worker._private_jobs where key = ${`webhook:${deliveryId}`}`;
  await deliverWebhook({ deliveryId }, { db: database.db, client, signal });
}
const deliveriesOf = async ({ id }: { id: string }, cookie = owner.cookie) => {
  const response = await getDeliveries(ask("GET", cookie), at(id));
  return ((await response.json()) as { deliveries: WebhookDeliveryView[] }).deliveries;
};
const listed = async (cookie = owner.cookie) => {
  const response = await getWebhooks(ask("GET", cookie));
  return ((await response.json()) as { webhooks: WebhookView[] }).webhooks;
};
const jobs = () => database.db.$queryRaw<{ key: string; run_at: Date }[]>`
  select key, run_at from graphile_worker.jobs where key like 'webhook:%'`;

/** The newest delivery of a webhook once the run has been cancelled. */
async function cancelled(webhook: { id: string }): Promise<WebhookDeliveryView> {
  await cancel();
  return (await deliveriesOf(webhook))[0];
}

test("a worker delivers what ended, signed: the standardwebhooks package verifies it, and refuses a changed body or another secret", async () => {
  const webhook = await add();
  await cancel();
  const worker = await startWorker(database.db, database.url);
  try {
    await expect.poll(() => receiver.received.length, { timeout: 20_000 }).toBe(1);
    await expect.poll(async () => (await deliveriesOf(webhook))[0].state).toBe("delivered");
  } finally {
    await worker.stop();
  }
  const [message] = receiver.received;
  const { type, data } = verified<{ run: string; state: string }>(message, webhook.secret);
  expect([type, data.run, data.state]).toEqual(["run.finished", model.runId, "CANCELLED"]);
  expect(message.headers["content-type"]).toBe("application/json");
  const other = await add();
  expect(() => verified(message, other.secret)).toThrow();
  expect(() =>
    verified({ ...message, body: message.body.replace("CANCELLED", "PUBLISHED") }, webhook.secret),
  ).toThrow();
  expect(receiver.received).toHaveLength(1);
});

test("an event exists if and only if what it tells of happened: a transaction that fails leaves neither", async () => {
  const webhook = await add();
  await expect(
    inTransaction(async (tx) => {
      await cancelRun({ runId: model.runId, voterId: owner.voterId }, tx);
      throw new Error("the rest of it failed");
    }, database.db),
  ).rejects.toThrow("the rest");
  expect(await deliveriesOf(webhook)).toEqual([]);
  expect(await jobs()).toEqual([]);
  await cancel();
  await cancel(); // once more changes nothing, and tells nothing
  expect(await deliveriesOf(webhook)).toHaveLength(1);
});

test("a receiver that is down is tried again later under the same id, and gets the event when it is up", async () => {
  const webhook = await add();
  const { id } = await cancelled(webhook);
  receiver.answer = (response) => void response.writeHead(503).end(`<b>busy\u0000</b>${"x".repeat(5_000)}`);
  const before = Date.now();
  await attempt(id);
  const [failed] = await deliveriesOf(webhook);
  expect(failed).toMatchObject({
    state: "pending",
    attempts: 1,
    status: 503,
    problem: "It answered HTTP 503.",
  });
  expect(failed.reply).toMatch(/^<b>busy<\/b>x+$/);
  expect(failed.reply!.length).toBeLessThanOrEqual(200);
  const wait = new Date(failed.nextAttemptAt!).getTime() - before;
  expect(wait).toBeGreaterThanOrEqual(WAITS_MS[0]);
  expect(wait).toBeLessThan(WAITS_MS[0] * 1.1 + 20_000);
  const job = (await jobs()).find(({ key }) => key === `webhook:${id}`)!;
  expect(Math.abs(job.run_at.getTime() - new Date(failed.nextAttemptAt!).getTime())).toBeLessThan(5_000);
  expect((await listed())[0].failingSince).not.toBeNull();

  receiver.answer = (response) => void response.writeHead(200).end("y".repeat(100_000));
  await attempt(id);
  expect(await deliveriesOf(webhook)).toMatchObject([
    { state: "delivered", attempts: 2, nextAttemptAt: null },
  ]);
  expect((await listed())[0].failingSince).toBeNull();
  expect(receiver.received.map(({ headers }) => headers["webhook-id"])).toEqual([id, id]);
  for (const message of receiver.received) verified(message, webhook.secret);
  await attempt(id); // a job that ran on after its delivery was made
  expect(receiver.received).toHaveLength(2);
});

test("a killed worker loses no event and sends none under a second id", async () => {
  const start = () =>
    spawnWorker({ DATABASE_URL: database.url, SALON_DATA_DIR: folder.path, OUTBOUND_ALLOW: "127.0.0.1" });
  let reached = () => {};
  const arrived = new Promise<void>((resolve) => (reached = resolve));
  receiver.answer = () => reached(); // and never an answer
  const webhook = await add();
  const { id } = await cancelled(webhook);
  const first = start();
  await arrived;
  await first.kill();
  expect((await deliveriesOf(webhook))[0]).toMatchObject({ state: "pending", attempts: 0 });
  receiver.answer = (response) => void response.writeHead(204).end();
  const second = start();
  try {
    await expect
      .poll(async () => (await deliveriesOf(webhook))[0].state, { timeout: 60_000 })
      .toBe("delivered");
  } finally {
    await second.stop();
  }
  expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"]))).toEqual(new Set([id]));
  expect(await deliveriesOf(webhook)).toHaveLength(1);
});

test("addresses that are not public are refused as endpoints' are: when they are given, and at each delivery", async () => {
  for (const url of ["http://10.0.0.1/hook", "http://[::1]:8080/", "http://169.254.169.254/latest"]) {
    const body = { model: model.model, url, events: ["run.finished"] };
    const response = await postWebhook(request("POST", "/x", { body, cookie: owner.cookie }));
    expect(await expectError(response, 400, "invalid_request", "url")).toContain(
      "not on the public Internet",
    );
  }
  const webhook = await add();
  const { id } = await cancelled(webhook);
  // As on a site that others reach: what the operator allows is not the visitor's.
  const strict = createGuardedClient(
    addressPolicies({
      OUTBOUND_ALLOW: ["127.0.0.1"],
      generationUrl: "http://127.0.0.1:4100",
      openBeyondLoopback: true,
    } as Parameters<typeof addressPolicies>[0]),
  );
  await deliverWebhook({ deliveryId: id }, { db: database.db, client: strict, signal });
  await strict.close();
  expect(receiver.received).toEqual([]);
  expect((await deliveriesOf(webhook))[0].problem).toContain("not on the public Internet");
});

test("a redirect is no delivery: what is signed for one address goes to no other", async () => {
  const webhook = await add();
  const { id } = await cancelled(webhook);
  receiver.answer = (response) =>
    void response.writeHead(302, { location: `${receiver.origin}/other` }).end();
  await attempt(id);
  expect(receiver.received).toHaveLength(1);
  expect((await deliveriesOf(webhook))[0]).toMatchObject({ state: "pending", status: 302 });
});

test("another visitor's webhook can be neither read nor changed, nor told from one that is not there", async () => {
  const webhook = await add();
  const { id } = await cancelled(webhook);
  const { cookie } = await makeVisitor();
  expect(await listed(cookie)).toEqual([]);
  expect(await listed("")).toEqual([]);
  const asks: ((name: string) => Promise<Response>)[] = [
    (name) => getDeliveries(ask("GET", cookie), at(name)),
    (name) => postRedelivery(ask("POST", cookie), at(name, id)),
    (name) => postSecret(ask("POST", cookie), at(name)),
    (name) => postTest(ask("POST", cookie), at(name)),
    (name) => deleteRoute(ask("DELETE", cookie), at(name)),
  ];
  for (const each of asks) {
    const told = await expectError(await each(webhook.id), 404, "not_found");
    expect(await expectError(await each("whk_none"), 404, "not_found")).toBe(told);
  }
  expect(await listed()).toHaveLength(1);
  const mine = await submitModel(database.db, owner.voterId);
  const second = await add({ model: mine.model });
  await expectError(await postRedelivery(ask("POST"), at(second.id, id)), 404, "not_found");
});

test("a webhook is for what is one's own: a private model of others is not there, a listed one forbidden, the whole site the operator's", async () => {
  const stranger = await makeVisitor();
  const post = (body: object, cookie = stranger.cookie) =>
    postWebhook(
      request("POST", "/x", { body: { url: receiver.origin, events: ["run.finished"], ...body }, cookie }),
    );
  await expectError(await post({ model: model.model }), 404, "not_found", "model");
  await database.db.model.update({ where: { slug: model.model }, data: { listed: true } });
  await expectError(await post({ model: model.model }), 403, "forbidden");
  await expectError(await post({ model: model.model }, ""), 403, "forbidden");
  await database.db.board.updateMany({ data: { ownerId: owner.voterId } });
  await expectError(await post({ board: "text-to-image" }), 403, "forbidden");
  await expectError(await post({}), 400, "invalid_request", "model");
  const whole = { model: model.model, board: "text-to-image" };
  await expectError(await post(whole, owner.cookie), 400, "invalid_request", "board");
  const words = { board: "text-to-image", events: ["endpoint.failing"] };
  await expectError(await post(words, owner.cookie), 400, "invalid_request", "events");
  await expectError(
    await post({ model: model.model, url: "ftp://x.test" }, owner.cookie),
    400,
    "invalid_request",
    "url",
  );
  expect((await post({ board: "text-to-image" }, owner.cookie)).status).toBe(201);
});

test("a model has five webhooks at most, also when they are asked for at once; the secret is in the first answer alone, and sealed", async () => {
  const made = await Promise.allSettled(Array.from({ length: 8 }, () => add()));
  expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
  const { value } = made.find((each) => each.status === "fulfilled") as { value: NewWebhook };
  expect(JSON.stringify(await listed())).not.toContain("whsec_");
  const row = await database.db.webhook.findUniqueOrThrow({ where: { id: value.id } });
  expect(Buffer.from(row.secretSealed).includes(Buffer.from(value.secret.slice(6, 30)))).toBe(false);
  expect(Buffer.from(row.secretSealed).includes(Buffer.from(value.secret.slice(6), "base64"))).toBe(false);
});

test("a visitor has twenty webhooks at most, however many models", async () => {
  let made = 0;
  for (let k = 0; k < 5; k++) {
    const { model } = await submitModel(database.db, owner.voterId);
    for (let each = 0; each < 5; each++) {
      const body = { model, url: receiver.origin, events: ["run.finished"] };
      const response = await postWebhook(request("POST", "/x", { body, cookie: owner.cookie }));
      if (response.status === 201) made++;
      else expect(await expectError(response, 409, "conflict")).toContain("20 webhooks");
    }
  }
  expect(made).toBe(20);
});

test("while a secret is changed both sign, and after a day the new one alone", async () => {
  const webhook = await add();
  const response = await postSecret(ask("POST"), at(webhook.id));
  const { secret } = (await response.json()) as NewWebhookSecret;
  expect(secret).not.toBe(webhook.secret);
  const { id } = await cancelled(webhook);
  await attempt(id);
  for (const each of [webhook.secret, secret]) verified(receiver.received[0], each);
  await database.db.webhook.updateMany({ data: { previousUntil: new Date(Date.now() - 1) } });
  await postRedelivery(ask("POST"), at(webhook.id, id));
  await attempt(id);
  verified(receiver.received[1], secret);
  expect(() => verified(receiver.received[1], webhook.secret)).toThrow();
  expect(receiver.received[1].headers["webhook-id"]).toBe(id);
});

test("410 switches a webhook off: it is sent nothing more, says why, and is on again when a test event arrives", async () => {
  const webhook = await add();
  const { id } = await cancelled(webhook);
  receiver.answer = (response) => void response.writeHead(410).end();
  await attempt(id);
  expect(await listed()).toMatchObject([{ disabledReason: expect.stringContaining("410") as string }]);
  expect((await deliveriesOf(webhook))[0].state).toBe("dead");
  await resumeRun({ runId: model.runId, voterId: owner.voterId });
  await cancel();
  expect(await deliveriesOf(webhook)).toHaveLength(1);

  receiver.answer = (response) => void response.writeHead(500).end();
  const sent = async () =>
    ((await (await postTest(ask("POST"), at(webhook.id))).json()) as WebhookDeliveryView).id;
  await attempt(await sent());
  expect((await deliveriesOf(webhook))[0]).toMatchObject({ event: "test", state: "dead", attempts: 1 });
  expect((await listed())[0].disabledAt).not.toBeNull();
  receiver.answer = (response) => void response.writeHead(204).end();
  await attempt(await sent());
  expect(verified(receiver.received.at(-1)!, webhook.secret).type).toBe("test");
  expect(await listed()).toMatchObject([{ disabledAt: null, disabledReason: null }]);
});

test("a webhook whose deliveries have failed for days is switched off with the last attempt, and what waited is given up", async () => {
  const webhook = await add();
  const first = await cancelled(webhook);
  await resumeRun({ runId: model.runId, voterId: owner.voterId });
  const second = await cancelled(webhook);
  await database.db.webhook.updateMany({
    data: { failingSince: new Date(Date.now() - SWITCH_OFF_AFTER_MS) },
  });
  await database.db.webhookDelivery.update({ where: { id: first.id }, data: { attempts: WAITS_MS.length } });
  receiver.answer = (response) => void response.destroy();
  await attempt(first.id);
  expect(await listed()).toMatchObject([{ disabledReason: expect.stringContaining("days") as string }]);
  const all = await deliveriesOf(webhook);
  expect(all.map(({ id, state }) => [id, state])).toEqual([
    [second.id, "dead"],
    [first.id, "dead"],
  ]);
  await attempt(second.id);
  expect(receiver.received).toHaveLength(1);
});

test("a receiver that is down does not fill the outbox: beyond a hundred that wait, events are left out and counted", async () => {
  const webhook = await add();
  await database.db.webhookDelivery.createMany({
    data: Array.from({ length: MOST_WAITING }, (_, at) => ({
      id: `whd_${at}`,
      webhookId: webhook.id,
      event: "rank_changed" as const,
      body: "{}",
      nextAttemptAt: new Date(),
    })),
  });
  await cancel();
  expect(await database.db.webhookDelivery.count()).toBe(MOST_WAITING);
  expect(await listed()).toMatchObject([{ dropped: 1 }]);
  await expectError(await postTest(ask("POST"), at(webhook.id)), 409, "conflict");
});

test("a delivery that lost its job is queued again; old ones, and all but the latest hundreds, are removed", async () => {
  const webhook = await add();
  const { id } = await cancelled(webhook);
  await database.db.$executeRaw`delete from graphile_worker._private_jobs`;
  expect(await requeueStalledDeliveries(database.db, Date.now())).toBe(0);
  const later = Date.now() + 10 * 60_000;
  expect(await requeueStalledDeliveries(database.db, later)).toBe(1);
  expect((await jobs()).map(({ key }) => key)).toEqual([`webhook:${id}`]);
  expect(await requeueStalledDeliveries(database.db, later)).toBe(0);

  await attempt(id);
  expect(await thinDeliveries(database.db, Date.now())).toBe(0);
  await database.db.webhookDelivery.createMany({
    data: Array.from({ length: 510 }, (_, at) => ({
      id: `whd_${at}`,
      webhookId: webhook.id,
      event: "rank_changed" as const,
      body: "{}",
      state: "DEAD" as const,
    })),
  });
  expect(await thinDeliveries(database.db, Date.now())).toBe(11);
  expect(await thinDeliveries(database.db, Date.now() + 8 * 24 * 3_600_000)).toBe(500);
});

test("a deleted webhook, or one of a removed model, sends nothing any more", async () => {
  const webhook = await add();
  const { id } = await cancelled(webhook);
  expect((await deleteRoute(ask("DELETE"), at(webhook.id))).status).toBe(204);
  await attempt(id);
  await add();
  await removeModel({ slug: model.model, by: { voterId: owner.voterId } });
  expect(await listed()).toEqual([]);
  expect(receiver.received).toEqual([]);
});
