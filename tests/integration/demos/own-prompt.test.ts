import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { GET as pollDrawing } from "@/app/api/v1/drawings/[drawingId]/route";
import { POST as postDrawing } from "@/app/api/v1/drawings/route";
import { GET as readImage } from "@/app/media/drawings/[drawingId]/[model]/route";
import { startGenerationServer, type GenerationServer } from "@/generation/server";
import { newId } from "@/lib/db/new-id";
import { guardedClient } from "@/lib/providers/guarded-client";
import { drawingResponse, type DrawingResponse } from "@/lib/schemas/stack/drawings";
import { drawPrompt } from "@/lib/demos/generate-own-prompt";
import { startDrawing } from "@/lib/demos/start-drawing";
import { useDataFolder } from "../../support/evaluation-world";
import { freePort } from "../../support/postgres-server";
import { useTestDatabase } from "../../support/test-database";
import { addServedModel } from "../../support/served-model";

useDataFolder();
const database = useTestDatabase();
const MODELS = ["flow-dit-latent-lora", "flow-dit-latent-turbo"];
const never = new AbortController().signal;
let backend: GenerationServer;

const startBackend = () =>
  startGenerationServer({
    port: Number(process.env.GENERATION_PORT),
    host: "127.0.0.1",
    modelsDir: path.resolve("generation/models"),
    queueLimit: 64,
  });

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  process.env.GENERATION_PORT = String(await freePort());
  backend = await startBackend();
});
beforeEach(() => database.db.rateLimit.deleteMany());
afterAll(async () => {
  await backend.close();
  await guardedClient().close();
});

async function addModels() {
  for (const slug of MODELS) await addServedModel(slug, backend.url, database.db);
}

const draw = (id: string, retriesLeft = false) =>
  drawPrompt(id, { db: database.db, client: guardedClient(), signal: never, retriesLeft });

const ask = (body: unknown, headers: Record<string, string> = {}) =>
  postDrawing(
    new Request("http://salon.test/api/v1/drawings", {
      method: "POST",
      headers: { "content-type": "application/json", host: "salon.test", ...headers },
      body: JSON.stringify(body),
    }),
  );
const poll = async (drawingId: string) =>
  drawingResponse.parse(
    await (
      await pollDrawing(new Request(`http://salon.test/api/v1/drawings/${drawingId}`), {
        params: Promise.resolve({ drawingId }),
      })
    ).json(),
  );
const imageOf = ({ drawingId }: DrawingResponse, model: string) =>
  readImage(new Request(`http://salon.test/media/drawings/${drawingId}/${model}`), {
    params: Promise.resolve({ drawingId, model }),
  });

it("before any bundled model is known, a visitor is told to come back", async () => {
  const response = await ask({ prompt: "a red ball" });
  expect(response.status).toBe(409);
  expect(response.headers.get("retry-after")).not.toBeNull();
  await addModels();
});

it("a visitor's prompt is drawn by every bundled model from one seed, and each says which words it was never taught", async () => {
  const response = await ask({ prompt: "  a blip and a unicorn  " });
  expect(response.status).toBe(201);
  const begun = drawingResponse.parse(await response.json());
  expect(begun).toMatchObject({ prompt: "a blip and a unicorn", state: "drawing" });
  expect(begun.images.map(({ model, url }) => [model, url])).toEqual(MODELS.map((slug) => [slug, null]));
  expect((await imageOf(begun, MODELS[0])).status).toBe(404);

  await draw(begun.drawingId);
  const done = await poll(begun.drawingId);
  expect(done.state).toBe("done");
  expect(done.images.map(({ unknownWords }) => unknownWords)).toEqual([["unicorn"], ["blip", "unicorn"]]);
  for (const { model } of done.images) {
    const image = await imageOf(done, model);
    expect(image.headers.get("cache-control")).toMatch(/^private/);
    const { width, height, format } = await sharp(Buffer.from(await image.arrayBuffer())).metadata();
    expect([width, height, format]).toEqual([64, 64, "webp"]);
  }

  // The job again orders nothing: what is there stays.
  const rows = () => database.db.drawingImage.findMany({ where: { drawingId: begun.drawingId } });
  const before = await rows();
  await draw(begun.drawingId);
  expect(await rows()).toEqual(before);
});

it("an empty prompt is refused, and a foreign page cannot ask", async () => {
  expect((await ask({ prompt: "   " })).status).toBe(400);
  const foreign = await ask({ prompt: "a red ball" }, { origin: "http://elsewhere.test" });
  expect(foreign.status).toBe(403);
});

it("a prompt of the arena is not drawn under names, however it is reworded", async () => {
  const { db } = database;
  const set = await db.promptSet.create({ data: { id: newId("promptSet"), slug: "held", name: "Held" } });
  const board = { name: "Held", description: "", modality: "TEXT_TO_IMAGE", promptSetId: set.id } as const;
  await db.board.create({ data: { ...board, id: newId("board"), slug: "held" } });
  const text = "two red balls and a blue cube";
  await db.prompt.create({
    data: { id: newId("prompt"), promptSetId: set.id, index: 0, text, category: "x", arena: true },
  });
  for (const prompt of [text, "A blue cube, and two red balls!"]) {
    const refused = await ask({ prompt });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ error: { field: "prompt" } });
  }
  await db.prompt.updateMany({ where: { promptSetId: set.id }, data: { arena: false } });
  expect((await ask({ prompt: text })).status).toBe(201);
});

it("who asks too often is told how long to wait", async () => {
  const first = await ask({ prompt: "a red ball" });
  const cookie = first.headers.get("set-cookie")!.split(";")[0];
  for (let turn = 2; turn <= 4; turn += 1)
    expect((await ask({ prompt: "a red ball" }, { cookie })).status).toBe(201);
  const refused = await ask({ prompt: "a red ball" }, { cookie });
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
});

it("while the backend is away the job is tried again, and at last every image says why it is not there", async () => {
  const { drawingId } = await startDrawing({ prompt: "a green fish" }, database.db);
  await backend.close();
  await expect(draw(drawingId, true)).rejects.toMatchObject({ code: "not_ready", retryable: true });
  expect((await poll(drawingId)).state).toBe("drawing");
  await draw(drawingId);
  const { state, images } = await poll(drawingId);
  expect(state).toBe("done");
  expect(images.map(({ failure }) => failure)).toEqual(
    MODELS.map(() => "The backend is away or busy. Try again in a moment."),
  );
  backend = await startBackend();
});

it("a drawing is kept for a day", async () => {
  const { db } = database;
  const [old, young] = [
    await startDrawing({ prompt: "a red ball" }, db),
    await startDrawing({ prompt: "a red ball" }, db),
  ];
  const at = (hours: number) => new Date(Date.now() - hours * 3600 * 1000);
  await db.drawing.update({ where: { id: old.drawingId }, data: { createdAt: at(25) } });
  await db.drawing.update({ where: { id: young.drawingId }, data: { createdAt: at(23) } });
  await startDrawing({ prompt: "a red ball" }, db);
  const kept = await db.drawing.findMany({ where: { id: { in: [old.drawingId, young.drawingId] } } });
  expect(kept.map(({ id }) => id)).toEqual([young.drawingId]);
  expect(await db.drawingImage.count({ where: { drawingId: old.drawingId } })).toBe(0);
});
