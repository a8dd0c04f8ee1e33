import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { POST } from "@/app/api/v1/models/[slug]/runs/route";
import { newId } from "@/lib/db/new-id";
import { importPrompts } from "@/lib/prompts/import-prompts";
import { limitsOf } from "@/lib/prompts/import-limits";
import { newVersion } from "@/lib/prompts/new-version";
import { unpackPromptFiles } from "@/lib/prompts/unpack-prompt-files";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import { signVoterCookie, VOTER_COOKIE } from "@/lib/votes/voter-cookie";
import { expectError, request } from "../../support/api-requests";
import {
  addBoard,
  startWorker,
  submissionOf,
  useDataFolder,
  type TestWorker,
} from "../../support/evaluation-world";
import { startImageEndpoint, type ImageEndpoint } from "../../support/image-endpoint";
import { useTestDatabase } from "../../support/test-database";

useDataFolder();
const database = useTestDatabase();
const voterId = newId("voter");
const by = { voterId };
let endpoint: ImageEndpoint;
let worker: TestWorker | undefined;
let model: string;
let asked: string[] = [];

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  await database.db.voter.create({ data: { id: voterId } });
  endpoint = await startImageEndpoint();
  const { answer } = endpoint;
  endpoint.answer = (response, body, request) => {
    asked.push(body.prompt);
    return answer(response, body, request);
  };
  await addBoard(database.db, 3);
  worker = await startWorker(database.db, database.url);
  const submission = submissionOf(endpoint, { listed: false });
  const first = await database.db.$transaction((tx) => submitEndpoint({ submission, voterId }, tx));
  model = first.model;
  await published(first.runId);
});
afterAll(async () => {
  await worker?.stop();
  await endpoint?.close();
});

const published = (runId: string) =>
  vi.waitUntil(
    async () => (await database.db.run.findUniqueOrThrow({ where: { id: runId } })).state === "PUBLISHED",
    { timeout: 50_000, interval: 50 },
  );

async function start(body: unknown, who: string | null = voterId): Promise<Response> {
  await database.db.rateLimit.deleteMany();
  const cookie = who === null ? undefined : `${VOTER_COOKIE}=${await signVoterCookie(who)}`;
  const params = Promise.resolve({ slug: model });
  return POST(request("POST", `/api/v1/models/${model}/runs`, { body, cookie }), { params });
}

const unpacked = async (text: string) =>
  unpackPromptFiles({ name: "a.csv", bytes: Buffer.from(text) }, limitsOf(by));
const ask = async (text: string) =>
  ({ unpacked: await unpacked(text), by, skipErrors: false, arena: "all" }) as const;

test("a model is run once more with a label and several samples of each prompt, each from a seed of its own", async () => {
  const response = await start({ board: "text-to-image", samplesPerPrompt: 2, label: "guidance 7" });
  expect(response.status).toBe(201);
  const { runId } = (await response.json()) as { runId: string };
  await published(runId);
  const samples = await database.db.sample.findMany({ where: { runId } });
  expect(samples.map(({ index }) => index).sort()).toEqual([0, 0, 0, 1, 1, 1]);
  expect(new Set(samples.map(({ seedRequested }) => seedRequested)).size).toBe(6);
  expect(await database.db.run.findUnique({ where: { id: runId } })).toMatchObject({ label: "guidance 7" });
});

test("over a new version of a prompt set only the prompts that changed are generated", async () => {
  const { slug } = await importPrompts({
    ...(await ask("key,prompt\na,an apple\nb,a boat\nc,a cat\n")),
    name: "Own",
    listed: false,
  });
  const first = (await (await start({ promptSet: slug })).json()) as { runId: string };
  await published(first.runId);
  const next = await newVersion({
    ...(await ask("key,prompt\na,an apple\nb,a big boat\nc,a cat\nd,a dog\n")),
    slug,
  });
  asked = [];
  const second = (await (await start({ promptSet: next.slug })).json()) as { runId: string };
  await published(second.runId);
  expect(asked.sort()).toEqual(["a big boat", "a dog"]);
  const bytes = async (runId: string, text: string) =>
    (await database.db.sample.findFirstOrThrow({ where: { runId, prompt: { text } } })).artifactHash;
  expect(await bytes(second.runId, "a cat")).toBe(await bytes(first.runId, "a cat"));
  // Nothing is left to generate: the run goes on all the same. Over the same version it is generated anew.
  asked = [];
  const third = (await (await start({ promptSet: next.slug })).json()) as { runId: string };
  await published(third.runId);
  expect(asked.sort()).toEqual(["a big boat", "a dog"]);
});

test("somebody else's model, and prompts that are somebody else's, cannot be run", async () => {
  const { slug } = await importPrompts({
    ...(await ask("key,prompt\nx,a fox\n")),
    name: "Private",
    listed: false,
  });
  const stranger = newId("voter");
  await database.db.voter.create({ data: { id: stranger } });
  await expectError(await start({ board: "text-to-image" }, stranger), 404, "not_found");
  await expectError(await start({ board: "text-to-image" }, null), 404, "not_found");
  await database.db.promptSet.update({ where: { slug }, data: { ownerId: stranger } });
  await expectError(await start({ promptSet: slug }), 404, "not_found");
  await expectError(await start({}), 400, "invalid_request");
});
