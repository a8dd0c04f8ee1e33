import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { POST as postModel } from "@/app/api/v1/models/route";
import { POST as postTest } from "@/app/api/v1/models/test/route";
import { slowJson } from "@/app/api/respond";
import type { Modality } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/new-id";
import { forgetProbes, PROBE_KEPT_MS } from "@/lib/models/probe/keep-probe";
import { probeModel } from "@/lib/models/probe/probe-model";
import { requestTest } from "@/lib/models/probe/request-test";
import { testConnection } from "@/lib/models/test-connection";
import { readModel } from "@/lib/pages/read-model";
import { readRun } from "@/lib/pages/read-run";
import { editModel } from "@/lib/runs/edit-model";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import type { Capability } from "@/lib/schemas/endpoints/capabilities";
import { errorResponse } from "@/lib/schemas/error-response";
import { connectionTest, modelChanges, type ConnectionTestInput } from "@/lib/schemas/submissions";
import { addBoard, submissionOf, useDataFolder } from "../../support/evaluation-world";
import { EDITS } from "../../support/format-mocks/edits";
import { KEY, startVendor, type Vendor } from "../../support/format-mocks/vendor";
import { VIDEOS } from "../../support/format-mocks/videos";
import {
  ANSWERS,
  apiError,
  imageOf,
  startImageEndpoint,
  type ImageEndpoint,
  type ImageRequestBody,
} from "../../support/image-endpoint";
import { testClient } from "../../support/test-client";
import { useTestDatabase } from "../../support/test-database";

useDataFolder();
process.env.SALON_SECRET ??= "a secret of the tests, which nobody must guess";
const database = useTestDatabase();
let endpoint: ImageEndpoint;
beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  endpoint = await startImageEndpoint();
  await addBoard(database.db, 2);
});
afterAll(() => endpoint.close());

type Draw = (body: ImageRequestBody, call: number) => Promise<Buffer>;
/** Answers with what is drawn; the call's number begins at 0 with each test. */
function drawing(draw: Draw, more: object = {}): ImageEndpoint["answer"] {
  let call = 0;
  return async (response, body) => {
    const image = (await draw(body, call++)).toString("base64");
    response
      .writeHead(200, { "content-type": "application/json" })
      .end(JSON.stringify({ data: [{ b64_json: image }], ...more }));
  };
}
const seeded = (body: ImageRequestBody, seed: number) => imageOf({ ...body, seed });
const VOTER = newId("voter");
const probe = (more: Partial<ConnectionTestInput> = {}, voterId = VOTER) => {
  endpoint.orders.length = 0;
  const input = connectionTest.parse({ endpointUrl: endpoint.origin, providerModel: "test", ...more });
  return testConnection({ input, voterId });
};

describe("a probe tells what an endpoint does", () => {
  const rows: [string, ImageEndpoint["answer"], number, (found: Capability) => unknown, unknown][] = [
    ["honours seeds", drawing(imageOf), 3, ({ seed }) => seed.verdict, "honoured"],
    ["ignores seeds", drawing(seeded), 3, ({ seed }) => seed.verdict, "ignored"],
    [
      "always draws from seed 42",
      drawing((body) => seeded(body, 42)),
      3,
      ({ seed }) => seed.verdict,
      "fixed",
    ],
    [
      "draws a seed alike, not the same",
      drawing(async (body, call) => {
        const image = sharp(await imageOf(body));
        return call < 2 ? image.toBuffer() : image.linear(0.9, 10).png().toBuffer();
      }),
      3,
      ({ seed }) => ["honoured", "roughly"].includes(seed.verdict) && (seed.sameLevels ?? 0) > 0,
      true,
    ],
    [
      "refuses seeds",
      (response, body, request) =>
        body.seed === undefined
          ? drawing((_, call) => seeded(body, endpoint.orders.length + call))(response, body, request)
          : apiError(400, "unknown_parameter", "Unknown parameter: 'seed'.")(response, body, request),
      3,
      ({ seed, calls }) => [seed.verdict, calls.map((call) => call.seed)],
      ["none", [null, null]],
    ],
    [
      "draws another size",
      ANSWERS.wrongSize,
      1,
      ({ size, outcome }) => [size.verdict, size.came, outcome],
      ["other", "32x32", "invalid"],
    ],
    [
      "draws transparent PNGs",
      drawing(async (body) =>
        sharp(await imageOf(body))
          .ensureAlpha(0.5)
          .png()
          .toBuffer(),
      ),
      3,
      ({ transparent, mediaType }) => [transparent, mediaType],
      [true, "image/png"],
    ],
    [
      "writes EXIF into its files",
      drawing(async (body) =>
        sharp(await imageOf(body))
          .withExif({ IFD0: { Software: "Flow 2" } })
          .jpeg()
          .toBuffer(),
      ),
      3,
      ({ metadata, transparent, seed }) => [metadata, transparent, seed.verdict],
      [["exif"], false, "honoured"],
    ],
    [
      "refuses the prompt",
      ANSWERS.refused,
      1,
      ({ outcome, calls }) => [outcome, calls.length],
      ["refused", 1],
    ],
    [
      "says what it takes",
      drawing(imageOf, { usage: { cost: 0.02 } }),
      3,
      ({ calls }) => calls.map(({ costUsd }) => costUsd),
      [0.02, 0.02, 0.02],
    ],
    [
      "breaks down at the second call",
      (response, body, request) =>
        (endpoint.orders.length === 2 ? ANSWERS.error500 : ANSWERS.good)(response, body, request),
      2,
      ({ outcome, seed, calls }) => [outcome, seed.verdict, calls.map((call) => call.outcome)],
      ["ok", "unknown", ["ok", "transient"]],
    ],
  ];
  it.each(rows)("that %s", async (_, answer, orders, read, expected) => {
    endpoint.answer = answer;
    const { capability } = await probe();
    expect(read(capability)).toEqual(expected);
    expect(endpoint.orders).toHaveLength(orders);
  });

  it("that takes its time: each call has the endpoint's own", async () => {
    endpoint.answer = (response, body, request) =>
      void setTimeout(() => void ANSWERS.good(response, body, request), 120);
    const { capability } = await probe();
    expect(capability.calls.every(({ latencyMs }) => latencyMs >= 120)).toBe(true);
  });
});

it("a test knows what the models of the board make: of edits three of an image, of videos one", async () => {
  const found = async (vendor: Vendor, modality: Modality) => {
    const server = await startVendor(vendor);
    const { slug, id } = await addBoard(database.db, 1, modality.toLowerCase());
    await database.db.board.update({ where: { id }, data: { modality } });
    const address = { endpointUrl: `${server.origin}/v1`, providerModel: vendor.model, apiKey: KEY };
    const input = connectionTest.parse({ ...address, format: vendor.format, board: slug });
    const { ok, message, capability } = await testConnection({ input, voterId: newId("voter") });
    await server.close();
    return { ok, message, capability, orders: server.charges };
  };
  const edits = await found(
    EDITS.find(({ format }) => format === "vllm-omni")!,
    "IMAGE_EDIT",
  );
  expect([edits.ok, edits.orders.length, edits.capability.size.verdict]).toEqual([true, 3, "exact"]);
  expect(edits.orders[0].files.length).toBeGreaterThan(0);
  const videos = await found(
    VIDEOS.find(({ format }) => format === "openai-images")!,
    "TEXT_TO_VIDEO",
  );
  expect([videos.ok, videos.orders.length, videos.message]).toEqual([
    true,
    1,
    expect.stringContaining("a video"),
  ]);
  expect(videos.capability.mediaType).toMatch(/webp/);
});

describe("a submission after a test that failed", () => {
  const voterId = newId("voter");
  const submit = (more: Parameters<typeof submissionOf>[1] = {}) =>
    submitEndpoint({ submission: submissionOf(endpoint, { listed: false, ...more }), voterId });

  it("is refused until it is said to be meant, or a test has worked; another's test is held against nobody", async () => {
    endpoint.answer = ANSWERS.noModel;
    await probe({}, voterId);
    const models = await database.db.model.count();
    await expect(submit()).rejects.toMatchObject({
      code: "probe_failed",
      message: expect.stringContaining("404"),
    });
    // Whoever writes another name for the model has not tested the address better.
    await expect(submit({ providerModel: "other" })).rejects.toMatchObject({ code: "probe_failed" });
    expect(await database.db.model.count()).toBe(models);
    const stranger = {
      submission: submissionOf(endpoint, { name: "A stranger's" }),
      voterId: newId("voter"),
    };
    await submitEndpoint(stranger);

    const meant = await submit({ name: "Meant", acceptFailedProbe: true });
    const { capability } = await readModel({ slug: meant.model, voterId });
    expect(capability).toMatchObject({ outcome: "invalid", seed: { verdict: "unknown" } });

    endpoint.answer = ANSWERS.good;
    await probe({}, voterId);
    const works = await submit({ name: "Works" });
    const run = await readRun({ runId: works.runId, voterId });
    expect(run.capability).toMatchObject({
      ...{ outcome: "ok", seed: { verdict: "honoured" }, transparent: false },
      size: { asked: "64x64", came: "64x64", verdict: "exact" },
    });
  });

  it("is not asked about it after a day, when it is forgotten", async () => {
    endpoint.answer = ANSWERS.html;
    await probe({}, voterId);
    await forgetProbes(Date.now() + PROBE_KEPT_MS - 1_000);
    await expect(submit()).rejects.toMatchObject({ code: "probe_failed" });
    const past = new Date(Date.now() - PROBE_KEPT_MS - 1_000);
    await database.db.connectionProbe.updateMany({ where: { voterId }, data: { createdAt: past } });
    const { model } = await submit({ name: "A day later" });
    expect((await readModel({ slug: model, voterId })).capability).toBeNull();
    expect(await forgetProbes(Date.now())).toBe(1);
  });

  it("says so over HTTP with a code of its own, to the browser that tested", async () => {
    endpoint.answer = ANSWERS.html;
    const send = (path: string, body: object, cookie = "") =>
      new Request(`http://salon.test${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", host: "salon.test", cookie },
        body: JSON.stringify(body),
      });
    const address = { endpointUrl: endpoint.origin, providerModel: "test" };
    const tested = await postTest(send("/api/v1/models/test", address));
    const [cookie] = tested.headers.get("set-cookie")!.split(";");
    const submission = { ...address, name: "By a browser", creator: "Browser" };
    const refused = await postModel(send("/api/v1/models", submission, cookie));
    expect([refused.status, errorResponse.parse(await refused.json()).error.code]).toEqual([
      409,
      "probe_failed",
    ]);
    const meant = { ...submission, acceptFailedProbe: true };
    expect((await postModel(send("/api/v1/models", meant, cookie))).status).toBe(201);
  });
});

it("three calls take three turns of a browser's: the eleventh test in ten minutes is refused", async () => {
  endpoint.answer = ANSWERS.refused;
  await database.db.rateLimit.deleteMany();
  let cookie = "";
  const statuses: number[] = [];
  for (let tests = 0; tests < 11; tests++) {
    const request = new Request("http://salon.test/api/v1/models/test", {
      method: "POST",
      headers: { "content-type": "application/json", host: "salon.test", cookie },
      body: JSON.stringify({ endpointUrl: endpoint.origin, providerModel: "test" }),
    });
    const response = await postTest(request);
    statuses.push(response.status);
    cookie ||= response.headers.get("set-cookie")?.split(";")[0] ?? "";
  }
  expect(statuses).toEqual([...Array<number>(10).fill(200), 429]);
});

describe("the test of a model that is there", () => {
  it("is made with its stored key on its bill, stays with the version, and is its submitter's to ask for", async () => {
    endpoint.answer = drawing(imageOf, { usage: { cost: 0.02 } });
    const voterId = newId("voter");
    const submission = submissionOf(endpoint, { name: "Tested later", apiKey: KEY, listed: false });
    const { model, modelId, runId } = await submitEndpoint({ submission, voterId });
    const see = () => readModel({ slug: model, voterId });
    expect((await see()).capability).toBeNull();
    await expect(requestTest({ slug: model, by: { voterId: newId("voter") } })).rejects.toMatchObject({
      code: "not_found",
    });
    endpoint.keys.length = 0;
    await requestTest({ slug: model, by: { voterId } });
    const [job] = await database.db.$queryRaw<{ queue: string }[]>`
      select queue_name as queue from graphile_worker.jobs where task_identifier = 'test-endpoint'`;
    // It takes its turn with whatever else its submitter's models are asked for.
    expect(job.queue).toContain(voterId);
    const context = {
      db: database.db,
      client: testClient("127.0.0.1"),
      signal: new AbortController().signal,
    };
    await probeModel(modelId, context);
    expect(endpoint.keys).toEqual([`Bearer ${KEY}`, `Bearer ${KEY}`, `Bearer ${KEY}`]);
    const { capability, testProblem } = await see();
    expect([capability?.outcome, capability?.seed.verdict, testProblem]).toEqual(["ok", "honoured", null]);
    expect((await see()).spent).toEqual({ usd: 0.06, estimatedUsd: 0 });
    expect((await readRun({ runId, voterId })).capability).toEqual(capability);

    await database.db.run.updateMany({ where: { modelId }, data: { state: "CANCELLED" } });
    const changes = modelChanges.parse({ providerModel: "flow-3" });
    await editModel({ slug: model, changes, by: { voterId } });
    expect((await see()).capability).toBeNull();
    expect((await readRun({ runId, voterId })).capability).toEqual(capability);
  });
});

describe("an answer that takes long", () => {
  test("begins with spaces, so that nobody on the way gives up, and ends as the JSON that it is", async () => {
    let finish = (_: object) => {};
    const response = await slowJson(new Promise((resolve) => (finish = resolve)), {}, 5);
    const reader = response.body!.getReader();
    const first = new TextDecoder().decode((await reader.read()).value);
    expect(first.trim()).toBe("");
    finish({ ok: true });
    let text = first;
    for (let part = await reader.read(); !part.done; part = await reader.read())
      text += new TextDecoder().decode(part.value);
    expect(JSON.parse(text)).toEqual({ ok: true });
  });

  test("breaks off where it goes wrong late, and has its own status where it goes wrong early", async () => {
    await expect(slowJson(Promise.reject(new Error("at once")))).rejects.toThrow("at once");
    let fail = (_: Error) => {};
    const response = await slowJson(new Promise((_, reject) => (fail = reject)), {}, 5);
    fail(new Error("late"));
    await expect(response.text()).rejects.toThrow();
  });
});
