import { beforeAll, expect, test } from "vitest";
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

test("a model's page has the row that the board has", async () => {
  for (const row of rows) {
    expect((await readModel({ slug: row.model }, database.db)).row).toEqual(row.rank === null ? null : row);
  }
});
