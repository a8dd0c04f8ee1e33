import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startGenerationServer, type GenerationServer } from "@/generation/server";
import { getArtifact } from "@/lib/artifacts/store";
import { closeScoringTools } from "@/lib/scoring/scoring-tools";
import { seed } from "@/lib/installation/seed";
import { decodeImage } from "@/lib/media/decode-image";
import { guardedClient } from "@/lib/providers/guarded-client";
import { generateDemos } from "@/lib/demos/generate-demos";
import { readDemoImage } from "@/lib/demos/read-demo-image";
import { readStack } from "@/lib/demos/read-stack";
import { useDataFolder } from "../../support/evaluation-world";
import { freePort } from "../../support/postgres-server";
import { addServedModel } from "../../support/served-model";
import { useTestDatabase } from "../../support/test-database";
import { spawnWorker } from "../../support/worker-process";

const folder = useDataFolder();
const database = useTestDatabase();
let backend: GenerationServer;

beforeAll(async () => {
  const port = await freePort();
  Object.assign(process.env, {
    GENERATION_PORT: String(port),
    SEED_PROMPT_COUNT: "1",
    SEED_BUNDLED_MODELS: "false",
  });
  backend = await startGenerationServer({
    port,
    host: "127.0.0.1",
    modelsDir: path.resolve("generation/models"),
    queueLimit: 64,
  });
  await seed(database.db);
  await addServedModel("flow-dit-latent", backend.url, database.db);
});
afterAll(async () => {
  await backend.close();
  await guardedClient().close();
  await closeScoringTools();
});

const generate = () =>
  generateDemos({ db: database.db, client: guardedClient(), signal: new AbortController().signal });
const images = () => database.db.demoImage.findMany({ orderBy: { id: "asc" } });

it("before anything is generated the page has its prompts and no image", async () => {
  const stack = await readStack(database.db);
  expect(stack.prompts).toHaveLength(6);
  const shown = await database.db.prompt.findMany({
    where: { text: { in: stack.prompts.map(({ text }) => text) } },
  });
  expect(shown.map(({ arena }) => arena)).toEqual(Array(6).fill(false));
  expect(stack).toMatchObject({ models: [{ walk: null, images: {} }], reconstructions: null });
  expect(stack.steps[0].strips[0].images.every((image) => image === null)).toBe(true);
  expect(stack.progress).toMatchObject({ generated: 0, waiting: false });
  expect(stack.progress.planned).toBeGreaterThan(50);
});

it("a job whose worker is killed goes on where it stood: nothing is generated twice, nothing is missing", async () => {
  await database.db.$executeRaw`select graphile_worker.add_job('draw-demos', '{}', job_key := 'draw-demos')`;
  const start = () =>
    spawnWorker({
      DATABASE_URL: database.url,
      SALON_DATA_DIR: folder.path,
      GENERATION_PORT: process.env.GENERATION_PORT!,
      SEED_PROMPT_COUNT: "1",
      SEED_BUNDLED_MODELS: "false",
    });
  let worker = start();
  await expect
    .poll(async () => (await images()).length, { timeout: 60_000, interval: 20 })
    .toBeGreaterThan(3);
  await worker.kill();
  const before = await images();
  const { progress } = await readStack(database.db);
  expect(progress).toMatchObject({ generated: before.length, waiting: true });
  expect(before.length).toBeLessThan(progress.planned);

  worker = start();
  await expect
    .poll(async () => (await readStack(database.db)).progress.waiting, { timeout: 200_000, interval: 100 })
    .toBe(false);
  expect(await worker.stop()).toBe(0);
  const after = await images();
  expect(after.slice(0, before.length)).toEqual(before);
  expect(after).toHaveLength(progress.planned);
}, 320_000);

it("generating again asks the backend for no image and changes none", async () => {
  const before = await images();
  await generate();
  expect(await images()).toEqual(before);
});

describe("what is generated", () => {
  it("is the way from noise to image in a filmstrip: as many columns as steps and the result, which both rows end with", async () => {
    const [{ walk }] = (await readStack(database.db)).models;
    expect(walk).toMatchObject({ frames: 20, steps: 20, prompt: "a teddy bear reading a book" });
    const id = walk!.filmstrip.split("/")[3];
    const strip = await decodeImage((await readDemoImage({ id, part: "filmstrip" }, database.db)).bytes);
    expect([strip.width, strip.height]).toEqual([21 * 64, 2 * 64]);
    const result = await decodeImage((await readDemoImage({ id, part: "image" }, database.db)).bytes);
    const pixel = (image: typeof strip, x: number, y: number) =>
      [0, 1, 2].map((channel) => image.data[(y * image.width + x) * 3 + channel]);
    for (const [x, y] of [
      [3, 5],
      [32, 32],
      [60, 41],
    ]) {
      expect(pixel(strip, 20 * 64 + x, y)).toEqual(pixel(result, x, y));
      expect(pixel(strip, 20 * 64 + x, 64 + y)).toEqual(pixel(result, x, y));
    }
  });

  /** The page after the model's card says these figures. */
  async function readWith(figures: object) {
    const model = await database.db.model.findUniqueOrThrow({ where: { slug: "flow-dit-latent" } });
    const card = { ...(model.card as object), figures };
    await database.db.model.update({ where: { id: model.id }, data: { card } });
    return readStack(database.db);
  }

  it("is graded: where the card has no curve, each value says over how many prompts it was counted here", async () => {
    const { steps, guidance } = await readWith({});
    expect(steps[0].source).toBe("here");
    expect(steps[0].points.map(({ setting, n }) => [setting, n])).toEqual(
      [1, 2, 4, 8, 20, 50].map((at) => [at, 6]),
    );
    for (const { value, low, high } of steps[0].points) {
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
      expect(high - low).toBeGreaterThan(0.3); // six prompts tell little, and the interval says so
    }
    expect(guidance[0].strips.map(({ setting, images }) => [setting, images.length])).toEqual(
      [1, 2, 3, 5, 8].map((at) => [at, 3]),
    );
  });

  it("gives way to the card's curve, which was counted over more prompts", async () => {
    const point = { steps: 4, n: 120, allCorrect: 0.9, interval: [0.83, 0.94] };
    const { steps } = await readWith({ stepsCurve: [point] });
    expect(steps[0]).toMatchObject({
      source: "card",
      points: [{ setting: 4, value: 0.9, low: 0.83, n: 120 }],
    });
  });

  it("has captions of terse prompts beside it, written in few and many steps, that name what was asked for", async () => {
    const { enhancer } = await readStack(database.db);
    expect(enhancer!.rows.map(({ prompt, texts }) => [prompt, texts.length])).toEqual(
      ["bear book", "fish boat", "three stars", "red house tree"].map((prompt) => [prompt, 3]),
    );
    const [bear] = enhancer!.rows;
    expect(bear.texts.at(-1)!.text).toMatch(/bear.*book/);
  });

  it("has all its bytes in the artifact store", async () => {
    for (const { artifactHash, filmstripHash } of await images()) {
      await getArtifact(artifactHash);
      if (filmstripHash) await getArtifact(filmstripHash);
    }
  });
});

it("other weights are generated anew, and the page shows none of the old ones' images", async () => {
  const model = await database.db.model.findUniqueOrThrow({ where: { slug: "flow-dit-latent" } });
  const card = structuredClone(model.card) as { files: { denoiser: { sha256: string } } };
  card.files.denoiser.sha256 = "0".repeat(64);
  await database.db.model.update({ where: { id: model.id }, data: { card } });
  const { progress, models } = await readStack(database.db);
  expect(progress.generated).toBe(0);
  expect(progress.planned).toBeGreaterThan(0);
  expect(models[0].walk).toBeNull();
});

it("while the backend is away the job fails as one to be tried again", async () => {
  await backend.close();
  await expect(generate()).rejects.toMatchObject({ code: "not_ready", retryable: true });
});
