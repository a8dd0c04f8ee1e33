import { beforeAll, expect, test } from "vitest";
import { GET as readBoard } from "@/app/api/v1/leaderboards/[board]/route";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { leaderboardResponse } from "@/lib/schemas/leaderboard";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { signVoterCookie, VOTER_COOKIE } from "@/lib/votes/voter-cookie";
import { battleFor, makeArena, vote, type Arena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
let arena: Arena;

beforeAll(async () => {
  const { db } = database;
  (globalThis as { salonDb?: unknown }).salonDb = db;
  arena = await makeArena(db, { models: 3, prompts: 4 });
  for (let i = 0; i < 6; i++) await vote(db, await battleFor(db, arena), "left");
  await refitRatings(arena.boardId, db);
}, 120_000);

const get = (headers: Record<string, string> = {}) =>
  readBoard(new Request(`http://salon.test/api/v1/leaderboards/${arena.board}`, { headers }), {
    params: Promise.resolve({ board: arena.board }),
  });
const board = async (headers?: Record<string, string>) =>
  leaderboardResponse.parse(await (await get(headers)).json());

test("a board that was read before is not served to who may not see it", async () => {
  const { db } = database;
  const owner = (await ensureVoter(null, db)).voterId;
  const cookie = `${VOTER_COOKIE}=${await signVoterCookie(owner)}`;
  const { etag } = Object.fromEntries((await get()).headers);
  await db.board.update({ where: { id: arena.boardId }, data: { seenBy: "INVITED", ownerId: owner } });
  expect((await get({ cookie })).status).toBe(200);
  expect((await get()).status).toBe(404);
  expect((await get({ "if-none-match": etag })).status).toBe(404);
  await db.board.update({ where: { id: arena.boardId }, data: { seenBy: "EVERYONE", ownerId: null } });
  expect((await get()).status).toBe(200);
});

test("a model that is hidden is gone from the next answer", async () => {
  const { db } = database;
  const [{ id, slug }] = arena.models;
  expect((await board()).rows.map(({ model }) => model)).toContain(slug);
  await db.model.update({ where: { id }, data: { hiddenAt: new Date() } });
  expect((await board()).rows.map(({ model }) => model)).not.toContain(slug);
  await db.model.update({ where: { id }, data: { hiddenAt: null } });
  expect((await board()).rows.map(({ model }) => model)).toContain(slug);
});

test("who has the answer is told so without it, until there is a new snapshot", async () => {
  const { db } = database;
  const first = await get();
  const etag = first.headers.get("etag")!;
  const again = await get({ "if-none-match": `"other", ${etag}` });
  expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", etag]);
  const before = leaderboardResponse.parse(await first.json()).snapshot!;
  await vote(db, await battleFor(db, arena), "right");
  await refitRatings(arena.boardId, db);
  const after = await get({ "if-none-match": etag });
  expect(after.status).toBe(200);
  const { snapshot } = leaderboardResponse.parse(await after.json());
  expect(snapshot!.votes).toBe(before.votes + 1);
  expect(snapshot!.id).not.toBe(before.id);
});

test("nobody between the site and the reader may keep a board", async () => {
  expect((await get()).headers.get("cache-control")).toBe("private, no-cache");
});
