import { beforeAll, expect, test } from "vitest";
import { readLeaderboard } from "@/lib/pages/read-leaderboard";
import { readModelComparison } from "@/lib/pages/read-model-comparison";
import { analyseBoard } from "@/lib/rankings/analyse-board";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { outcome } from "@/lib/schemas/battles";
import { battleFor, makeArena, vote, type Arena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
let arena: Arena;
const slugs = (...places: number[]) => places.map((place) => arena.models[place].slug);
const compare = (models: string[]) => readModelComparison({ board: arena.board, models }, database.db);

beforeAll(async () => {
  const { db } = database;
  arena = await makeArena(db, { models: 4, prompts: 3, gallery: 5 });
  for (let i = 0; i < 30; i++) await vote(db, await battleFor(db, arena), outcome.options[(i * i) % 4]);
  await refitRatings(arena.boardId, db);
  await analyseBoard(arena.boardId, db);
});

test("models side by side have the board's ranks, ratings and prices, in the order asked for", async () => {
  const { rows } = await readLeaderboard({ board: arena.board }, database.db);
  const { models, choices } = await compare(slugs(2, 0));
  expect(models.map(({ model }) => model)).toEqual(slugs(2, 0));
  for (const { metrics: _, withJudge: __, ...model } of models)
    expect(rows.find((row) => row.model === model.model)).toMatchObject(model);
  expect(choices).toHaveLength(4);
});

test("each two of them have the votes between them, in both directions, and no others", async () => {
  const { pairs } = await compare(slugs(0, 1, 3));
  const named = pairs.map(({ a, b }) => `${a} ${b}`);
  const [x, y, z] = slugs(0, 1, 3);
  expect(named.sort()).toEqual([`${x} ${y}`, `${x} ${z}`, `${y} ${x}`, `${y} ${z}`, `${z} ${x}`, `${z} ${y}`].sort()); // prettier-ignore
  const [there, back] = [
    pairs.find(({ a, b }) => a === x && b === y)!,
    pairs.find(({ a, b }) => a === y && b === x)!,
  ];
  expect([there.wins, there.losses, there.games]).toEqual([back.losses, back.wins, back.games]);
});

test("prompts are those outside the arena that all of them have answered, and of a private board none", async () => {
  const { db } = database;
  await db.sample.deleteMany({ where: { modelId: arena.models[1].id, promptId: arena.galleryIds[0] } });
  const { prompts } = await compare(slugs(0, 1));
  expect(prompts.map(({ prompt }) => prompt)).toEqual(["prompt 4", "prompt 5", "prompt 6", "prompt 7"]);
  const [{ images }] = prompts;
  const owners = await db.sample.findMany({
    where: { id: { in: images.map((url) => url.split("/").at(-1)!) } },
    select: { id: true, modelId: true },
  });
  expect(images.map((url) => owners.find(({ id }) => url.endsWith(id))?.modelId)).toEqual(
    arena.models.slice(0, 2).map(({ id }) => id),
  );
  expect((await compare(slugs(0, 2))).prompts).toHaveLength(5);
  await db.board.update({ where: { id: arena.boardId }, data: { seenBy: "INVITED" } });
  expect((await compare(slugs(0, 2))).prompts).toEqual([]);
  await db.board.update({ where: { id: arena.boardId }, data: { seenBy: "EVERYONE" } });
});

test("what is not on the board is named and left out, and one model alone is compared with nothing", async () => {
  await database.db.model.update({ where: { id: arena.models[3].id }, data: { hiddenAt: new Date() } });
  expect(await compare([...slugs(3), "nobody", ...slugs(1)])).toMatchObject({
    models: [{ model: arena.models[1].slug }],
    unknown: [...slugs(3), "nobody"],
    pairs: [],
    prompts: [],
  });
  await expect(readModelComparison({ board: "none", models: [] }, database.db)).rejects.toMatchObject({
    code: "not_found",
  });
});
