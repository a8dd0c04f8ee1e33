import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { POST as postModel } from "@/app/api/v1/models/route";
import { POST as postConnectionTest } from "@/app/api/v1/models/test/route";
import { POST as cancelRun } from "@/app/api/v1/runs/[runId]/cancel/route";
import { POST as publishRun } from "@/app/api/v1/runs/[runId]/publish/route";
import { POST as resumeRun } from "@/app/api/v1/runs/[runId]/resume/route";
import { GET as getRun } from "@/app/api/v1/runs/[runId]/route";
import { GET as getSample } from "@/app/media/samples/[sampleId]/route";
import { errorResponse } from "@/lib/schemas/error-response";
import { runResponse } from "@/lib/schemas/runs";
import { connectionTestResponse, submissionResponse, type SubmissionInput } from "@/lib/schemas/submissions";
import { addBoard, startWorker, useDataFolder } from "../../support/evaluation-world";
import { ANSWERS, startImageEndpoint, type ImageEndpoint } from "../../support/image-endpoint";
import { useTestDatabase } from "../../support/test-database";

useDataFolder();
process.env.SALON_SECRET ??= "a secret of the tests, which nobody must guess";
const database = useTestDatabase();
let endpoint: ImageEndpoint;
beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  endpoint = await startImageEndpoint();
  await addBoard(database.db, 6);
});
beforeEach(async () => {
  endpoint.answer = ANSWERS.good;
  await database.db.rateLimit.deleteMany();
});
afterAll(() => endpoint.close());

const send = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  new Request(`http://salon.test${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", host: "salon.test", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
const order = (more: Partial<SubmissionInput> = {}) => ({
  name: "Route model",
  creator: `Makers of ${more.name}`,
  endpointUrl: endpoint.origin,
  providerModel: "test",
  imageSize: "64x64",
  ...more,
});
const withRun = (runId: string) => ({ params: Promise.resolve({ runId }) });

async function submit(more: Partial<SubmissionInput> = {}) {
  const response = await postModel(send("/api/v1/models", order(more)));
  expect(response.status).toBe(201);
  const [cookie] = response.headers.get("set-cookie")!.split(";");
  return { ...submissionResponse.parse(await response.json()), cookie };
}

const readRun = (runId: string, cookie = "") =>
  getRun(new Request(`http://salon.test/api/v1/runs/${runId}`, { headers: { cookie } }), withRun(runId));

async function expectError(response: Response, status: number, code: string, field?: string) {
  const { error } = errorResponse.parse(await response.json());
  expect({ status: response.status, code: error.code }).toEqual({ status, code });
  if (field !== undefined) expect(error.field).toBe(field);
  return error.message;
}

describe("POST /api/v1/models answers wrong input with a 4xx that names the field, and stores nothing", () => {
  test.each<[string, unknown, string]>([
    ["no name", { name: "" }, "name"],
    ["a name as long as a novel", { name: "x".repeat(5000) }, "name"],
    ["an address that is none", { endpointUrl: "here" }, "endpointUrl"],
    ["a file address", { endpointUrl: "file:///etc/passwd" }, "endpointUrl"],
    ["an address inside", { endpointUrl: "http://169.254.169.254/latest" }, "endpointUrl"],
    ["a size that is none", { imageSize: "big" }, "imageSize"],
    ["a negative price", { pricePerImageUsd: -1 }, "pricePerImageUsd"],
    ["no prompts", { promptCount: 0 }, "promptCount"],
    ["more prompts than there are", { promptCount: 7 }, "promptCount"],
    ["half a parameter", { parameters: 0.5 }, "parameters"],
    ["a release date that is none", { releasedAt: "yesterday" }, "releasedAt"],
    ["a field nobody knows", { rating: 3000 }, "rating"],
  ])("%s", async (_, more, field) => {
    await expectError(
      await postModel(send("/api/v1/models", { ...order(), ...(more as object) })),
      400,
      "invalid_request",
      field,
    );
    expect(await database.db.model.count()).toBe(0);
    expect(await database.db.run.count()).toBe(0);
  });

  test("an unknown board", async () => {
    await expectError(
      await postModel(send("/api/v1/models", order({ board: "x" }))),
      404,
      "not_found",
      "board",
    );
  });

  test("another site's page", async () => {
    const response = await postModel(send("/api/v1/models", order(), { origin: "http://elsewhere.test" }));
    expect(response.status).toBe(403);
    expect(await database.db.model.count()).toBe(0);
  });
});

describe("POST /api/v1/models/test", () => {
  const ask = async () =>
    postConnectionTest(
      send("/api/v1/models/test", {
        endpointUrl: endpoint.origin,
        providerModel: "test",
        imageSize: "64x64",
        apiKey: "sk-verysecretkey-0123",
      }),
    );

  test("shows one sample, and neither stores nor repeats the key", async () => {
    const response = await ask();
    const text = await response.text();
    expect(connectionTestResponse.parse(JSON.parse(text))).toMatchObject({ ok: true, width: 64, height: 64 });
    expect(text).not.toContain("verysecretkey");
    expect(await database.db.endpoint.count()).toBe(0);
  });

  test.each<[keyof typeof ANSWERS, string]>([
    ["html", "invalid"],
    ["error500", "transient"],
    ["truncated", "invalid"],
    ["huge", "invalid"],
    ["refused", "refused"],
    ["tooFast", "rate_limited"],
  ])("an endpoint that answers '%s' is told so as an answer, not as an error", async (answer, outcome) => {
    endpoint.answer = ANSWERS[answer];
    const response = await ask();
    expect(response.status).toBe(200);
    const body = connectionTestResponse.parse(await response.json());
    expect(body).toMatchObject({ ok: false, outcome, imageDataUrl: null });
    expect(body.message.length).toBeGreaterThan(10);
  });
});

describe("a run over HTTP", () => {
  test("of an unlisted model is seen and steered by its submitter alone; so are its images", async () => {
    const worker = await startWorker(database.db, database.url);
    try {
      const { runId, cookie } = await submit({ name: "Private model", listed: false });
      const other = (await submit({ name: "Another" })).cookie;
      await expect
        .poll(async () => (await database.db.run.findUniqueOrThrow({ where: { id: runId } })).state, {
          timeout: 60_000,
          interval: 50,
        })
        .toBe("PUBLISHED");
      const run = runResponse.parse(await (await readRun(runId, cookie)).json());
      expect(run).toMatchObject({ state: "PUBLISHED", total: 6, generated: 6, failed: 0, canControl: true });

      const [{ sampleId, url }] = run.recentSamples;
      const image = (headers: Record<string, string>) =>
        getSample(new Request(`http://salon.test${url}`, { headers }), {
          params: Promise.resolve({ sampleId }),
        });
      const shown = await image({ cookie });
      expect(shown.status).toBe(200);
      expect(shown.headers.get("content-type")).toBe("image/webp");
      expect(shown.headers.get("cache-control")).toContain("private");

      for (const stranger of ["", other]) {
        await expectError(await readRun(runId, stranger), 404, "not_found");
        await expectError(await image({ cookie: stranger }), 404, "not_found");
        const steer = send(`/api/v1/runs/${runId}/cancel`, "", { cookie: stranger });
        expect([403, 404]).toContain((await cancelRun(steer, withRun(runId))).status);
      }

      const published = await publishRun(
        send(`/api/v1/runs/${runId}/publish`, "", { cookie }),
        withRun(runId),
      );
      expect(runResponse.parse(await published.json()).model.listed).toBe(true);
      expect((await readRun(runId, other)).status).toBe(200);
    } finally {
      await worker.stop();
    }
  });

  test("is cancelled and resumed by its submitter; what cannot be done says why", async () => {
    const { runId, cookie } = await submit({ name: "Waiting model" });
    const steer = (verb: typeof cancelRun, name: string) =>
      verb(send(`/api/v1/runs/${runId}/${name}`, "", { cookie }), withRun(runId));
    expect(runResponse.parse(await (await steer(cancelRun, "cancel")).json()).state).toBe("CANCELLED");
    expect(runResponse.parse(await (await steer(resumeRun, "resume")).json()).state).toBe("GENERATING");
    expect(await expectError(await steer(resumeRun, "resume"), 409, "conflict")).toContain("already");
  });

  test("that nobody knows is not found", async () => {
    await expectError(await readRun("run_nobody"), 404, "not_found");
    await expectError(
      await cancelRun(send("/api/v1/runs/run_nobody/cancel", ""), withRun("run_nobody")),
      404,
      "not_found",
    );
  });
});
