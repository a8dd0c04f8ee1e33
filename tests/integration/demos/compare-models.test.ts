import { createHash } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { newId } from "@/lib/db/new-id";
import { compareModels } from "@/lib/demos/compare-models";
import { addBoard, type TestBoard } from "../../support/evaluation-world";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
const GRADER = "toybox-grader@aaaaaaaaaaaa";
let board: TestBoard;
let promptIds: string[];

beforeAll(async () => {
  board = await addBoard(database.db, 40);
  const prompts = await database.db.prompt.findMany({ orderBy: { index: "asc" } });
  promptIds = prompts.map(({ id }) => id);
});

/** A bundled model whose published run drew the first prompts, right where `hits` says so. */
async function addGraded(slug: string, hits: boolean[], grader = GRADER): Promise<void> {
  const { db } = database;
  const modelId = newId("model");
  const runId = newId("run");
  await db.model.create({
    data: {
      id: modelId,
      slug,
      name: slug,
      creator: "Tests",
      modality: "TEXT_TO_IMAGE",
      bundled: true,
      listed: true,
    },
  });
  await db.run.create({
    data: {
      id: runId,
      modelId,
      promptSetId: board.promptSetId,
      promptCount: hits.length,
      state: "PUBLISHED",
    },
  });
  await db.metricResult.create({
    data: {
      id: newId("metricResult"),
      runId,
      metric: "grader-alignment",
      protocolHash: slug,
      protocol: { encoder: grader },
      value: 0,
      n: hits.length,
    },
  });
  for (const [index, allCorrect] of hits.entries()) {
    const sha256 = createHash("sha256").update(`${slug} ${index}`).digest("hex");
    await db.artifact.create({
      data: { sha256, bytes: 1, mediaType: "image/png", width: 64, height: 64 },
    });
    await db.sample.create({
      data: {
        id: newId("sample"),
        runId,
        modelId,
        promptId: promptIds[index],
        artifactHash: sha256,
        latencyMs: 1,
      },
    });
    await db.grade.create({
      data: { artifactHash: sha256, promptId: promptIds[index], graderId: grader, result: {}, allCorrect },
    });
    // Another grader's opinion of the same image must not count.
    await db.grade.create({
      data: {
        artifactHash: sha256,
        promptId: promptIds[index],
        graderId: "other",
        result: {},
        allCorrect: !allCorrect,
      },
    });
  }
}

it("pairs two models prompt by prompt over the prompts that both have drawn", async () => {
  // Right by both 10, by the first alone 14, by the second alone 4, by neither 2; ten prompts only the first has drawn.
  const outcomes = [
    ...Array<[boolean, boolean]>(10).fill([true, true]),
    ...Array<[boolean, boolean]>(14).fill([true, false]),
    ...Array<[boolean, boolean]>(4).fill([false, true]),
    ...Array<[boolean, boolean]>(2).fill([false, false]),
  ];
  await addGraded("first", [...outcomes.map(([hit]) => hit), ...Array<boolean>(10).fill(true)]);
  await addGraded(
    "second",
    outcomes.map(([, hit]) => hit),
  );
  const result = (await compareModels([["first", "second"]], database.db)).get("first second");
  expect(result).toMatchObject({ n: 30, first: 24 / 30, second: 14 / 30 });
  expect(result!.difference).toBeCloseTo(10 / 30, 12);
  expect(result!.low).toBeGreaterThan(0);
  const back = (await compareModels([["second", "first"]], database.db)).get("second first");
  expect(back!.high).toBeCloseTo(-result!.low, 12);
});

it("two graders' readings are never compared, nor is a model that has drawn nothing", async () => {
  await addGraded("read-by-another", Array<boolean>(30).fill(true), "toybox-grader@bbbbbbbbbbbb");
  const pairs = [
    ["first", "read-by-another"],
    ["first", "nobody"],
  ] as const;
  expect((await compareModels(pairs, database.db)).size).toBe(0);
});
