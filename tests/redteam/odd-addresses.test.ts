import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeArena, type Arena } from "../support/arena-fixture";
import { listRoutes, oddAddresses, oddBodies, type OddRequest } from "../support/odd-requests";
import { sendRaw, startSite, type RunningSite } from "../support/start-site";
import { useTestDatabase } from "../support/test-database";

const database = useTestDatabase();
let arena: Arena;
let site: RunningSite;

beforeAll(async () => {
  arena = await makeArena(database.db, {
    models: 2,
    prompts: 2,
    endpoints: true,
    images: true,
  });
  // Behind a proxy, each request may come from an address of its own, and no limit answers in a route's place.
  site = await startSite({
    DATABASE_URL: database.url,
    TRUSTED_PROXIES: "1",
    ANONYMOUS_SUBMITTING: "true",
  });
}, 400_000);
afterAll(() => site?.stop());

let asked = 0;
const ask = ({ method, path: address, body }: OddRequest) => {
  const from = `${11 + (asked % 100)}.${(asked >> 8) & 255}.${asked & 255}.9`;
  asked++;
  return sendRaw(site.port, {
    method,
    path: address,
    body,
    headers: { "content-type": "application/json", "x-forwarded-for": from },
  });
};
const get = (address: string) => ask({ method: "GET", path: address });

/** The requests that were answered with an error of the server's own. */
async function failuresOf(requests: OddRequest[]): Promise<string[]> {
  const failures: string[] = [];
  const open = [...requests];
  const askOn = async () => {
    for (let request = open.pop(); request !== undefined; request = open.pop()) {
      const { status } = await ask(request);
      const { method, path: address, body = "" } = request;
      if (status >= 500) failures.push(`${status} ${method} ${address.slice(0, 200)} ${body.slice(0, 1000)}`);
    }
  };
  await Promise.all(Array.from({ length: 4 }, askOn));
  return failures;
}

describe("no request is answered with an error of the server's own", () => {
  test("whatever stands in an address, on any page and route", async () => {
    const [{ id: runId }] = await database.db.run.findMany({ take: 1 });
    const known = { board: arena.board, slug: arena.models[0].slug, id: runId, runId };
    const requests = oddAddresses(listRoutes(), known);
    expect(requests.length).toBeGreaterThan(500);
    expect(await failuresOf(requests)).toEqual([]);
  }, 600_000);

  test("whatever stands in a field of a body", async () => {
    const endpoint = { endpointUrl: "https://1.1.1.1/v1", apiKey: "key", providerModel: "model" };
    const post = (address: string, body: Record<string, unknown>) =>
      oddBodies({ method: "POST", path: `/api/v1/${address}` }, body);
    const requests = [
      ...post("battles", { board: arena.board, prompt: "a cat" }),
      ...post("votes", { battleId: "bat_1", token: "token", outcome: "left", criteria: {} }),
      ...post("drawings", { prompt: "a cat" }),
      ...post("models", {
        ...endpoint,
        name: "A model",
        creator: "Tests",
        pricePerImageUsd: 0.1,
        openWeights: true,
        releasedAt: "2026-01-01",
        paradigm: "flow matching",
        architecture: "DiT",
        representation: "pixels",
        textConditioning: "cross-attention",
        imageSize: "64x64",
        concurrency: 1,
        board: arena.board,
        promptCount: 1,
        listed: false,
      }),
      ...post("judges", {
        ...endpoint,
        name: "A judge",
        creator: "Tests",
        budgetUsd: 1,
        rubrics: ["pairwise"],
      }),
    ];
    expect(await failuresOf(requests)).toEqual([]);
  }, 600_000);
});

test.each(["x", "%7B", "%5B1%5D", "a".repeat(50_000)])(
  "a page with the router state %s is a page",
  async (state) => {
    const headers = { rsc: "1", "next-router-state-tree": state, "x-forwarded-for": "11.0.0.1" };
    const visit = (path: string) => sendRaw(site.port, { method: "GET", path, headers });
    const first = await visit("/models");
    // Next.js sends it on to the address that its caches know such a request by.
    const { status } = first.status === 307 ? await visit(String(first.headers.location)) : first;
    expect([200, 431]).toContain(status);
  },
);

describe("an address that is not written as one", () => {
  test.each(["/models/%FF", "/runs/%", "/judges/a%00b", "/leaderboard/%ED%A0%80", "/agreement?board=%00"])(
    "%s is a page not found",
    async (address) => {
      const { status, text, headers } = await get(address);
      expect(status).toBe(404);
      expect(headers["content-type"]).toContain("text/html");
      expect(text).toContain("Page not found");
    },
  );

  test.each(["/api/v1/models/%FF", "/media/samples/%", "/api/v1/runs/a%00b"])(
    "%s is not found, in JSON",
    async (address) => {
      const { status, text } = await get(address);
      expect(status).toBe(404);
      expect(JSON.parse(text)).toMatchObject({ error: { code: "not_found" } });
    },
  );
});

test.each(["/", "/api/health", "/media/samples/x"])("TRACE %s is a method not allowed", async (address) => {
  const { status, text, headers } = await ask({ method: "TRACE", path: address });
  expect(status).toBe(405);
  expect(headers.allow).toContain("GET");
  expect(JSON.parse(text)).toMatchObject({ error: { code: "method_not_allowed" } });
});

test("a link to a category or judge that is gone shows the board, and says so", async () => {
  const { status, text } = await get(`/leaderboard/${arena.board}?category=nonsense&judge=gone`);
  expect(status).toBe(200);
  const words = text.replaceAll("<!-- -->", "");
  expect(words).toContain("This board has no category “nonsense”.");
  expect(words).toContain("This board has no judge “gone”.");
  expect(words).toContain("Codename 0");
});

test("a model that was released before there were any is refused by its field", async () => {
  const { status, text } = await ask({
    method: "POST",
    path: "/api/v1/models",
    body: JSON.stringify({
      ...{ name: "A model", creator: "Tests", imageSize: "64x64", releasedAt: "0000-01-01" },
      ...{ endpointUrl: "https://1.1.1.1/v1", providerModel: "test" },
    }),
  });
  expect(status).toBe(400);
  expect(JSON.parse(text)).toMatchObject({ error: { field: "releasedAt" } });
});
