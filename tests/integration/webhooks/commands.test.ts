import { afterAll, beforeAll, expect, test } from "vitest";
import type { WebhookDeliveryView, WebhookView } from "@/lib/schemas/webhooks";
import { registerWebhooks } from "../../../cli/webhooks";
import { addBoard, useDataFolder } from "../../support/evaluation-world";
import { salonCommand } from "../../support/salon-command";
import { useTestDatabase } from "../../support/test-database";
import { addWebhook, makeVisitor, submitModel } from "../../support/webhook-world";

useDataFolder();
const database = useTestDatabase();
const salon = salonCommand(registerWebhooks);
let visitors: WebhookView;

beforeAll(async () => {
  process.env.DATABASE_URL = database.url;
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  await addBoard(database.db, 2);
  const { voterId, cookie } = await makeVisitor();
  const { model } = await submitModel(database.db, voterId);
  visitors = await addWebhook({ model, url: "http://127.0.0.1:9/services/a-token" }, cookie);
});
afterAll(() => database.db.$disconnect());

const list = async () => JSON.parse((await salon("webhooks", "list", "--json")).out) as WebhookView[];

test("the operator adds, tests, rotates and removes webhooks from the terminal, of the whole site too", async () => {
  const added = await salon("webhooks", "add", "http://127.0.0.1:9/hook");
  const [id, secret] = added.out.split("\n");
  expect(secret).toMatch(/^whsec_/);
  expect((await list()).find((each) => each.id === id)).toMatchObject({
    model: null,
    board: null,
    events: ["run.finished", "rank.changed", "endpoint.failing", "model.changed", "run.paused"],
  });
  const ofBoard = await salon("webhooks", "add", "http://127.0.0.1:9/", "--board", "text-to-image");
  expect((await list()).find((each) => each.id === ofBoard.out.split("\n")[0])?.events).toEqual([
    "run.finished",
    "rank.changed",
    "model.changed",
  ]);
  expect((await salon("webhooks", "rotate", id)).out).toMatch(/^whsec_/);
  await salon("webhooks", "test", id);
  const { out } = await salon("webhooks", "deliveries", id, "--json");
  expect((JSON.parse(out) as WebhookDeliveryView[]).map(({ event, state }) => [event, state])).toEqual([
    ["test", "pending"],
  ]);
  await salon("webhooks", "remove", id);
  expect((await list()).map((each) => each.id)).not.toContain(id);
});

test("of a visitor's webhook the operator sees the host alone, and can take it off", async () => {
  const shown = (await list()).find(({ id }) => id === visitors.id)!;
  expect(shown.url).toBe("http://127.0.0.1:9/...");
  expect((await salon("webhooks", "list")).out).not.toContain("a-token");
  await salon("webhooks", "remove", visitors.id);
  expect((await list()).map(({ id }) => id)).not.toContain(visitors.id);
});

test("what cannot be is a sentence, and nothing is added", async () => {
  const before = await list();
  const bad = [
    ["ftp://x.test"],
    ["http://127.0.0.1:9/", "--model", "none"],
    ["http://127.0.0.1:9/", "--event", "votes"],
    ["http://10.0.0.1/"],
  ];
  for (const args of bad) {
    const { code, out, error } = await salon("webhooks", "add", ...args);
    expect([code, out, error]).toEqual([2, "", expect.stringMatching(/^[^\n]+$/)]);
  }
  expect(await list()).toEqual(before);
});
