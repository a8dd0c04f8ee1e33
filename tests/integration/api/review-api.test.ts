import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { GET as getModel } from "@/app/api/v1/models/[slug]/route";
import { POST as postModel } from "@/app/api/v1/models/route";
import { POST as publishRun } from "@/app/api/v1/runs/[runId]/publish/route";
import { GET as getRun } from "@/app/api/v1/runs/[runId]/route";
import { POST as resumeRun } from "@/app/api/v1/runs/[runId]/resume/route";
import { newId } from "@/lib/db/new-id";
import { parseEnv } from "@/lib/env";
import { listManagedModels } from "@/lib/models/list-managed-models";
import { approveModel, rejectModel } from "@/lib/models/review-model";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import { submissionResponse, type SubmissionInput } from "@/lib/schemas/submissions";
import type { ModelView } from "@/lib/schemas/views";
import { cookieOf, expectError, request } from "../../support/api-requests";
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
process.env.SALON_SECRET ??= "a secret of the tests, which nobody must guess";
const database = useTestDatabase();
let endpoint: ImageEndpoint;
let worker: TestWorker;
beforeAll(async () => {
  process.env.SUBMISSIONS = "reviewed";
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  endpoint = await startImageEndpoint();
  await addBoard(database.db, 2);
  worker = await startWorker(database.db, database.url);
});
beforeEach(() => database.db.rateLimit.deleteMany());
afterAll(async () => {
  await worker.stop();
  await endpoint.close();
});

const post = (more: Partial<SubmissionInput>, cookie?: string) => {
  const body = { name: "X", creator: "X lab", endpointUrl: endpoint.origin, providerModel: "test", ...more };
  return postModel(request("POST", "/api/v1/models", { body, cookie }));
};
async function submit(more: Partial<SubmissionInput>) {
  const response = await post(more);
  expect(response.status).toBe(201);
  return { ...submissionResponse.parse(await response.json()), cookie: cookieOf(response) };
}
const read = (slug: string, cookie?: string) =>
  getModel(request("GET", `/api/v1/models/${slug}`, { cookie }), { params: Promise.resolve({ slug }) });
const view = async (slug: string, cookie?: string) => (await (await read(slug, cookie)).json()) as ModelView;
const publish = (runId: string, cookie: string) =>
  publishRun(request("POST", `/api/v1/runs/${runId}/publish`, { cookie }), {
    params: Promise.resolve({ runId }),
  });
const scored = (runId: string) =>
  expect
    .poll(async () => (await database.db.run.findUniqueOrThrow({ where: { id: runId } })).state, {
      timeout: 60_000,
      interval: 50,
    })
    .toBe("PUBLISHED");
const waiting = async () => (await listManagedModels({ waiting: true })).map(({ slug }) => slug);

test("reviewed: a model runs in private, its submitter is told, and it is listed once approved", async () => {
  const { model, runId, cookie } = await submit({ name: "Alpha", creator: "Alpha lab" });
  await scored(runId);
  await expectError(await read(model), 404, "not_found");
  expect(await view(model, cookie)).toMatchObject({
    listed: false,
    keptOff: { why: "waiting", reason: null },
  });
  const run = await getRun(request("GET", `/api/v1/runs/${runId}`, { cookie }), {
    params: Promise.resolve({ runId }),
  });
  expect(await run.json()).toMatchObject({ model: { keptOff: { why: "waiting" } } });
  // Publishing it is no way round.
  expect((await publish(runId, cookie)).status).toBe(200);
  await expectError(await read(model), 404, "not_found");
  expect(await waiting()).toEqual([model]);

  expect(await approveModel({ slug: model, by: "operator" })).toBe(true);
  expect(await view(model)).toMatchObject({ listed: true, keptOff: null });
  expect(await waiting()).toEqual([]);
});

test("reviewed: approved before it is scored, it is listed when it is; private ones wait from the moment they are published", async () => {
  const early = await submit({ name: "Early", creator: "Early lab" });
  expect(await approveModel({ slug: early.model, by: "operator" })).toBe(false);
  await scored(early.runId);
  expect((await view(early.model)).listed).toBe(true);

  const mine = await submit({ name: "Mine", creator: "Mine lab", listed: false });
  await scored(mine.runId);
  expect((await view(mine.model, mine.cookie)).keptOff).toBeNull();
  expect(await waiting()).toEqual([]);
  expect((await publish(mine.runId, mine.cookie)).status).toBe(200);
  expect(await waiting()).toEqual([mine.model]);
  await expectError(await read(mine.model), 404, "not_found");
});

test("reviewed: an approved model that draws its missing samples waits for a review again", async () => {
  const { model, runId, cookie } = await submit({ name: "Delta", creator: "Delta lab" });
  await scored(runId);
  expect(await approveModel({ slug: model, by: "operator" })).toBe(true);
  const sample = await database.db.sample.findFirstOrThrow({ where: { runId } });
  await database.db.sample.delete({ where: { id: sample.id } });
  await database.db.sampleFailure.create({
    data: {
      id: newId("failure"),
      runId,
      promptId: sample.promptId,
      code: "refused",
      message: "",
      attempts: 1,
    },
  });
  const resumed = await resumeRun(request("POST", `/api/v1/runs/${runId}/resume`, { cookie }), {
    params: Promise.resolve({ runId }),
  });
  expect(resumed.status).toBe(200);
  await scored(runId);
  expect((await view(model, cookie)).keptOff).toMatchObject({ why: "waiting" });
  await expectError(await read(model), 404, "not_found");
  expect(await waiting()).toContain(model);
  await rejectModel({ slug: model, reason: "Test over.", by: "operator" });
});

test("rejected: it leaves the board, its submitter reads why and cannot publish it, a stranger reads nothing", async () => {
  const { model, runId, cookie } = await submit({ name: "Beta", creator: "Beta lab" });
  await scored(runId);
  await approveModel({ slug: model, by: "operator" });
  await expect(rejectModel({ slug: model, reason: " ", by: "operator" })).rejects.toMatchObject({
    code: "invalid_request",
  });
  await rejectModel({ slug: model, reason: "It draws squares.", by: "operator" });
  await expectError(await read(model), 404, "not_found");
  expect((await view(model, cookie)).keptOff).toEqual({ why: "rejected", reason: "It draws squares." });
  expect(await expectError(await publish(runId, cookie), 403, "forbidden")).toContain("It draws squares.");
});

test("a name or creator that passes for a listed one's is refused to visitors, but not to the same visitor", async () => {
  const { db } = database;
  await db.model.create({
    data: {
      id: "mdl_bundled",
      slug: "bundled",
      name: "Flow DiT (latent)",
      creator: "Salon",
      modality: "TEXT_TO_IMAGE",
      bundled: true,
    },
  });
  const first = await submit({ name: "Gamma", creator: "Gamma lab" });
  await scored(first.runId);
  await approveModel({ slug: first.model, by: "operator" });
  for (const [wanted, field] of [
    [{ name: "Flow DiT (latent)" }, "name"],
    [{ name: "Fl\u043ew D\u0456T (latent)" }, "name"],
    [{ name: "SaIon" }, "name"],
    [{ creator: "\u0405\u0430lon" }, "creator"],
    [{ name: "G\u0430mma" }, "name"],
    [{ creator: "GAMMA-LAB" }, "creator"],
  ] as const) {
    const response = await post(wanted);
    const { error } = (await response.json()) as { error: { code: string; field: string; message: string } };
    expect({ status: response.status, field: error.field }).toEqual({ status: 409, field });
    expect(error.message).toContain("pass for it");
  }
  const zeroWidth = await post({ name: "\u200b\u200b\u200b" });
  expect(zeroWidth.status).toBe(400);
  expect((await post({ name: "Gamma 2", creator: "Gamma lab" }, first.cookie)).status).toBe(201);
  // Two of one name before either is listed: the second waits, whatever the site asks of submissions.
  const open = (voterId: string) =>
    submitEndpoint({
      submission: submissionOf(endpoint, { name: "Twin", creator: `${voterId} lab` }),
      voterId,
      policy: "open",
    });
  const twins = [await open("vtr_one"), await open("vtr_two")];
  for (const { runId } of twins) await scored(runId);
  const rows = await db.model.findMany({ where: { name: "Twin" }, select: { listed: true, review: true } });
  expect(rows.map(({ listed, review }) => `${listed} ${review}`).sort()).toEqual([
    "false WAITING",
    "true NOT_NEEDED",
  ]);
});

test("off: nobody submits, and it is said; unset, the setting follows who can reach the site", async () => {
  const submission = submissionOf(endpoint, { name: "Late" });
  const late = async () => submitEndpoint({ submission, voterId: "vtr_late", policy: "off" });
  await expect(late()).rejects.toMatchObject({
    code: "forbidden",
    message: "Submissions are closed on this site.",
  });
  expect(parseEnv({ HOST: "0.0.0.0" }).submissions).toBe("reviewed");
  expect(parseEnv({ HOST: "127.0.0.1" }).submissions).toBe("open");
  expect(parseEnv({ HOST: "127.0.0.1", TRUSTED_PROXIES: "1" }).submissions).toBe("reviewed");
  expect(parseEnv({ SUBMISSIONS: "off", HOST: "127.0.0.1" }).submissions).toBe("off");
  expect(() => parseEnv({ SUBMISSIONS: "maybe" })).toThrow("SUBMISSIONS");
});
