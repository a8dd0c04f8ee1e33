import { beforeAll, expect, test } from "vitest";
import { listBoards } from "@/lib/boards/list-boards";
import { requireBoard } from "@/lib/boards/require-board";
import { readHome } from "@/lib/pages/read-home";
import { readLeaderboard } from "@/lib/pages/read-leaderboard";
import { makeArena, type Arena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

process.env.HIDE_TOYBOX = "true";
const database = useTestDatabase();
const by = { voterId: null };
let other: Arena;

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  const toybox = await makeArena(database.db, { models: 2, prompts: 2, gallery: 4 });
  await database.db.board.update({ where: { id: toybox.boardId }, data: { slug: "text-to-image" } });
  other = await makeArena(database.db, { models: 2, prompts: 2, gallery: 4 });
  await database.db.model.updateMany({ data: { listed: true } });
});

test("a hidden bundled board is in no list, on no front page and chosen by nobody's default, and its pages stay", async () => {
  expect((await listBoards({ by }, database.db)).map(({ slug }) => slug)).toEqual([other.board]);
  const home = await readHome(database.db);
  expect(home.boards.map(({ slug }) => slug)).toEqual([other.board]);
  expect(home.leaders.map(({ model }) => model).sort()).toEqual(other.models.map(({ slug }) => slug).sort());
  expect(home.models).toBe(2);
  const shown = await database.db.sample.findMany({
    where: { id: { in: home.samples.map(({ sampleId }) => sampleId) } },
    select: { modelId: true },
  });
  expect(shown).toHaveLength(4);
  expect(shown.every(({ modelId }) => other.models.some(({ id }) => id === modelId))).toBe(true);

  await requireBoard({ slug: "text-to-image", by, to: "see" }, database.db);
  expect((await readLeaderboard({ board: "text-to-image" }, database.db)).rows).toHaveLength(2);
  const named = await listBoards({ by, named: "text-to-image" }, database.db);
  expect(named.map(({ slug }) => slug)).toEqual(["text-to-image", other.board]);
});

test("a visitor's board of the same kind is never taken for the bundled one", async () => {
  const slugs = async () => (await listBoards({ by }, database.db)).map(({ slug }) => slug);
  await database.db.board.update({ where: { slug: "text-to-image" }, data: { siteDefaults: false } });
  expect(await slugs()).toContain("text-to-image");
  await database.db.board.update({
    where: { slug: "text-to-image" },
    data: { siteDefaults: true, ownerId: "vtr_somebody" },
  });
  expect(await slugs()).toContain("text-to-image");
});
