import { readFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startGenerationServer, type GenerationServer } from "@/generation/server";
import { generateDemoClips } from "@/lib/demos/generate-demo-clips";
import { readDemoImage } from "@/lib/demos/read-demo-image";
import { readStack } from "@/lib/demos/read-stack";
import { readTime } from "@/lib/demos/read-time";
import { addModel } from "@/lib/models/add-model";
import { guardedClient } from "@/lib/providers/guarded-client";
import { useDataFolder } from "../../support/evaluation-world";
import { freePort } from "../../support/postgres-server";
import { useTestDatabase } from "../../support/test-database";

useDataFolder();
const database = useTestDatabase();
let backend: GenerationServer;

beforeAll(async () => {
  const port = await freePort();
  process.env.GENERATION_PORT = String(port);
  backend = await startGenerationServer({
    ...{ port, host: "127.0.0.1", queueLimit: 64 },
    modelsDir: path.resolve("generation/models"),
  });
});
afterAll(async () => {
  await backend.close();
  await guardedClient().close();
});

const generate = (signal = new AbortController().signal) =>
  generateDemoClips({ db: database.db, client: guardedClient(), signal });
const cardOf = (id: string) =>
  JSON.parse(readFileSync(path.resolve("generation/models", id, "card.json"), "utf8")) as Record<
    string,
    unknown
  >;

/** The baseline, drawing in so many steps. */
async function addFramewise(steps: number) {
  const { db } = database;
  const slug = "video-framewise";
  const card = { ...cardOf(slug), sampler: { default: "lcm", steps, guidanceScale: 2.5 } };
  if ((await db.model.updateMany({ where: { slug }, data: { card } })).count > 0) return;
  const facts = { slug, name: "Frame by frame", creator: "Salon", modality: "TEXT_TO_VIDEO" } as const;
  const endpoint = { providerModel: slug, apiKey: null, baseUrl: `${backend.url}/v1`, concurrency: 1, imageSize: "64x64" } as const; // prettier-ignore
  await db.$transaction((tx) => addModel({ ...facts, card, bundled: true, listed: true }, endpoint, tx));
}

it("without a model of clips there is the autoencoder's card with its figures, and nothing is drawn", async () => {
  expect(await generate()).toEqual([]);
  const time = await readTime(database.db);
  expect(time).toMatchObject({ models: [], progress: { generated: 0, planned: 0 } });
  expect(time.autoencoder?.figures).toMatchObject(cardOf("toybox-video-autoencoder").figures as object);
});

it("each clip is drawn once and served as the image that holds its 17 frames; the pages of images know nothing of it", async () => {
  await addFramewise(2);
  expect(await generate()).toEqual([]);
  const rows = await database.db.demoImage.findMany();
  const { prompts, progress, clip } = await readTime(database.db);
  expect(progress).toMatchObject({ generated: prompts.length, planned: prompts.length });
  const [id] = prompts[0].clips[0].url!.split("/").slice(3);
  const { bytes, mediaType } = await readDemoImage({ id, part: "sheet" }, database.db);
  const { width, height, pages } = await sharp(bytes).metadata();
  expect(mediaType).toBe("image/webp");
  expect([width, height, pages ?? 1]).toEqual([clip.columns * 64, Math.ceil(17 / clip.columns) * 64, 1]);
  expect((await readStack(database.db)).models).toEqual([]);
  await generate();
  expect(await database.db.demoImage.findMany()).toEqual(rows);
}, 240_000);

it("a job that is told to stop takes its order back", async () => {
  await database.db.demoImage.deleteMany();
  // So many steps take minutes: what is over soon was taken back.
  await addFramewise(100);
  const stop = new AbortController();
  const going = generate(stop.signal);
  await expect.poll(waiting, { timeout: 60_000, interval: 20 }).toBeGreaterThan(0);
  stop.abort(new Error("stopped"));
  await expect(going).rejects.toThrow("stopped");
  await expect.poll(waiting, { timeout: 30_000, interval: 20 }).toBe(0);
}, 120_000);

/** How many clips the backend has to draw. */
async function waiting(): Promise<number> {
  const health = await (await fetch(`${backend.url}/healthz`)).json();
  const { length, running } = (health as { videos: { length: number; running: number } }).videos;
  return length + Number(running);
}
