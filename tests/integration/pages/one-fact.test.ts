import { beforeAll, expect, test } from "vitest";
import { listModels } from "@/lib/pages/list-models";
import { readHome } from "@/lib/pages/read-home";
import { readLeaderboard } from "@/lib/pages/read-leaderboard";
import { readModel } from "@/lib/pages/read-model";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { outcome } from "@/lib/schemas/battles";
import type { LeaderboardRow } from "@/lib/schemas/leaderboard";
import { battleFor, makeArena, vote, type Arena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
let arena: Arena;
let rows: LeaderboardRow[];

beforeAll(async () => {
  const { db } = database;
  arena = await makeArena(db, { models: 7, prompts: 4 });
  for (let i = 0; i < 40; i++) await vote(db, await battleFor(db, arena), outcome.options[(i * i) % 4]);
  await refitRatings(arena.boardId, db);
  rows = (await readLeaderboard({ board: arena.board }, db)).rows;
});

test("the front page's leaders are the first rows of the board", async () => {
  const { leaders } = await readHome(database.db);
  expect(leaders).toHaveLength(5);
  leaders.forEach((leader, k) => expect(rows[k]).toMatchObject(leader));
});

test("the front page holds the same models against the same prices and times as the board", async () => {
  const { priced } = await readHome(database.db);
  expect(priced.map(({ model }) => model)).toEqual(
    rows.filter(({ rank }) => rank !== null).map(({ model }) => model),
  );
  priced.forEach((model, k) => expect(rows[k]).toMatchObject(model));
  expect(priced.some(({ medianLatencyMs }) => medianLatencyMs !== null)).toBe(true);
});

test("the list of models gives each the rank spread that the board has", async () => {
  const listed = new Map((await listModels(database.db)).map((model) => [model.slug, model]));
  for (const { model, rank, rankLow, rankHigh, provisional } of rows) {
    expect(listed.get(model)).toMatchObject({ rank, rankLow, rankHigh, provisional });
  }
});

test("a model's page has the row that the board has", async () => {
  for (const row of rows) {
    expect((await readModel({ slug: row.model }, database.db)).row).toEqual(row.rank === null ? null : row);
  }
});
