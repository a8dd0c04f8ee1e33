import { beforeAll, expect, test } from "vitest";
import { newId } from "@/lib/db/new-id";
import { readScoresComing } from "@/lib/pages/read-scores-coming";
import { makeArena, type Arena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
let arena: Arena;
const read = () => readScoresComing({ board: arena.board }, database.db);
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

beforeAll(async () => {
  arena = await makeArena(database.db, { models: 3, prompts: 4, gallery: 6 });
});

test("a board whose models all have a published run waits for nothing, also while one of them runs again", async () => {
  expect(await read()).toBeNull();
  const run = await database.db.run.findFirstOrThrow({ where: { modelId: arena.models[0].id } });
  const { modelId, promptSetId } = run;
  await database.db.run.create({
    data: { id: newId("run"), modelId, promptSetId, promptCount: 10, state: "GENERATING" },
  });
  expect(await read()).toBeNull();
});

test("scores on the way are told with how many models wait, how many have first ones, and the time at the last minute's pace", async () => {
  const { db } = database;
  const going = arena.models.slice(1).map(({ id }) => id);
  await db.run.updateMany({
    where: { modelId: { in: going } },
    data: { state: "GENERATING", promptCount: 40, startedAt: minutesAgo(3) },
  });
  await db.run.updateMany({ where: { modelId: going[0] }, data: { scoredPrompts: 5 } });
  // 20 of 80 images are there, all of the last minute: the other 60 take three more.
  expect(await read()).toEqual({ models: 2, soFar: 1, of: 3, secondsLeft: 180 });
  await db.sample.updateMany({ where: { modelId: { in: going } }, data: { createdAt: minutesAgo(2) } });
  expect(await read()).toMatchObject({ models: 2, secondsLeft: null });
});

test("runs of models that stand elsewhere, and of earlier weights, are not waited for", async () => {
  const { db } = database;
  const [, hidden, old] = arena.models;
  await db.model.update({ where: { id: hidden.id }, data: { hiddenAt: new Date() } });
  await db.run.updateMany({ where: { modelId: old.id }, data: { supersededAt: new Date() } });
  expect(await read()).toBeNull();
});
