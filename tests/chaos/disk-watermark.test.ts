import { beforeAll, beforeEach, expect, it } from "vitest";
import { GET as getHealth } from "@/app/api/health/route";
import { POST as postBattle } from "@/app/api/v1/battles/route";
import { POST as postDrawing } from "@/app/api/v1/drawings/route";
import { POST as postModel } from "@/app/api/v1/models/route";
import { POST as postPrompts } from "@/app/api/v1/prompt-sets/route";
import { POST as postUpload } from "@/app/api/v1/samples/uploads/route";
import { POST as postReference } from "@/app/api/v1/references/route";
import { env } from "@/lib/env";
import { makeArena, type Arena } from "../support/arena-fixture";
import { useDataFolder } from "../support/evaluation-world";
import { addServedModel } from "../support/served-model";
import { useTestDatabase } from "../support/test-database";

useDataFolder();
const database = useTestDatabase();
let arena: Arena;

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  arena = await makeArena(database.db, { models: 2, prompts: 2, endpoints: true });
  await addServedModel("flow-dit-latent-lora", "http://127.0.0.1:9", database.db);
});
beforeEach(() => database.db.rateLimit.deleteMany());

const send = (path: string, body: unknown) =>
  new Request(`http://salon.test${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", host: "salon.test" },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
const model = () => ({
  name: "A model",
  creator: "Tests",
  endpointUrl: "http://127.0.0.1:9/v1",
  providerModel: "test",
  board: arena.board,
});
const INTAKE: Record<string, () => Promise<Response>> = {
  "a submission": () => postModel(send("/api/v1/models", model())),
  "an upload": () => postReference(send("/api/v1/references?name=Mine", "PK")),
  "an own prompt on /stack": () => postDrawing(send("/api/v1/drawings", { prompt: "a red ball" })),
  "an import of prompts": () => postPrompts(send("/api/v1/prompt-sets?name=Mine&file=a.csv", "prompt\na\n")),
  "an upload of samples": () =>
    postUpload(
      send("/api/v1/samples/uploads", {
        ...{ file: "a.zip", bytes: 10, name: "Uploaded", creator: "Tests", board: arena.board },
      }),
    ),
  "a live battle": () => postBattle(send("/api/v1/battles", { board: arena.board, prompt: "a red ball" })),
};
const battle = () => postBattle(send("/api/v1/battles", { board: arena.board }));
const health = async () => {
  const response = await getHealth();
  return { status: response.status, body: await response.json() };
};

it("below the watermark all that fills the disk is told to come back, voting goes on, health says why; with room all opens again", async () => {
  env().DISK_FREE_MIN_MB = 2 ** 40;
  for (const [what, ask] of Object.entries(INTAKE)) {
    const response = await ask();
    expect(response.status, what).toBe(503);
    expect(response.headers.get("retry-after")).toBe("60");
    expect(await response.json()).toEqual({
      error: {
        code: "unavailable",
        message: "Paused: this site's disk is nearly full. Try again later.",
        field: null,
      },
    });
  }
  expect(await database.db.run.count({ where: { state: "QUEUED" } })).toBe(0);
  expect((await battle()).status).toBe(201);
  expect(await health()).toEqual({
    status: 200,
    body: {
      status: "degraded",
      reason:
        "The disk is nearly full: nothing is taken in, and nothing generated, until there is room again.",
    },
  });

  env().DISK_FREE_MIN_MB = 1;
  await expect.poll(async () => (await health()).body, { timeout: 10_000 }).toEqual({ status: "ok" });
  for (const [what, ask] of Object.entries(INTAKE)) expect((await ask()).status, what).not.toBe(503);
});
