import sharp from "sharp";
import { beforeAll, expect, test } from "vitest";
import { GET } from "@/app/api/v1/leaderboards/[board]/personal/route";
import { readPersonalRanking } from "@/lib/pages/read-personal-ranking";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { ENOUGH_VOTES } from "@/lib/ratings/personal";
import { personalRanking } from "@/lib/schemas/personal-ranking";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { signVoterCookie, VOTER_COOKIE } from "@/lib/votes/voter-cookie";
import { battleFor, makeArena, vote, type Arena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
let arena: Arena;
let voterId: string;

const read = (of: string | null) =>
  readPersonalRanking({ board: arena.board, by: { voterId: of } }, database.db);
/** The voter prefers the model with the higher number. */
async function prefer(times: number) {
  for (let i = 0; i < times; i++) {
    const battle = await battleFor(database.db, arena, voterId);
    const { leftModelId, rightModelId } = await database.db.battle.findUniqueOrThrow({
      where: { id: battle.battleId },
    });
    const order = arena.models.map(({ id }) => id);
    await vote(
      database.db,
      battle,
      order.indexOf(leftModelId) > order.indexOf(rightModelId) ? "left" : "right",
    );
  }
}

beforeAll(async () => {
  const { db } = database;
  (globalThis as { salonDb?: unknown }).salonDb = db;
  arena = await makeArena(db, { models: 3, prompts: 12 });
  voterId = (await ensureVoter(null, db)).voterId;
  // Others see it otherwise.
  for (let i = 0; i < 30; i++) await vote(db, await battleFor(db, arena), "tie");
  await refitRatings(arena.boardId, db);
}, 120_000);

test("one's own ranking comes with enough votes of one's own, and is of these alone", async () => {
  await prefer(ENOUGH_VOTES - 1);
  expect(await read(voterId)).toEqual({ board: arena.board, votes: ENOUGH_VOTES - 1, needed: 1, rows: [] });
  await prefer(11);
  const ranking = personalRanking.parse(await read(voterId));
  expect(ranking).toMatchObject({ votes: 30, needed: 0 });
  expect(ranking.rows.map(({ name }) => name)).toEqual(["Codename 2", "Codename 1", "Codename 0"]);
  expect(ranking.rows.reduce((sum, { votes }) => sum + votes, 0)).toBe(60);
  for (const { ratingLow, rating, ratingHigh, boardRank } of ranking.rows) {
    expect(ratingLow).toBeLessThan(rating);
    expect(ratingHigh).toBeGreaterThan(rating);
    expect(boardRank).toBe(1);
  }
  expect(await read(null)).toEqual({ board: arena.board, votes: 0, needed: ENOUGH_VOTES, rows: [] });
  const other = (await ensureVoter(null, database.db)).voterId;
  expect(await read(other)).toEqual({ board: arena.board, votes: 0, needed: ENOUGH_VOTES, rows: [] });
});

test("a model that is hidden is in nobody's ranking", async () => {
  const [hidden] = arena.models;
  await database.db.model.update({ where: { id: hidden.id }, data: { hiddenAt: new Date() } });
  const { votes, rows } = await read(voterId);
  expect(votes).toBeLessThan(30);
  expect(rows.map(({ model }) => model)).not.toContain(hidden.slug);
  await database.db.model.update({ where: { id: hidden.id }, data: { hiddenAt: null } });
});

test("the route answers whoever asks with their own, as JSON and CSV, and 404 for a board that is not there", async () => {
  const get = (board: string, query = "") =>
    GET(new Request(`http://salon.test/api/v1/leaderboards/${board}/personal${query}`), {
      params: Promise.resolve({ board }),
    });
  expect(await (await get(arena.board)).json()).toEqual({
    board: arena.board,
    votes: 0,
    needed: ENOUGH_VOTES,
    rows: [],
  });
  expect(await (await get(arena.board, "?format=csv")).text()).toMatch(/^rank,rankLow,.*\r\n$/);
  expect((await get("none")).status).toBe(404);
});

test("the picture to share is drawn for the voter who asks, kept by nobody on the way, and is nobody else's", async () => {
  const get = async (who: string) =>
    GET(
      new Request(`http://salon.test/api/v1/leaderboards/${arena.board}/personal?format=png`, {
        headers: { cookie: `${VOTER_COOKIE}=${await signVoterCookie(who)}` },
      }),
      { params: Promise.resolve({ board: arena.board }) },
    );
  const own = await get(voterId);
  expect([own.status, own.headers.get("content-type")]).toEqual([200, "image/png"]);
  expect(own.headers.get("cache-control")).toBe("no-store");
  expect(own.headers.get("content-disposition")).toMatch(/^attachment; /);
  const { width, height } = await sharp(Buffer.from(await own.arrayBuffer())).metadata();
  expect([width, height]).toEqual([1200, 630]);
  const { voterId: other } = await ensureVoter(null, database.db);
  expect((await get(other)).status).toBe(404);
});
