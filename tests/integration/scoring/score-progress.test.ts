import { afterAll, beforeAll, expect, test } from "vitest";
import { putArtifact } from "@/lib/artifacts/store";
import { inTransaction } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { readLeaderboard } from "@/lib/pages/read-leaderboard";
import { seedReferenceSet } from "@/lib/references/seed-reference-set";
import { advanceRun } from "@/lib/runs/advance-run";
import { computeMetrics } from "@/lib/scoring/compute-metrics";
import { countAnswered, scoreProgress } from "@/lib/scoring/score-progress";
import { closeScoringTools } from "@/lib/scoring/scoring-tools";
import { addBoard, useDataFolder, type TestBoard } from "../../support/evaluation-world";
import { noisePng } from "../../support/images";
import { joinBoards } from "../../support/join-boards";
import { useTestDatabase } from "../../support/test-database";

useDataFolder();
const database = useTestDatabase();
const PROMPTS = 120;
const go = new AbortController().signal;
let board: TestBoard;
let prompts: { id: string; index: number }[];
const artifacts: string[] = [];

beforeAll(async () => {
  const { db } = database;
  board = await addBoard(db, PROMPTS);
  await seedReferenceSet(db);
  prompts = await db.prompt.findMany({
    where: { promptSetId: board.promptSetId },
    orderBy: { index: "asc" },
  });
  for (let i = 0; i < PROMPTS; i++) {
    const bytes = await noisePng(64, 64, String(i));
    const sha256 = await putArtifact(bytes);
    artifacts.push(sha256);
    await db.artifact.create({
      data: { sha256, bytes: bytes.length, mediaType: "image/png", width: 64, height: 64 },
    });
  }
}, 60_000);
afterAll(closeScoringTools);

/** A listed model with a run that is generating and has these prompts' samples. */
async function generating(slug: string, places: number[]) {
  const { db } = database;
  const modelId = newId("model");
  await db.model.create({
    data: { id: modelId, slug, name: slug, creator: "Lab", modality: "TEXT_TO_IMAGE", listed: true },
  });
  await joinBoards(db);
  const run = { promptSetId: board.promptSetId, promptCount: PROMPTS, state: "GENERATING" as const };
  const { id: runId } = await db.run.create({ data: { ...run, id: newId("run"), modelId } });
  await addSamples(runId, modelId, places);
  return { runId, modelId };
}

const addSamples = (runId: string, modelId: string, places: number[]) =>
  database.db.sample.createMany({
    data: places.map((place) => ({
      id: newId("sample"),
      runId,
      modelId,
      promptId: prompts[place].id,
      artifactHash: artifacts[place],
      latencyMs: 5,
    })),
  });

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);
const distanceOf = async (slug: string) => {
  const { rows } = await readLeaderboard({ board: board.slug }, database.db);
  return rows.find(({ model }) => model === slug)?.metrics["fd-toybox"];
};

test("a run that goes on is scored over the prompts that it has answered first, and its board says so", async () => {
  const { db } = database;
  // A later prompt's sample came before an earlier one's: the first 60 are what is answered without a gap.
  const { runId } = await generating("early", [...upTo(60), 90]);
  expect(await countAnswered(runId, db)).toBe(60);
  expect(await distanceOf("early")).toBeUndefined();
  await scoreProgress(runId, db, go);
  expect(await distanceOf("early")).toMatchObject({ n: 50, soFar: true, comparable: true });
  const before = await db.metricResult.findMany({ where: { runId } });
  await scoreProgress(runId, db, go);
  expect(await db.metricResult.findMany({ where: { runId } })).toEqual(before);
});

test("two runs that are as far stand under one protocol, over the same prompts", async () => {
  const { db } = database;
  const { runId } = await generating("second", upTo(70));
  await scoreProgress(runId, db, go);
  const [first, second] = [await distanceOf("early"), await distanceOf("second")];
  expect(second).toMatchObject({ n: 50, soFar: true, comparable: true });
  expect(second?.protocol).toBe(first?.protocol);
});

test("the next mark replaces the one before, and publishing replaces them all", async () => {
  const { db } = database;
  const { runId, modelId } = await generating("later", upTo(55));
  await scoreProgress(runId, db, go);
  await addSamples(runId, modelId, upTo(105).slice(55));
  await scoreProgress(runId, db, go);
  expect(await distanceOf("later")).toMatchObject({ n: 100, soFar: true });
  expect(await db.metricResult.count({ where: { runId, metric: "fd-toybox" } })).toBe(1);

  await addSamples(runId, modelId, upTo(PROMPTS).slice(105));
  await db.run.update({ where: { id: runId }, data: { state: "SCORING" } });
  await computeMetrics(runId, db, go);
  expect(await distanceOf("later")).toMatchObject({ n: PROMPTS, soFar: false });
  expect(await db.metricResult.count({ where: { runId, soFar: true } })).toBe(0);
});

test("a cancelled run keeps no score of a job that was still at it", async () => {
  const { db } = database;
  const { runId } = await generating("cancelled", upTo(60));
  await db.run.update({ where: { id: runId }, data: { state: "CANCELLED" } });
  await scoreProgress(runId, db, go);
  expect(await db.metricResult.count({ where: { runId } })).toBe(0);
});

test("a step of a run that passes a mark asks for its scores, one that passes none does not", async () => {
  const { db } = database;
  const asked = async (runId: string) => {
    const [{ n }] = await db.$queryRaw<[{ n: number }]>`
      select count(*)::int as n from graphile_worker.jobs where key = ${`${runId}:progress`}`;
    return n;
  };
  const [few, many] = [await generating("few", upTo(49)), await generating("many", upTo(51))];
  for (const { runId } of [few, many]) {
    await inTransaction((tx) => advanceRun(runId, null, tx).then(() => undefined), db);
  }
  expect([await asked(few.runId), await asked(many.runId)]).toEqual([0, 1]);
});
