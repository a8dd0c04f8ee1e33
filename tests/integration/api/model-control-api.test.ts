import pino from "pino";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { DELETE as deleteModel, GET as getModel } from "@/app/api/v1/models/[slug]/route";
import { POST as withdrawModel } from "@/app/api/v1/models/[slug]/withdraw/route";
import { POST as postModel } from "@/app/api/v1/models/route";
import { POST as publishRun } from "@/app/api/v1/runs/[runId]/publish/route";
import { GET as getRun } from "@/app/api/v1/runs/[runId]/route";
import { hideModel } from "@/lib/models/hide-model";
import { listManagedModels } from "@/lib/models/list-managed-models";
import { openApiDocument } from "@/lib/schemas/openapi";
import { submissionResponse, type SubmissionInput } from "@/lib/schemas/submissions";
import type { ModelView } from "@/lib/schemas/views";
import { cookieOf, expectError, request } from "../../support/api-requests";
import { addBoard, startWorker, useDataFolder, type TestWorker } from "../../support/evaluation-world";
import { ANSWERS, startImageEndpoint, type ImageEndpoint } from "../../support/image-endpoint";
import { useTestDatabase } from "../../support/test-database";

useDataFolder();
process.env.SALON_SECRET ??= "a secret of the tests, which nobody must guess";
const database = useTestDatabase();
let endpoint: ImageEndpoint;
let worker: TestWorker | undefined;
beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  endpoint = await startImageEndpoint();
  await addBoard(database.db, 6);
});
beforeEach(async () => {
  endpoint.answer = ANSWERS.good;
  await database.db.rateLimit.deleteMany();
});
afterAll(async () => {
  await worker?.stop();
  await endpoint.close();
});

async function submit(name: string, more: Partial<SubmissionInput> = {}) {
  const body = { name, creator: `${name} lab`, endpointUrl: endpoint.origin, providerModel: "test", ...more };
  const response = await postModel(request("POST", "/api/v1/models", { body }));
  expect(response.status).toBe(201);
  return { ...submissionResponse.parse(await response.json()), cookie: cookieOf(response) };
}

const withSlug = (slug: string) => ({ params: Promise.resolve({ slug }) });
const withRun = (runId: string) => ({ params: Promise.resolve({ runId }) });
const read = (slug: string, cookie?: string) =>
  getModel(request("GET", `/api/v1/models/${slug}`, { cookie }), withSlug(slug));
const remove = (slug: string, cookie?: string, headers?: Record<string, string>) =>
  deleteModel(request("DELETE", `/api/v1/models/${slug}`, { cookie, headers }), withSlug(slug));
const withdraw = (slug: string, cookie?: string) =>
  withdrawModel(request("POST", `/api/v1/models/${slug}/withdraw`, { cookie }), withSlug(slug));
const stateOf = async (runId: string) =>
  (await database.db.run.findUniqueOrThrow({ where: { id: runId } })).state;

async function published(name: string) {
  const submitted = await submit(name);
  worker ??= await startWorker(database.db, database.url);
  await expect.poll(() => stateOf(submitted.runId), { timeout: 60_000, interval: 50 }).toBe("PUBLISHED");
  return submitted;
}

test("a model is withdrawn and published again by its submitter alone, and marked as a visitor's", async () => {
  const { model, runId, cookie } = await published("Alpha");
  const other = (await submit("Other")).cookie;
  const view = (await (await read(model)).json()) as ModelView;
  expect(view).toMatchObject({ listed: true, submittedBy: "visitor", own: false });

  for (const stranger of [undefined, other, "salon_voter=vtr_forged.0000"]) {
    await expectError(await withdraw(model, stranger), 403, "forbidden");
    await expectError(await remove(model, stranger), 403, "forbidden");
  }
  expect(await expectError(await remove(model, cookie, { origin: "http://elsewhere.test" }), 403, "forbidden")).toContain("own pages"); // prettier-ignore
  expect(((await (await withdraw(model, cookie)).json()) as ModelView).listed).toBe(false);
  await expectError(await read(model), 404, "not_found");
  // A private model does not even exist for others.
  await expectError(await withdraw(model, other), 404, "not_found");
  await expectError(await remove(model, other), 404, "not_found");
  expect(((await (await read(model, cookie)).json()) as ModelView).own).toBe(true);

  await publishRun(request("POST", `/api/v1/runs/${runId}/publish`, { cookie }), withRun(runId));
  expect(((await (await read(model)).json()) as ModelView).listed).toBe(true);
});

test("what the operator hid stays hidden: its submitter sees it and cannot publish it again", async () => {
  const { model, runId, cookie } = await published("Beta");
  await hideModel({ slug: model, by: "operator" });
  expect(await expectError(await read(model), 404, "hidden")).toContain("operator");
  expect((await (await read(model, cookie)).json()) as ModelView).toMatchObject({
    keptOff: { why: "hidden" },
    own: true,
  });
  const again = await publishRun(
    request("POST", `/api/v1/runs/${runId}/publish`, { cookie }),
    withRun(runId),
  );
  await expectError(again, 403, "forbidden");
  expect(await database.db.model.findUniqueOrThrow({ where: { slug: model } })).toMatchObject({
    listed: false,
  });
  const managed = await listManagedModels({});
  expect(managed.find(({ slug }) => slug === model)).toMatchObject({
    state: "hidden",
    submittedBy: "visitor",
    endpoint: new URL(endpoint.origin).host,
    run: "published",
    runs: 1,
  });
});

test("deleted while an order is open: key, run and images are gone, the job ends in peace, nothing comes back", async () => {
  const lines: { level: number; msg: string }[] = [];
  const log = pino({ level: "debug" }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const own = await startWorker(database.db, database.url, log);
  await worker?.stop();
  worker = own;
  let [arrive, answerIt] = [() => {}, () => {}];
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const answered = new Promise<void>((resolve) => (answerIt = resolve));
  endpoint.answer = async (response, body, request) => {
    if (body.prompt === "prompt 3") {
      arrive();
      await answered;
    }
    return ANSWERS.good(response, body, request);
  };
  const { model, modelId, runId, cookie } = await submit("Gamma", { apiKey: "sk-0123456789abcdef" });
  await arrived;
  expect(await database.db.sample.count({ where: { modelId } })).toBeGreaterThan(0);

  expect((await remove(model, cookie)).status).toBe(204);
  expect(await database.db.endpoint.count({ where: { modelId } })).toBe(0);
  answerIt();
  const jobsLeft = () => database.db.$queryRaw<unknown[]>`
    select 1 from graphile_worker.jobs where key like ${`${runId}:%`}`;
  await expect.poll(async () => (await jobsLeft()).length, { timeout: 30_000, interval: 50 }).toBe(0);
  expect(await database.db.run.count({ where: { id: runId } })).toBe(0);
  expect(await database.db.sample.count({ where: { modelId } })).toBe(0);
  expect(await database.db.sampleFailure.count({ where: { runId } })).toBe(0);
  // pino's 40 is "warn".
  expect(lines.filter(({ level }) => level >= 40)).toEqual([]);

  await expectError(await read(model, cookie), 404, "not_found");
  await expectError(await remove(model, cookie), 404, "not_found");
  const run = await getRun(request("GET", `/api/v1/runs/${runId}`, { cookie }), withRun(runId));
  await expectError(run, 404, "not_found");
  // Its name and address are free again.
  expect((await submit("Gamma")).model).toBe(model);
});

test("changes of models have their turns, and the document tells of them", async () => {
  const { cookie } = await submit("Delta");
  for (let i = 0; i < 30; i++) expect((await remove("nobody", cookie)).status).toBe(404);
  expect((await remove("nobody", cookie)).status).toBe(429);
  const { paths } = openApiDocument();
  expect(paths["/api/v1/models/{slug}"].delete).toBeDefined();
  expect(paths["/api/v1/models/{slug}/withdraw"].post).toBeDefined();
});
