import { beforeAll, expect, test } from "vitest";
import { readLeaderboard } from "@/lib/pages/read-leaderboard";
import { makeArena, type Arena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
let arena: Arena;

beforeAll(async () => {
  arena = await makeArena(database.db, { models: 1, prompts: 1, endpoints: true });
});

test.each([
  // price of an image, size, price of a million pixels
  [0.04, "1024x1024", 0.04 / 1.048576],
  [0.04, "512x512", 0.04 / 0.262144],
  [0.04, "1000x500", 0.08],
  [0.01, "64x64", 0.01 / 0.004096],
  [0, "1024x1024", 0],
  [null, "1024x1024", null],
  [0.04, "auto", null],
])("$%s an image of %s is $%s a megapixel on the board", async (pricePerImageUsd, imageSize, expected) => {
  await database.db.model.update({
    where: { id: arena.models[0].id },
    data: { pricePerImageUsd, endpoint: { update: { imageSize } } },
  });
  const { rows } = await readLeaderboard({ board: arena.board }, database.db);
  expect(rows).toHaveLength(1);
  if (expected === null) expect(rows[0].pricePerMegapixelUsd).toBeNull();
  else expect(rows[0].pricePerMegapixelUsd).toBeCloseTo(expected, 12);
});
