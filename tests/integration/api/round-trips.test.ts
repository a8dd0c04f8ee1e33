import pg from "pg";
import { beforeAll, expect, test, vi } from "vitest";
import { POST as postBattle } from "@/app/api/v1/battles/route";
import { POST as postVote } from "@/app/api/v1/votes/route";
import { battleResponse, voteResponse } from "@/lib/schemas/battles";
import { holdVotes } from "@/lib/boards/vote-lock";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { signVoterCookie, VOTER_COOKIE } from "@/lib/votes/voter-cookie";
import { replayVotes } from "@/lib/votes/replay-votes";
import { concurrently, makeArena, type Arena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
let arena: Arena;

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  arena = await makeArena(database.db, { models: 2, prompts: 8 });
});

const post = (path: string, body: unknown, cookie = "") =>
  new Request(`http://salon.test${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", host: "salon.test", cookie },
    body: JSON.stringify(body),
  });

async function takeBattle(cookie?: string) {
  const response = await postBattle(post("/api/v1/battles", { board: arena.board }, cookie));
  const given = response.headers.get("set-cookie")?.split(";")[0];
  return { battle: battleResponse.parse(await response.json()), cookie: cookie ?? given ?? "" };
}

async function vote({ battle, cookie }: Awaited<ReturnType<typeof takeBattle>>) {
  const body = { battleId: battle.battleId, token: battle.token, outcome: "left" };
  return voteResponse.parse(await (await postVote(post("/api/v1/votes", body, cookie))).json());
}

/** What was sent to PostgreSQL meanwhile, each of it a round trip. */
async function sentDuring<T>(work: () => Promise<T>): Promise<string[]> {
  const query = vi.spyOn(pg.Client.prototype, "query");
  await work();
  const sent = query.mock.calls.map(([sent]: unknown[]) =>
    typeof sent === "string" ? sent : (sent as { text: string }).text,
  );
  query.mockRestore();
  return sent;
}

test("a vote is read in one statement and stored in another, and neither is a transaction", async () => {
  const first = await takeBattle();
  await vote(first);
  const battle = await takeBattle(first.cookie);
  const sent = await sentDuring(() => vote(battle));
  expect(sent.slice(-2)).toEqual([
    expect.stringContaining("vote_facts"),
    expect.stringContaining("insert into votes"),
  ]);
  // Who asks, the site's switches, and the turns taken.
  expect(sent).toHaveLength(2 + 3);
});

test("what a voter saw is read in one statement and the next battle stored in another, and neither is a transaction", async () => {
  const { cookie } = await takeBattle();
  await takeBattle(cookie);
  const sent = await sentDuring(() => takeBattle(cookie));
  expect(sent.slice(-2)).toEqual([
    expect.stringContaining("left_sample_id"),
    expect.stringContaining("insert into battles"),
  ]);
  // Who asks, the site's switches, the voter, the turns taken, and the board.
  expect(sent).toHaveLength(2 + 5);
});

test("votes on the same two models at the same moment all count, and the log replays to the last bit", async () => {
  const voters = await concurrently(Array.from({ length: 30 }), () => takeBattle());
  const where = { boardId: arena.boardId };
  const before = await database.db.vote.count({ where });
  await concurrently(voters, vote);
  expect(await database.db.vote.count({ where })).toBe(before + 30);
  const stored = await database.db.eloRating.findMany({ where });
  expect(stored.map(({ games }) => games)).toEqual([before + 30, before + 30]);
  expect(Object.fromEntries(await replayVotes(arena.boardId, database.db))).toEqual(
    Object.fromEntries(stored.map(({ modelId, rating, games }) => [modelId, { rating, games }])),
  );
  const [pair, ...others] = await database.db.pairCount.findMany({ where, orderBy: { category: "asc" } });
  const votes = [pair, ...others].map((row) => row.winsA + row.winsB + row.ties + row.bothBad);
  expect(votes.reduce((sum, each) => sum + each)).toBe(before + 30);
});

test("tabs that ask at the same moment are shown no sample twice, though all of them have read what was shown before", async () => {
  const { db } = database;
  const { voterId } = await ensureVoter(null, db);
  const cookie = `${VOTER_COOKIE}=${await signVoterCookie(voterId)}`;
  const tabs = await db.$transaction(async (tx) => {
    await tx.$queryRaw`select id from voters where id = ${voterId} for no key update`;
    const tabs = Array.from({ length: 8 }, () => takeBattle(cookie));
    while ((await waiting("insert into battles")) < 8);
    return { tabs };
  });
  await Promise.all(tabs.tabs);
  const battles = await db.battle.findMany({ where: { voterId } });
  const seen = battles.flatMap(({ leftSampleId, rightSampleId }) => [leftSampleId, rightSampleId]);
  expect(seen).toHaveLength(16);
  expect(new Set(seen).size).toBe(16);
});

test("a vote that waited while its board began to hold new voters' back is held back", async () => {
  const { db } = database;
  const ticket = await takeBattle();
  const stored = await db.$transaction(async (tx) => {
    await holdVotes(arena.boardId, tx);
    const stored = vote(ticket);
    while ((await waiting("insert into votes")) === 0);
    await tx.board.update({ where: { id: arena.boardId }, data: { newVoters: "WAIT" } });
    return { stored };
  });
  expect(await stored.stored).toMatchObject({ counted: false });
  await db.board.update({ where: { id: arena.boardId }, data: { newVoters: "COUNTED" } });
});

/** How many statements of a kind wait for a lock. */
async function waiting(statement: string): Promise<number> {
  const [{ count }] = await database.db.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query like ${`%${statement}%`}`;
  return count;
}
