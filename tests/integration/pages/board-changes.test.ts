import { expect, test } from "vitest";
import { GET as getEmbed } from "@/app/embed/[board]/route";
import { listOpenPages } from "@/lib/pages/list-open-pages";
import { readBoardChanges } from "@/lib/pages/read-board-changes";
import { readBoardStanding, readModelStanding } from "@/lib/pages/read-standing";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { storeChanges } from "@/lib/snapshots/snapshot-changes";
import { expectError, request } from "../../support/api-requests";
import { battleFor, makeArena, vote, type Arena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();

/** A ranking as a refit stores it: models by place, best first. */
async function rank(arena: Arena, at: string, order: number[]): Promise<string> {
  const id = `snp_${at.replace(/\W/g, "")}`;
  await database.db.ratingSnapshot.create({
    data: {
      id,
      boardId: arena.boardId,
      methodology: "test",
      inputsHash: id,
      votes: order.length,
      details: {},
      covariance: new Uint8Array(),
      createdAt: new Date(at),
      rows: {
        create: order.map((model, place) => ({
          modelId: arena.models[model].id,
          rating: 1000 - place,
          se: 10,
          low: 980 - place,
          high: 1020 - place,
          rank: place + 1,
          rankLow: 1,
          rankHigh: order.length,
          wins: 1,
          losses: 1,
          ties: 0,
          bothBad: 0,
          games: 2,
        })),
      },
    },
  });
  await storeChanges(id, database.db);
  return id;
}

test("a board's changes are those between the last rankings of its days; days that changed nothing are left out", async () => {
  const arena = await makeArena(database.db, { models: 3, prompts: 1 });
  const [first, second, third] = arena.models.map(({ slug }) => slug);
  const { slug } = await database.db.board.findUniqueOrThrow({ where: { id: arena.boardId } });
  // Overtaken on the same day: the day's last ranking counts.
  await rank(arena, "2026-01-01T08:00:00Z", [1, 0]);
  const one = await rank(arena, "2026-01-01T20:00:00Z", [0, 1]);
  await rank(arena, "2026-01-02T20:00:00Z", [0, 1]);
  const three = await rank(arena, "2026-01-05T20:00:00Z", [2, 0, 1]);
  const { days, snapshot } = await readBoardChanges({ board: slug }, database.db);
  expect(snapshot).toBe(three);
  expect(
    days.map(({ snapshot, entered, moved }) => [
      snapshot,
      entered.map(({ slug }) => slug),
      moved.map(({ slug, from, rank }) => [slug, from, rank]),
    ]),
  ).toEqual([
    [
      three,
      [third],
      [
        [first, 1, 2],
        [second, 2, 3],
      ],
    ],
    [one, [first, second], []],
  ]);

  const standing = await readModelStanding({ slug: second }, database.db);
  expect(standing).toMatchObject({
    board: { slug },
    ranked: 3,
    ranking: { rank: 3, rankLow: 1, rankHigh: 3 },
  });
  const board = await readBoardStanding({ slug, leaders: 2 }, database.db);
  expect(board.leaders.map(({ model }) => model)).toEqual([third, first]);
});

test("a model that is hidden is in no change from then on, and comes back with what it was", async () => {
  const arena = await makeArena(database.db, { models: 3, prompts: 1 });
  const { slug } = await database.db.board.findUniqueOrThrow({ where: { id: arena.boardId } });
  await rank(arena, "2026-02-01T08:00:00Z", [0, 1]);
  await rank(arena, "2026-02-02T08:00:00Z", [1, 0, 2]);
  const named = async () => {
    const { days } = await readBoardChanges({ board: slug }, database.db);
    return days.map(({ entered, moved }) => [entered, moved].map((each) => each.map((model) => model.slug)));
  };
  const [first, second, third] = arena.models.map((model) => model.slug);
  const all = [
    [[third], [second, first]],
    [[first, second], []],
  ];
  expect(await named()).toEqual(all);
  const of = { where: { id: arena.models[1].id } };
  await database.db.model.update({ ...of, data: { hiddenAt: new Date() } });
  expect(await named()).toEqual([
    [[third], [first]],
    [[first], []],
  ]);
  await database.db.model.update({ ...of, data: { hiddenAt: null } });
  expect(await named()).toEqual(all);
});

test("thirty days are looked back on, and what they changed stands whatever becomes of the rankings before them", async () => {
  const arena = await makeArena(database.db, { models: 2, prompts: 1 });
  const { slug } = await database.db.board.findUniqueOrThrow({ where: { id: arena.boardId } });
  const at = (day: number) => new Date(Date.UTC(2026, 2, 1 + day, 9)).toISOString();
  for (let day = 0; day < 33; day++) await rank(arena, at(day), day % 2 === 0 ? [0, 1] : [1, 0]);
  const before = await readBoardChanges({ board: slug }, database.db);
  expect(before.days).toHaveLength(30);
  expect(before.days[0].createdAt).toBe(at(32));
  await database.db.ratingSnapshotRow.deleteMany({ where: { snapshot: { boardId: arena.boardId } } });
  expect((await readBoardChanges({ board: slug }, database.db)).days).toEqual(before.days);
});

test("a refit keeps what it changed, of the whole board alone", async () => {
  const arena = await makeArena(database.db, { models: 3, prompts: 2 });
  for (let i = 0; i < 6; i++) await vote(database.db, await battleFor(database.db, arena), "left");
  await refitRatings(arena.boardId, database.db);
  const { days } = await readBoardChanges({ board: arena.board }, database.db);
  expect(days).toHaveLength(1);
  expect(days[0].entered.length).toBeGreaterThan(1);
  const kept = await database.db.snapshotChanges.findMany({
    where: { snapshot: { boardId: arena.boardId } },
    select: { snapshot: { select: { category: true, control: true } } },
  });
  expect(kept).toEqual([{ snapshot: { category: "", control: "" } }]);
});

test("a board for other sites' frames is one that everyone sees, and no site may frame it unless the operator says so", async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  const arena = await makeArena(database.db, { models: 2, prompts: 1 });
  await rank(arena, "2026-04-01T08:00:00Z", [1, 0]);
  const get = () =>
    getEmbed(request("GET", `/embed/${arena.board}`), { params: Promise.resolve({ board: arena.board }) });
  const open = await get();
  expect(open.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  expect(await open.text()).toContain("Codename 1");
  await database.db.board.update({ where: { id: arena.boardId }, data: { seenBy: "INVITED" } });
  await expectError(await get(), 404, "not_found");
});

test("what strangers' servers fetch knows no board that not everyone sees, and no unlisted model", async () => {
  const arena = await makeArena(database.db, { models: 2, prompts: 1 });
  const [open, unlisted] = arena.models;
  await database.db.model.update({ where: { id: unlisted.id }, data: { listed: false } });
  const board = await database.db.board.update({ where: { id: arena.boardId }, data: { seenBy: "INVITED" } });
  const missing = { code: "not_found" };
  await expect(readBoardChanges({ board: board.slug }, database.db)).rejects.toMatchObject(missing);
  await expect(readBoardStanding({ slug: board.slug, leaders: 5 }, database.db)).rejects.toMatchObject(
    missing,
  );
  await expect(readModelStanding({ slug: unlisted.slug }, database.db)).rejects.toMatchObject(missing);
  expect(await readModelStanding({ slug: open.slug }, database.db)).toMatchObject({
    board: null,
    ranking: null,
  });
  const pages = await listOpenPages(database.db);
  expect(pages).toContain(`/models/${open.slug}`);
  expect(pages).not.toContain(`/models/${unlisted.slug}`);
  expect(pages).not.toContain(`/leaderboard/${board.slug}`);
});
