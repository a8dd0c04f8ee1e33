import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { caption, captionTruth } from "@/generation/world/caption";
import { createRenderer, encodePng } from "@/generation/world/render";
import { sampleScene } from "@/generation/world/scene-sampler";
import { getArtifact } from "@/lib/artifacts/store";
import { newId } from "@/lib/db/new-id";
import { computeMetrics } from "@/lib/scoring/compute-metrics";
import { readRun } from "@/lib/pages/read-run";
import { closeScoringTools, scoringTools } from "@/lib/scoring/scoring-tools";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import { wilsonInterval } from "@/lib/numerics/wilson-interval";
import { decodeImage } from "@/lib/media/decode-image";
import { frechetDistance, gaussianOf } from "@/lib/metrics/frechet-distance";
import { momentsOf } from "@/lib/metrics/moments";
import { PROMPT_CATEGORIES, type Scene } from "@/lib/schemas/stack/scene";
import type { RunView } from "@/lib/schemas/runs";
import { startWorker, submissionOf, useDataFolder, type TestWorker } from "../../support/evaluation-world";
import { ANSWERS, startImageEndpoint, type ImageEndpoint } from "../../support/image-endpoint";
import { useTestDatabase } from "../../support/test-database";

useDataFolder();
const database = useTestDatabase();
const SUBMITTER = newId("voter");
const PROMPTS = 48;
const REFERENCE = 200;
/** The same distinct captions on every machine. */
const scenes = new Map<string, Scene>();
for (let seed = 0; scenes.size < PROMPTS; seed++) {
  const scene = sampleScene(seed, "validation", PROMPT_CATEGORIES[seed % 4]);
  scenes.set(caption(scene), scene);
}
const texts = [...scenes.keys()];

let endpoint: ImageEndpoint;
let worker: TestWorker | undefined;
let render: (scene: Scene) => Promise<Buffer>;
let reference: { mean: Float64Array; covariance: Float64Array; dimension: number };

beforeAll(async () => {
  // The renderer draws from SVG, which nothing else in this process may open.
  sharp.unblock({ operation: ["VipsForeignLoadSvg"] });
  const renderer = await createRenderer();
  sharp.block({ operation: ["VipsForeignLoadSvg"] });
  render = (scene) => encodePng(renderer(scene));
  endpoint = await startImageEndpoint();
  endpoint.answer = async (response, body, request) => {
    if (body.model === "noise") return ANSWERS.good(response, body, request);
    // "renders" draws what it was told, "elsewhere" what the next prompt says.
    const shift = body.model === "renders" ? 0 : 1;
    const image = await render(scenes.get(texts[(texts.indexOf(body.prompt) + shift) % PROMPTS])!);
    response.end(JSON.stringify({ data: [{ b64_json: image.toString("base64") }] }));
  };
  await addToyboxBoard();
  worker = await startWorker(database.db, database.url);
}, 120_000);
afterAll(async () => {
  await worker?.stop();
  await endpoint?.close();
  await closeScoringTools();
});

async function addToyboxBoard(): Promise<void> {
  const { db } = database;
  const { encoder } = await scoringTools();
  const renders = [];
  for (let seed = 0; seed < REFERENCE; seed++) {
    const scene = sampleScene(seed, "reference", PROMPT_CATEGORIES[seed % 4]);
    renders.push(await decodeImage(await render(scene)));
  }
  const gaussian = gaussianOf(momentsOf(await encoder.extract(renders), encoder.dimension));
  reference = gaussian;
  const bytes = (values: Float64Array) => new Uint8Array(values.buffer.slice(0) as ArrayBuffer);
  await db.referenceSet.create({
    data: {
      id: newId("reference"),
      slug: "test",
      name: "test",
      encoderId: encoder.id,
      preprocessing: encoder.preprocessing,
      scoresDistance: true,
      manifestSha256: "0".repeat(64),
      n: REFERENCE,
      dimension: encoder.dimension,
      mean: bytes(gaussian.mean),
      covariance: bytes(gaussian.covariance),
    },
  });
  const promptSetId = newId("promptSet");
  await db.promptSet.create({ data: { id: promptSetId, slug: "toybox", name: "Toybox" } });
  await db.prompt.createMany({
    data: texts.map((text, index) => ({
      id: newId("prompt"),
      promptSetId,
      index,
      text,
      category: "test",
      arena: true,
      truth: captionTruth(scenes.get(text)!),
    })),
  });
  await db.board.create({
    data: {
      id: newId("board"),
      slug: "text-to-image",
      name: "T",
      description: "",
      modality: "TEXT_TO_IMAGE",
      promptSetId,
    },
  });
}

async function evaluate(providerModel: string): Promise<RunView> {
  const submission = submissionOf(endpoint, { providerModel, name: providerModel, concurrency: 4 });
  const { runId } = await database.db.$transaction((tx) =>
    submitEndpoint({ submission, voterId: SUBMITTER }, tx),
  );
  const read = () => readRun({ runId, voterId: SUBMITTER }, database.db);
  await expect
    .poll(async () => (await read()).state, { timeout: 55_000, interval: 100 })
    .toMatch(/PUBLISHED|FAILED/);
  return read();
}

/** The first run of each model, which several tests look at. */
const first = new Map<string, Promise<RunView>>();
function evaluated(model: string): Promise<RunView> {
  const known = first.get(model) ?? evaluate(model);
  first.set(model, known);
  return known;
}

describe("a scored run", () => {
  it("has the Fréchet distance and alignment of the very images that are stored", async () => {
    const run = await evaluated("renders");
    expect(run).toMatchObject({ state: "PUBLISHED", generated: PROMPTS, failed: 0, embedded: PROMPTS });
    const { "fd-toybox": fd, "grader-alignment": alignment } = run.metrics;

    // Recomputed here from the stored bytes alone.
    const { encoder, grader } = await scoringTools();
    const samples = await database.db.sample.findMany({
      where: { runId: run.runId },
      include: { prompt: true },
      orderBy: { prompt: { index: "asc" } },
    });
    const images = await Promise.all(
      samples.map(async ({ artifactHash }) => decodeImage(await getArtifact(artifactHash))),
    );
    const features = await encoder.extract(images);
    const expected = await frechetDistance(gaussianOf(momentsOf(features, encoder.dimension)), reference);
    expect(fd.value).toBeCloseTo(expected, 9);
    expect(fd.low).toBeLessThan(fd.value);
    expect(fd.high).toBeGreaterThan(fd.value);
    expect(fd).toMatchObject({
      n: PROMPTS,
      caveat: expect.objectContaining({ code: "size_bias", n: PROMPTS }),
    });

    const grades = await grader.grade(
      images,
      texts.map((text) => captionTruth(scenes.get(text)!)),
    );
    const correct = grades.filter(({ allCorrect }) => allCorrect).length;
    expect(alignment).toMatchObject({ n: PROMPTS, ...wilsonInterval(correct, PROMPTS) });
    expect(alignment.value).toBeGreaterThan(0.8);

    const { image, text } = (await scoringTools()).contrastive;
    const imageFeatures = await image.extract(images);
    const captions = await text.encode(texts);
    const cosines = texts.map((_, at) =>
      Array.from({ length: 128 }, (_, i) => imageFeatures[at * 128 + i] * captions[at * 128 + i]).reduce(
        (sum, product) => sum + product,
        0,
      ),
    );
    const mean = cosines.reduce((sum, cosine) => sum + cosine, 0) / PROMPTS;
    const variance = cosines.reduce((sum, cosine) => sum + (cosine - mean) ** 2, 0) / (PROMPTS - 1);
    const contrastive = run.metrics["contrastive-alignment"];
    expect(contrastive).toMatchObject({ n: PROMPTS, caveat: null });
    expect(contrastive.value).toBeCloseTo(mean, 5);
    // Student's t with 47 degrees of freedom: 2.0117.
    expect(contrastive.high! - contrastive.value).toBeCloseTo(2.0117 * Math.sqrt(variance / PROMPTS), 4);
    expect(contrastive.value - contrastive.low!).toBeCloseTo(2.0117 * Math.sqrt(variance / PROMPTS), 4);
  });

  it("tells a model that draws something else, and one that draws noise, from one that does as told", async () => {
    const [renders, elsewhere, noise] = [
      await evaluated("renders"),
      await evaluated("elsewhere"),
      await evaluated("noise"),
    ].map(({ metrics }) => ({
      fd: metrics["fd-toybox"].value,
      alignment: metrics["grader-alignment"].value,
      contrastive: metrics["contrastive-alignment"],
    }));
    expect(elsewhere.contrastive.high!).toBeLessThan(renders.contrastive.low!);
    expect(noise.contrastive.high!).toBeLessThan(renders.contrastive.low!);
    expect(elsewhere.alignment).toBeLessThan(0.2);
    expect(elsewhere.fd).toBeCloseTo(renders.fd, 9); // the same images in another order
    expect(noise.alignment).toBeLessThan(0.1);
    expect(noise.fd).toBeGreaterThan(3 * renders.fd);
  });

  it("never has an image embedded twice, whatever run it turns up in", async () => {
    await evaluated("renders");
    const before = await database.db.embedding.count();
    const again = await evaluate("renders");
    expect(await database.db.embedding.count()).toBe(before);
    expect(again.embedded).toBe(PROMPTS);
  });

  it("has each metric once, however often it is computed", async () => {
    const { runId } = await evaluated("renders");
    const { db } = database;
    const rows = () => db.metricResult.findMany({ where: { runId }, orderBy: { id: "asc" } });
    const before = await rows();
    await db.run.update({ where: { id: runId }, data: { state: "SCORING" } });
    const { signal } = new AbortController();
    await Promise.all([computeMetrics(runId, db, signal), computeMetrics(runId, db, signal)]);
    expect(await rows()).toEqual(before);
    expect(before).toHaveLength(3);
  });
});
