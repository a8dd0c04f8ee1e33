import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { POST as postJudge } from "@/app/api/v1/judges/route";
import { POST as testJudge } from "@/app/api/v1/judges/test/route";
import { POST as postModel } from "@/app/api/v1/models/route";
import { POST as testModel } from "@/app/api/v1/models/test/route";
import { registerModels } from "@/cli/models";
import { env } from "@/lib/env";
import { addModel } from "@/lib/models/add-model";
import { generateSamples } from "@/lib/runs/generation/generate-samples";
import { startRun } from "@/lib/runs/start-run";
import { addressPolicies } from "@/lib/providers/address-policies";
import type { EndpointOwner } from "@/lib/providers/address-rules";
import { createGuardedClient, guardedClient, type GuardedClient } from "@/lib/providers/guarded-client";
import { placeOrder } from "@/lib/providers/place-order";
import { memoryRecord } from "@/lib/providers/order-record";
import { imageEndpoint } from "../support/image-address";
import { expectError, request } from "../support/api-requests";
import { addBoard, useDataFolder, type TestBoard } from "../support/evaluation-world";
import { startServer, type TestServer } from "../support/http-server";
import { startImageEndpoint, type ImageEndpoint } from "../support/image-endpoint";
import { salonCommand } from "../support/salon-command";
import { useTestDatabase } from "../support/test-database";

process.env.SALON_SECRET ??= "a secret of the tests, which nobody must guess";
useDataFolder();
const database = useTestDatabase();
/** A machine of the operator's, in OUTBOUND_ALLOW, and what stands in for the bundled generation backend. */
let inside: ImageEndpoint;
let backend: ImageEndpoint;
let board: TestBoard;

beforeAll(async () => {
  [inside, backend] = [await startImageEndpoint(), await startImageEndpoint()];
  process.env.DATABASE_URL = database.url;
  process.env.HOST = "0.0.0.0";
  process.env.ANONYMOUS_SUBMITTING = "true";
  process.env.GENERATION_PORT = String(backend.port);
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  board = await addBoard(database.db, 3);
});
beforeEach(async () => {
  inside.orders.length = backend.orders.length = 0;
  await database.db.rateLimit.deleteMany();
});
afterAll(() => Promise.all([inside.close(), backend.close(), ...clients.map((client) => client.close())]));

const clients: GuardedClient[] = [];
function clientOf(openBeyondLoopback: boolean): GuardedClient {
  const OUTBOUND_ALLOW = ["127.0.0.1", "localhost", "::1"];
  const client = createGuardedClient(addressPolicies({ ...env(), OUTBOUND_ALLOW, openBeyondLoopback }));
  clients.push(client);
  return client;
}
const orderFrom = (client: GuardedClient, owner: EndpointOwner, baseUrl: string) =>
  placeOrder(imageEndpoint({ owner, baseUrl }), { prompt: "a red ball", size: "64x64", seed: 1 }, client, {
    record: memoryRecord(),
  });

describe("who may call what", () => {
  const NOT_PUBLIC = "is not on the public Internet";
  const OWN = "is Salon's own generation backend";
  test.each<[boolean, EndpointOwner, "inside" | "backend", string | null]>([
    [true, "visitor", "inside", NOT_PUBLIC],
    [true, "visitor", "backend", OWN],
    [true, "operator", "inside", null],
    [true, "operator", "backend", OWN],
    [true, "bundled", "inside", NOT_PUBLIC],
    [true, "bundled", "backend", null],
    [false, "visitor", "inside", null],
    [false, "visitor", "backend", OWN],
    [false, "operator", "inside", null],
    [false, "operator", "backend", OWN],
    [false, "bundled", "inside", NOT_PUBLIC],
    [false, "bundled", "backend", null],
  ])("open beyond loopback: %s, %s, %s: %s", async (open, owner, where, refusal) => {
    const client = clientOf(open);
    const at = where === "inside" ? inside : backend;
    for (const host of ["127.0.0.1", "localhost"]) {
      const outcome = await orderFrom(client, owner, `http://${host}:${at.port}`);
      if (refusal === null) {
        expect(outcome.kind).toBe("ok");
        expect(at.orders.length).toBeGreaterThan(0);
      } else {
        expect(outcome).toMatchObject({ kind: "invalid", message: expect.stringContaining(refusal) }); // prettier-ignore
      }
    }
    if (refusal !== null) expect(at.orders).toHaveLength(0);
  });

  test.each(["2130706433", "0x7f.1", "127.0.0.9", "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]"])(
    "no spelling (%s) leads a visitor to the bundled backend",
    async (host) => {
      for (const open of [true, false]) {
        const outcome = await orderFrom(clientOf(open), "visitor", `http://${host}:${backend.port}`);
        expect(outcome).toMatchObject({ kind: "invalid" });
      }
      expect(backend.orders).toHaveLength(0);
    },
  );

  test("neither do a redirect and a result's address", async () => {
    const client = clientOf(false);
    let location = "";
    const byRedirect = await startServer((_request, response) => response.writeHead(307, { location }).end());
    const byResult = await startServer((_request, response) =>
      response.end(JSON.stringify({ data: [{ url: location }] })),
    );
    for (const host of ["127.0.0.1", "localhost"]) {
      location = `http://${host}:${backend.port}/v1/images/generations`;
      for (const server of [byRedirect, byResult] as TestServer[]) {
        const outcome = await orderFrom(client, "visitor", server.origin);
        expect(outcome).toMatchObject({ kind: "invalid", message: expect.stringContaining(OWN) });
      }
    }
    expect(backend.orders).toHaveLength(0);
    await Promise.all([byRedirect.close(), byResult.close()]);
  });
});

describe("on a site that is open beyond loopback, a visitor", () => {
  const model = (endpointUrl: string) => ({ name: "Mine", creator: "Me", endpointUrl, providerModel: "m" });
  const judge = (endpointUrl: string) => ({ ...model(endpointUrl), rubrics: ["viescore@1"] });
  const tried = (endpointUrl: string) => ({ endpointUrl, providerModel: "m" });

  test.each([
    ["submits no model", "/api/v1/models", postModel, model],
    ["tests no model", "/api/v1/models/test", testModel, tried],
    ["adds no judge", "/api/v1/judges", postJudge, judge],
    ["tests no judge", "/api/v1/judges/test", testJudge, tried],
  ])("%s at a private place, by whatever name", async (_, path, post, bodyOf) => {
    for (const origin of [
      inside.origin,
      `http://localhost:${inside.port}`,
      `http://localhost:${backend.port}`,
    ]) {
      const response = await post(request("POST", path, { body: bodyOf(`${origin}/v1`) }));
      const message = await expectError(response, 400, "invalid_request", "endpointUrl");
      expect(message).toMatch(/not on the public Internet\. This site calls such places for its operator|own generation backend/); // prettier-ignore
    }
    expect(await database.db.model.count()).toBe(0);
    expect(await database.db.judge.count()).toBe(0);
    expect(inside.orders.length + backend.orders.length).toBe(0);
  });

  test("has what was accepted once refused at the call", async () => {
    const { id: modelId } = await addModel(
      { name: "Earlier", creator: "Me", modality: "TEXT_TO_IMAGE", submitterId: "vtr_earlier" },
      { baseUrl: inside.origin, providerModel: "m", apiKey: null },
      database.db,
    );
    const { promptSetId } = board;
    const runId = await startRun({ modelId, promptSetId, promptCount: 3, listsModel: false }, database.db);
    const { signal } = new AbortController();
    await generateSamples(
      { runId, from: 0, to: 1 },
      { db: database.db, client: guardedClient(), signal, retriesLeft: false },
    );
    const failures = await database.db.sampleFailure.findMany({ where: { runId } });
    expect(failures).toMatchObject([{ message: expect.stringContaining("not on the public Internet") }]);
    expect(inside.orders).toHaveLength(0);
    await database.db.model.deleteMany();
  });
});

test("the operator submits a model at an allowed private address with `salon models add`", async () => {
  const salon = salonCommand(registerModels);
  const flags = ["--creator", "We", "--prompts", "2"];
  const { out } = await salon("models", "add", "House model", `${inside.origin}/v1`, "m", ...flags);
  expect(out).toMatch(/^It works: .*\nAdded house-model; its run is run_/s);
  const added = await database.db.model.findUniqueOrThrow({
    where: { slug: "house-model" },
    include: { runs: true },
  });
  expect(added).toMatchObject({
    submitterId: null,
    bundled: false,
    runs: [{ promptCount: 2, listsModel: true }],
  });
});
