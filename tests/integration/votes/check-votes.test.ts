import { beforeAll, expect, test } from "vitest";
import { castVote } from "@/lib/battles/cast-vote";
import { checkVotes } from "@/lib/votes/checks/check-votes";
import { createBattle } from "@/lib/battles/create-battle";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { excludeVotes } from "@/lib/votes/exclude-votes";
import { includeVotes } from "@/lib/votes/include-votes";
import { listQuarantines } from "@/lib/votes/checks/list-quarantines";
import { NEW_VOTER_REASON } from "@/lib/votes/checks/prove-voters";
import { replayVotes } from "@/lib/votes/replay-votes";
import { requestWholeVoteChecks } from "@/lib/queue/requests/request-vote-check";
import { setNewVoters } from "@/lib/votes/checks/set-new-voters";
import { exportVotes } from "@/lib/votes/export-votes";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { verifyStoredSnapshot } from "@/lib/rankings/verify-snapshot";
import type { Outcome } from "@/lib/schemas/battles";
import { createLog } from "@/workers/log";
import { REGISTRY } from "@/workers/registry";
import type { JobContext } from "@/workers/context";
import { makeArena, ticketOf, type Arena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
beforeAll(() => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
});

const HOUR_MS = 60 * 60 * 1000;
const newVoter = async () => (await ensureVoter(null, database.db)).voterId;
const check = (arena: Arena, options: { now?: number; whole?: boolean } = {}) =>
  checkVotes({ boardId: arena.boardId, now: Date.now(), ...options }, database.db);

/** Votes by one voter from an address, faster than anyone can look, however busy this machine is. */
async function castVotes(
  arena: Arena,
  voterId: string,
  count: number,
  { address = null, outcome = "left" }: { address?: string | null; outcome?: Outcome } = {},
) {
  const results = [];
  for (let i = 0; i < count; i++) {
    const battle = await createBattle({ board: arena.board, voterId, address });
    results.push(await castVote({ ...ticketOf(battle), outcome, address }));
  }
  const ids = results.map(({ voteId }) => voteId);
  await database.db.vote.updateMany({ where: { id: { in: ids } }, data: { decisionMs: 120 } });
  return results;
}

/** As if a voter's votes had been cast at a human pace, and so long ago. */
async function likeHumans(voterId: string, agoMs: number): Promise<void> {
  const at = new Date(Date.now() - agoMs);
  await database.db.vote.updateMany({ where: { voterId }, data: { decisionMs: 4_000, createdAt: at } });
  await database.db.battle.updateMany({ where: { voterId }, data: { createdAt: at } });
}

async function games(arena: Arena): Promise<number> {
  const pairs = await database.db.pairCount.findMany({ where: { boardId: arena.boardId } });
  return pairs.reduce((sum, pair) => sum + pair.winsA + pair.winsB + pair.ties + pair.bothBad, 0);
}

async function expectExact(arena: Arena): Promise<void> {
  const { db } = database;
  const elo = await db.eloRating.findMany({ where: { boardId: arena.boardId } });
  expect(Object.fromEntries(await replayVotes(arena.boardId, db))).toEqual(
    Object.fromEntries(elo.map(({ modelId, rating, games }) => [modelId, { rating, games }])),
  );
  await refitRatings(arena.boardId, db);
  for (const { id } of await db.ratingSnapshot.findMany({ where: { boardId: arena.boardId, control: "" } })) {
    expect(await verifyStoredSnapshot(id, db)).toMatchObject({ ok: true, differences: [] });
  }
}

const statuses = async (voterId: string) =>
  (await database.db.vote.findMany({ where: { voterId }, orderBy: { createdAt: "asc" } })).map(
    ({ status }) => status,
  );

test("a newcomer's vote counts at once; a bot's are taken back together, and its next ones are not counted", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 4, prompts: 6 });
  const [person, bot] = [await newVoter(), await newVoter()];
  const [first] = await castVotes(arena, person, 3);
  expect(first.counted).toBe(true);
  expect(first.left.eloAfter).toBeGreaterThan(first.left.eloBefore);
  await castVotes(arena, bot, 12);
  await refitRatings(arena.boardId, db);
  expect(await games(arena)).toBe(15);

  expect(await check(arena)).toEqual({ held: 12 });
  expect(await games(arena)).toBe(3);
  expect(await statuses(person)).toEqual(Array(3).fill("COUNTED"));
  expect(await statuses(bot)).toEqual(Array(12).fill("QUARANTINED"));
  await expectExact(arena);

  const [next] = await castVotes(arena, bot, 1);
  expect(next.counted).toBe(false);
  expect(next.left.eloAfter).toBe(next.left.eloBefore);
  expect(await games(arena)).toBe(3);
  // Nothing new to find, and nothing that is done twice.
  expect(await check(arena)).toEqual({ held: 0 });
  await expectExact(arena);

  const [open, ...more] = await listQuarantines({ board: arena.board });
  expect(more).toEqual([]);
  expect(open).toMatchObject({ rule: "decision_time", group: "VOTER", groupKey: bot, votes: 13, voters: 1 });
  expect(open.evidence).toMatchObject({ votes: 12, fast: 12 });
  let log = "";
  for await (const piece of await exportVotes({ board: arena.board, format: "csv" }, db)) log += piece;
  expect(log.split("\n").filter((line) => line.includes(open.reason))).toHaveLength(13);
});

test("what a person releases counts again and is not caught by the same evidence, only by new", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 4, prompts: 6 });
  const bot = await newVoter();
  await castVotes(arena, bot, 10);
  await check(arena);
  const [{ id }] = await listQuarantines({ board: arena.board });
  await includeVotes({ quarantines: [id] });
  expect(await games(arena)).toBe(10);
  expect((await db.quarantine.findUniqueOrThrow({ where: { id } })).state).toBe("RELEASED");
  expect(await check(arena, { whole: true })).toEqual({ held: 0 });
  expect(await listQuarantines({ board: arena.board })).toEqual([]);
  await expectExact(arena);

  await castVotes(arena, bot, 4);
  expect(await check(arena, { whole: true })).toEqual({ held: 0 });
  await castVotes(arena, bot, 4);
  // Eight new fast ones: those are held back, the ones a person let go are not.
  expect(await check(arena)).toEqual({ held: 8 });
  expect(await games(arena)).toBe(10);
  await expectExact(arena);
});

test("what a person excludes is decided: it stays out, and the quarantine is listed no more", async () => {
  const arena = await makeArena(database.db, { models: 4, prompts: 6 });
  const bot = await newVoter();
  await castVotes(arena, bot, 10);
  await check(arena);
  const [{ id }] = await listQuarantines({ board: arena.board });
  await excludeVotes({ quarantines: [id], reason: "a bot" });
  expect(await statuses(bot)).toEqual(Array(10).fill("EXCLUDED"));
  expect((await database.db.quarantine.findUniqueOrThrow({ where: { id } })).state).toBe("EXCLUDED");
  expect(await listQuarantines({ board: arena.board })).toEqual([]);
  expect(await check(arena, { whole: true })).toEqual({ held: 0 });
  expect(await games(arena)).toBe(0);
  await expectExact(arena);
  await expect(listQuarantines({ board: "nowhere" })).rejects.toMatchObject({ code: "not_found" });
});

test("votes of a burst from one address are held back over its voters, and a neighbour's are not", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 4, prompts: 6 });
  const address = "203.0.113.9";
  const burst = await Promise.all(Array.from({ length: 24 }, newVoter));
  for (const voter of burst) await castVotes(arena, voter, 1, { address });
  const neighbour = await newVoter();
  await castVotes(arena, neighbour, 3, { address: "203.0.113.10" });
  for (const voter of [...burst, neighbour]) await likeHumans(voter, HOUR_MS / 2);
  expect(await check(arena)).toEqual({ held: 24 });
  expect(await statuses(neighbour)).toEqual(Array(3).fill("COUNTED"));
  const [open] = await listQuarantines({ board: arena.board });
  expect(open).toMatchObject({ rule: "newcomer_burst", group: "ADDRESS", votes: 24, voters: 24 });
  expect(open.groupKey).toMatch(/^[\w-]{22}$/);
  await expectExact(arena);
});

test("all votes from the address or network of a vote or voter can be excluded, and only those since a time", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 4, prompts: 6 });
  const [one, two, near, far] = [await newVoter(), await newVoter(), await newVoter(), await newVoter()];
  const [known] = await castVotes(arena, one, 2, { address: "198.51.100.1" });
  await castVotes(arena, two, 3, { address: "198.51.100.1" });
  await castVotes(arena, near, 4, { address: "198.51.100.2" });
  await castVotes(arena, far, 5, { address: "198.51.101.1" });
  await likeHumans(one, 3 * HOUR_MS);
  const count = async (selection: object) => {
    const { boards } = await excludeVotes({ ...selection, reason: "x", dryRun: true });
    return boards.reduce((sum, { votes }) => sum + votes, 0);
  };
  expect(await count({ addressOf: [known.voteId] })).toBe(5);
  expect(await count({ addressOf: [two] })).toBe(5);
  expect(await count({ networkOf: [known.voteId] })).toBe(9);
  expect(await count({ networkOf: [two], since: new Date(Date.now() - HOUR_MS) })).toBe(7);
  await excludeVotes({ addressOf: [two], since: new Date(Date.now() - HOUR_MS), reason: "a flood" });
  expect(await statuses(two)).toEqual(Array(3).fill("EXCLUDED"));
  expect(await games(arena)).toBe(11);
  await expectExact(arena);
  const nowhere = await newVoter();
  await castVotes(arena, nowhere, 1);
  await expect(count({ addressOf: [nowhere] })).rejects.toMatchObject({ code: "not_found" });
  await expect(count({ since: new Date() })).rejects.toMatchObject({ code: "invalid_request" });
});

test("on a strict board votes of a new voter wait, and count once it has voted enough for long enough", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 4, prompts: 6 });
  const [person, bot] = [await newVoter(), await newVoter()];
  await setNewVoters({ board: arena.board, newVoters: "wait" });
  const [first] = await castVotes(arena, person, 9);
  expect(first).toMatchObject({ counted: false });
  expect(first.left.eloAfter).toBe(first.left.eloBefore);
  await castVotes(arena, bot, 10);
  await likeHumans(person, 2 * HOUR_MS);
  expect(await games(arena)).toBe(0);
  await check(arena);
  expect(await games(arena)).toBe(0);
  await expectExact(arena);

  // The tenth, an hour after the first.
  await castVotes(arena, person, 1);
  await check(arena);
  expect(await games(arena)).toBe(10);
  expect(await statuses(bot)).toEqual(Array(10).fill("QUARANTINED"));
  const [counted] = await castVotes(arena, person, 1);
  expect(counted.counted).toBe(true);
  await expectExact(arena);

  const late = await newVoter();
  await castVotes(arena, late, 2);
  expect(await db.vote.count({ where: { boardId: arena.boardId, statusReason: NEW_VOTER_REASON } })).toBe(2);
  // No longer strict: what waited counts, what a rule holds back does not.
  expect(await setNewVoters({ board: arena.board, newVoters: "counted" })).toEqual({ released: 2 });
  expect(await games(arena)).toBe(13);
  await expectExact(arena);
});

test("what a waiting vote says of criteria is kept with it, and counted when it is", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 2, prompts: 2 });
  await db.board.update({ where: { id: arena.boardId }, data: { criteria: ["aesthetics"] } });
  await setNewVoters({ board: arena.board, newVoters: "wait" });
  const battle = await createBattle({ board: arena.board, voterId: await newVoter() });
  await castVote({ ...ticketOf(battle), outcome: "left", criteria: { aesthetics: "right" } });
  const counted = () => db.criterionCount.count({ where: { boardId: arena.boardId, votes: { gt: 0 } } });
  expect(await counted()).toBe(0);
  await setNewVoters({ board: arena.board, newVoters: "counted" });
  expect(await counted()).toBe(1);
});

test("a check that is cut off holds back nothing, and the next one all of it; the hourly one asks for every board", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 4, prompts: 6 });
  const bot = await newVoter();
  await castVotes(arena, bot, 10);
  const stopped = AbortSignal.abort(new Error("the worker stops"));
  await expect(checkVotes({ boardId: arena.boardId, now: Date.now() }, db, stopped)).rejects.toThrow("stops");
  expect(await games(arena)).toBe(10);
  expect(await db.quarantine.count({ where: { boardId: arena.boardId } })).toBe(0);
  await requestWholeVoteChecks(db);
  const [{ payload }] = await db.$queryRaw<{ payload: { boardId: string; whole: boolean } }[]>`
    select payload from graphile_worker._private_jobs where key = ${`check-votes:${arena.boardId}:whole`}`;
  await REGISTRY["check-votes"].handle(payload, {
    db,
    log: createLog("fatal"),
    signal: new AbortController().signal,
  } as JobContext);
  expect(await games(arena)).toBe(0);
  expect(await statuses(bot)).toEqual(Array(10).fill("QUARANTINED"));
});
