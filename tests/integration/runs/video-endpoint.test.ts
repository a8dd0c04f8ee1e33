import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { startGenerationServer, type GenerationServer } from "@/generation/server";
import { evaluationClip, evaluationClipCategory } from "@/generation/world/motion/evaluation-clips";
import { clipCaptionFromTruth, clipTruth } from "@/generation/world/motion/clip-caption";
import { newId } from "@/lib/db/new-id";
import { readRun } from "@/lib/pages/read-run";
import { seedReferenceSet } from "@/lib/references/seed-reference-set";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import { closeScoringTools } from "@/lib/scoring/scoring-tools";
import {
  addBoard,
  startWorker,
  submissionOf,
  useDataFolder,
  type TestWorker,
} from "../../support/evaluation-world";
import { useTestDatabase } from "../../support/test-database";

useDataFolder();
const database = useTestDatabase();
const SUBMITTER = newId("voter");
const PROMPTS = 4;
let backend: GenerationServer;
let worker: TestWorker;

beforeAll(async () => {
  const { db } = database;
  backend = await startGenerationServer({
    ...{ port: 0, host: "127.0.0.1", modelsDir: "generation/models", queueLimit: 8, threads: 1 },
  });
  const { id } = await addBoard(db, PROMPTS, "clips");
  await db.board.update({ where: { id }, data: { modality: "TEXT_TO_VIDEO" } });
  await seedReferenceSet(db);
  for (const prompt of await db.prompt.findMany({ orderBy: { index: "asc" } })) {
    const truth = clipTruth(evaluationClip(prompt.index, "prompts"));
    const category = evaluationClipCategory(prompt.index);
    await db.prompt.update({
      where: { id: prompt.id },
      data: { text: clipCaptionFromTruth(truth), truth, category },
    });
  }
});
beforeEach(async () => void (worker = await startWorker(database.db, database.url)));
afterEach(() => worker.stop());
afterAll(async () => {
  await backend.close();
  await closeScoringTools();
});

it("a submitted endpoint of OpenAI's video shape is drawn from over HTTP, measured and published, each score with its n, interval and protocol", async () => {
  const submission = submissionOf(
    { origin: backend.url },
    {
      ...{ board: "clips", name: "A model of clips", format: "openai-images" },
      ...{ providerModel: "video-still", concurrency: 2, promptCount: PROMPTS },
    },
  );
  const { runId } = await database.db.$transaction((tx) =>
    submitEndpoint({ submission, voterId: SUBMITTER }, tx),
  );
  const state = async () => (await readRun({ runId, voterId: SUBMITTER }, database.db)).state;
  await expect.poll(state, { timeout: 150_000, interval: 100 }).toBe("PUBLISHED");
  const scores = await database.db.metricResult.findMany({ where: { runId } });
  const names = scores.map(({ metric }) => metric);
  for (const metric of ["temporal-flicker", "dynamic-degree", "fvd-toybox", "kvd-toybox", "clip-alignment"])
    expect(names).toContain(metric);
  for (const { n, low, value, high, protocolHash } of scores) {
    expect(n).toBeGreaterThan(0);
    expect(low).toBeLessThanOrEqual(value);
    expect(high).toBeGreaterThanOrEqual(value);
    expect(protocolHash).not.toBe("");
  }
  // It holds one image: nothing flickers, and no verb is done but standing still.
  expect(scores.find(({ metric }) => metric === "temporal-flicker")).toMatchObject({ n: PROMPTS, value: 0 });
}, 170_000);
