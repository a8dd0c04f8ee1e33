import { existsSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { evaluationClip, evaluationClipCategory } from "@/generation/world/motion/evaluation-clips";
import { clipTruth } from "@/generation/world/motion/clip-caption";
import { keepArtifacts } from "@/lib/artifacts/keep-artifacts";
import { examineRun } from "@/lib/diagnostics/diagnose-run";
import { readExamination } from "@/lib/diagnostics/read-diagnostics";
import { inTransaction } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { BUNDLED_WEIGHTS } from "@/lib/encoders/bundled-weights";
import { listReferences } from "@/lib/references/list-references";
import { seedReferenceSet } from "@/lib/references/seed-reference-set";
import { computeMetrics } from "@/lib/scoring/compute-metrics";
import { extractFeatures } from "@/lib/scoring/extract-features";
import { closeScoringTools } from "@/lib/scoring/scoring-tools";
import { CLIP_FRAMES } from "@/lib/schemas/stack/clip";
import { addBoard, useDataFolder } from "../../support/evaluation-world";
import { useTestDatabase } from "../../support/test-database";

useDataFolder();
const database = useTestDatabase();
const PROMPTS = 7;
/** The last prompt has a truth that only looks like a clip's: it is its owner's own, and nothing is graded against it. */
const GRADED = PROMPTS - 1;
const OWN_TRUTH = { kind: "own", objects: [{ kind: "dragon", motion: "flies" }] };
const never = new AbortController().signal;
const isHere = (file: string) => existsSync(path.join(BUNDLED_WEIGHTS, file));
const hasGrader = isHere("toybox-video-grader/card.json");
const hasReference = isHere("toybox-video-encoder/reference-toybox-clips-v1.json");

/** A frame of a clip in which a square of the clip's own colour moves to the right, a pixel or more a frame. */
function square(clip: number, frame: number): Buffer {
  const pixels = Buffer.alloc(64 * 64 * 3, 230);
  const left = 4 + frame * (1 + (clip % 3));
  for (let y = 20; y < 34; y++)
    for (let x = left; x < Math.min(64, left + 14); x++)
      pixels.set([40 * clip, 200 - 30 * clip, 90], (y * 64 + x) * 3);
  return pixels;
}

let runId: string;
beforeAll(async () => {
  const { db } = database;
  const board = await addBoard(db, PROMPTS);
  await seedReferenceSet(db);
  const modelId = newId("model");
  await db.model.create({
    data: {
      id: modelId,
      slug: "mover",
      name: "Mover",
      creator: "Lab",
      modality: "TEXT_TO_VIDEO",
      listed: true,
    },
  });
  ({ id: runId } = await db.run.create({
    data: {
      id: newId("run"),
      modelId,
      promptSetId: board.promptSetId,
      promptCount: PROMPTS,
      state: "EXTRACTING",
    },
  }));
  for (const prompt of await db.prompt.findMany({ orderBy: { index: "asc" } })) {
    const clip = evaluationClip(prompt.index, "prompts");
    await db.prompt.update({
      where: { id: prompt.id },
      data: {
        truth: prompt.index < GRADED ? clipTruth(clip) : OWN_TRUTH,
        category: evaluationClipCategory(prompt.index),
      },
    });
    const frames = Array.from({ length: CLIP_FRAMES }, (_, at) => square(prompt.index, at));
    const raw = { width: 64, height: 64 * frames.length, channels: 3 as const, pageHeight: 64 };
    const delay = frames.map(() => 125);
    const bytes = await sharp(Buffer.concat(frames), { raw }).webp({ lossless: true, delay }).toBuffer();
    await inTransaction(async (tx) => {
      const row = { mediaType: "image/webp", width: 64, height: 64 };
      const [artifactHash] = await keepArtifacts([{ bytes, row }], tx);
      await tx.sample.create({
        data: { id: newId("sample"), runId, modelId, promptId: prompt.id, artifactHash, latencyMs: 1 },
      });
    }, db);
  }
}, 60_000);
afterAll(closeScoringTools);

test("a run of clips has its shares by the clip grader, its distances and probes, each with n and interval: as far as the weights are here", async () => {
  const { db } = database;
  await extractFeatures(runId, db, never);
  await computeMetrics(runId, db, never);
  const scores = await db.metricResult.findMany({ where: { runId } });
  const byName = new Map(scores.map((score) => [score.metric, score]));
  const always = [
    "dynamic-degree",
    "motion-smoothness",
    "scene-consistency",
    "subject-consistency",
    "temporal-flicker",
  ];
  const graded = [
    ...["clip-alignment", "clip-objects", "clip-colours", "clip-verb", "clip-direction", "clip-persistence"],
    ...["behind", "held-out", "leaves", "one object", "three objects", "two objects"].map(
      (category) => `clip-alignment:${category}`,
    ),
  ];
  const distances = ["content-bias", "frozen-ratio", "fvd-toybox", "kvd-toybox", "shuffled-ratio"];
  expect([...byName.keys()].sort()).toEqual(
    [...always, ...(hasGrader ? graded : []), ...(hasReference ? distances : [])].sort(),
  );
  expect(new Set(scores.map(({ protocolHash }) => protocolHash)).size).toBe(scores.length);
  for (const { metric, value, low, high, n, protocol } of scores) {
    expect(low, metric).toBeLessThanOrEqual(value);
    expect(high, metric).toBeGreaterThanOrEqual(value);
    expect(n, metric).toBeGreaterThan(0);
    expect(n, metric).toBeLessThanOrEqual(PROMPTS);
    // Which frames, at which rate and size, is part of what is compared.
    expect((protocol as { preprocessing: string }).preprocessing, metric).toMatch(/first 1[67] frames/);
  }
  expect(byName.get("subject-consistency")).toMatchObject({ n: PROMPTS });
  // The frames of one clip are much alike.
  expect(byName.get("scene-consistency")?.value).toBeGreaterThan(0.5);
  const grades = await db.grade.findMany();
  expect(grades).toHaveLength(hasGrader ? GRADED : 0);
});

test("its files are examined; beside the real clips, of which no single one is kept, it has no neighbours, and they are listed as videos", async () => {
  const { db } = database;
  await examineRun(runId, db, never);
  const { encoders, forensics } = await readExamination({ runId, voterId: null }, db);
  expect(forensics).toMatchObject({ n: PROMPTS, formats: { webp: PROMPTS } });
  expect(encoders).toEqual([]);
  const { references } = await listReferences({ voterId: null }, db);
  const clips = references.filter(({ samples }) => samples === "videos");
  expect(clips.map(({ slug, isEncoderHere }) => [slug, isEncoderHere])).toEqual(
    hasReference ? [["toybox-clips-v1", true]] : [],
  );
});
