import { mkdtempSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Endpoint, Model } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/new-id";
import { readMembers } from "@/lib/installation/backup/read-members";
import { restoreSealingKeys } from "@/lib/installation/backup/restore-secret";
import { writeBackup } from "@/lib/installation/backup/write-backup";
import { dropKeys, SETTLED_MS } from "@/lib/installation/keys/drop-keys";
import { listKeys } from "@/lib/installation/keys/list-keys";
import { rotateKeys } from "@/lib/installation/keys/rotate-keys";
import { SEALED_COLUMNS } from "@/lib/installation/sealed-keys";
import { judgeSamples } from "@/lib/judges/judge-samples";
import { readRun } from "@/lib/pages/read-run";
import { openEndpoint } from "@/lib/providers/open-endpoint";
import { generateSamples } from "@/lib/runs/generation/generate-samples";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import { sealForRow } from "@/lib/secrets/seal-key";
import { keyRing, sealingKeysFile } from "@/lib/secrets/sealing-keys";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import { rotateWebhookSecret } from "@/lib/webhooks/change-webhook";
import { openWebhookSecrets } from "@/lib/webhooks/open-webhook-secrets";
import { addBoard, submissionOf, useDataFolder, type TestBoard } from "../../support/evaluation-world";
import { addPublishedRun } from "../../support/judging-world";
import { runSalon } from "../../support/run-salon";
import { testClient } from "../../support/test-client";
import { useTestDatabase } from "../../support/test-database";

const folder = useDataFolder();
const database = useTestDatabase();
const client = testClient("127.0.0.1");
let board: TestBoard;
const NOWHERE = { origin: "http://127.0.0.1:9", port: 9, close: async () => {} };
const KEY = "sk-0123456789abcdef";
/** As an operator calls a command on this machine. */
const salon = (...args: string[]) =>
  runSalon(args, {
    DATABASE_URL: database.url,
    SALON_DATA_DIR: folder.path,
    SALON_SECRET: process.env.SALON_SECRET ?? "",
  });
const run = () => ({ db: database.db, client, signal: new AbortController().signal, retriesLeft: false });

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  board = await addBoard(database.db, 2);
});
beforeEach(async () => {
  rmSync(sealingKeysFile(), { force: true });
  await database.db.webhook.deleteMany();
  await database.db.judge.deleteMany();
  await database.db.model.deleteMany();
});
afterAll(() => client.close());

const submit = async (name: string) => {
  const submission = submissionOf(NOWHERE, { name, apiKey: `${KEY}-${name}`, listed: false });
  return database.db.$transaction((tx) => submitEndpoint({ submission, voterId: "vot_1" }, tx));
};
const addJudge = async () => {
  const id = newId("judge");
  const facts = {
    slug: id,
    name: id,
    creator: "x",
    baseUrl: NOWHERE.origin,
    providerModel: "x",
    rubrics: [],
  };
  return database.db.judge.create({ data: { ...facts, id, apiKeySealed: await sealForRow(KEY, id) } });
};
/** One of everything that is sealed: a model's key, a judge's, a webhook's secret and the one before. */
async function sealSome() {
  await submit("First");
  await addJudge();
  const webhook = { url: "http://127.0.0.1:9/hook", events: ["run.finished" as const] };
  const { id, secret } = await createWebhook({ webhook, by: "operator" });
  const rotated = await rotateWebhookSecret({ id, by: "operator", now: Date.now() });
  return { webhookId: id, secrets: [rotated.secret, secret] };
}
const endpoints = async () => {
  const all = await database.db.endpoint.findMany({ include: { model: true } });
  return all as (Endpoint & { model: Model })[];
};
const openAll = async () => {
  const found = await Promise.all(
    (await endpoints()).map((each) => openEndpoint(each, each.model, database.db)),
  );
  return found.map(({ apiKey }) => apiKey);
};
const seals = async () => (await listKeys(database.db)).keys.map((key) => key.seals);

test("every column of the database that holds something sealed is sealed anew", async () => {
  const columns = await database.db.$queryRaw<{ at: string }[]>`
    select table_name || '.' || column_name as at from information_schema.columns
    where table_schema = 'public' and column_name like '%sealed%'`;
  expect(columns.map(({ at }) => at).sort()).toEqual(
    SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`).sort(),
  );
});

test("what the secret's key sealed is sealed with a new one, which its owner alone may read, and opens as before", async () => {
  const { webhookId, secrets } = await sealSome();
  expect(await seals()).toEqual([4]);
  const first = await rotateKeys({}, database.db);
  expect(first).toMatchObject({ isNew: true, resealed: 4, use: { lost: [] } });
  expect(await seals()).toEqual([4, 0]);
  expect(statSync(sealingKeysFile()).mode & 0o777).toBe(0o600);
  const second = await rotateKeys({ given: "ab".repeat(32) }, database.db);
  expect(second).toMatchObject({ isNew: true, resealed: 4 });
  expect(await seals()).toEqual([4, 0, 0]);
  await expect(rotateKeys({ given: "ab".repeat(32) }, database.db)).rejects.toThrow("known already");
  await expect(rotateKeys({ given: "short" }, database.db)).rejects.toThrow("64 hexadecimal digits");
  expect(await openAll()).toEqual([`${KEY}-First`]);
  const webhook = await database.db.webhook.findUniqueOrThrow({ where: { id: webhookId } });
  expect(await openWebhookSecrets(webhook, Date.now())).toEqual(secrets);
  const events = await database.db.auditEvent.findMany({
    where: { action: "keys.rotate" },
    orderBy: { id: "asc" },
  });
  expect(events.map(({ subjectId }) => subjectId)).toEqual([first.id, second.id]);
  expect(JSON.stringify(events.map(({ before, after }) => [before, after]))).not.toContain("abab");
});

test("a rotation that was cut short is gone on with under its own key, however often", async () => {
  await sealSome();
  await database.db
    .$executeRaw`create function broken() returns trigger language plpgsql as 'begin raise ''no''; end'`;
  await database.db
    .$executeRaw`create trigger broken before update on webhooks for each row execute function broken()`;
  await expect(rotateKeys({}, database.db)).rejects.toThrow();
  expect(await seals()).toEqual([2, 2]);
  const { id } = (await listKeys(database.db)).keys[0];
  await database.db.$executeRaw`drop function broken() cascade`;
  expect(await rotateKeys({}, database.db)).toMatchObject({ id, isNew: false, resealed: 2 });
  expect(await seals()).toEqual([4, 0]);
});

test("who submits or calls endpoints meanwhile notices nothing, and two rotations at once make one key at a time", async () => {
  await Promise.all(Array.from({ length: 12 }, (_, i) => submit(`Model-${i}`)));
  const names = (await openAll()).sort();
  const [, , ...found] = await Promise.all([
    rotateKeys({}, database.db),
    rotateKeys({}, database.db),
    ...Array.from({ length: 10 }, openAll),
    submit("Meanwhile"),
  ]);
  for (const keys of found.slice(0, -1) as (string | null)[][])
    expect(keys.filter((key) => !key?.endsWith("Meanwhile")).sort()).toEqual(names);
  await rotateKeys({}, database.db);
  const [current, ...older] = await seals();
  expect([current, older.every((count) => count === 0)]).toEqual([13, true]);
  expect((await openAll()).sort()).toEqual([...names, `${KEY}-Meanwhile`].sort());
});

test("a key is dropped once it seals nothing and what was on its way has arrived, not before", async () => {
  await sealSome();
  await rotateKeys({}, database.db);
  const [old] = await keyRing();
  const late = await sealForRow(KEY, (await endpoints())[0].id);
  await rotateKeys({}, database.db);
  const drop = (later: number) => dropKeys({ now: Date.now() + later }, database.db);
  await expect(drop(0)).rejects.toThrow("wait until");
  await database.db.endpoint.updateMany({ data: { apiKeySealed: late } });
  await expect(drop(SETTLED_MS)).rejects.toThrow(`Key ${old.id} still seals 1`);
  await rotateKeys({}, database.db);
  expect(await drop(SETTLED_MS)).toEqual([old.id]);
  expect(readFileSync(sealingKeysFile(), "utf8")).not.toContain(old.key.toString("hex"));
  expect(await drop(SETTLED_MS)).toEqual([]);
  expect(await openAll()).toEqual([KEY]);
});

test("where the file of keys is lost, runs and judges end with the id of the key that is missing, and doctor names whose keys it sealed", async () => {
  await rotateKeys({}, database.db);
  const [{ id }] = await keyRing();
  const { runId, model } = await submit("Lost");
  const judge = await addJudge();
  const published = await addPublishedRun(database.db, board, "published");
  const taskId = newId("judgeTask");
  await database.db.judgeTask.create({
    data: { id: taskId, judgeId: judge.id, rubric: "viescore@1", runId: published.runId },
  });
  renameSync(sealingKeysFile(), `${sealingKeysFile()}.away`);
  await generateSamples({ runId, from: 0, to: 2 }, run());
  expect(await readRun({ runId, voterId: "vot_1" }, database.db)).toMatchObject({
    state: "FAILED",
    failedFor: { code: "key_unreadable", said: expect.stringContaining(`key ID ${id}, which is not here`) },
  });
  await judgeSamples({ taskId, lane: 0 }, run());
  expect(await database.db.judge.findUniqueOrThrow({ where: { id: judge.id } })).toMatchObject({
    state: "PAUSED",
    stateReason: { code: "key_unreadable", said: expect.stringContaining(id) },
  });
  const doctor = await salon("doctor");
  expect(doctor.output).toContain(
    `The stored keys of judge ${judge.slug}, model ${model} were sealed with key ID ${id}`,
  );
  renameSync(`${sealingKeysFile()}.away`, sealingKeysFile());
  const listed = await runSalon(["keys", "list"], {
    DATABASE_URL: database.url,
    SALON_DATA_DIR: folder.path,
  });
  expect(listed).toMatchObject({ code: 0, output: expect.stringContaining(`${id}  current  seals 2`) });
});

test("a backup with the secret brings the keys back beside those that are there", async () => {
  await rotateKeys({}, database.db);
  const [key] = await keyRing();
  const place = mkdtempSync(path.join(tmpdir(), "salon-keys-"));
  const file = path.join(place, "salon.tar");
  await writeBackup({ file, artifacts: false, secret: true, force: false }, database.url);
  const members = new Map<string, Buffer>();
  await readMembers(file, async (name, body) => void members.set(name, await buffer(body)));
  rmSync(place, { recursive: true });
  rmSync(sealingKeysFile());
  await rotateKeys({}, database.db);
  const [other] = await keyRing();
  await restoreSealingKeys(members.get("sealing-keys")!);
  expect((await keyRing()).map(({ id }) => id).slice(0, 2)).toEqual([other.id, key.id]);
});
