import { beforeAll, beforeEach, expect, test } from "vitest";
import { createBattle } from "@/lib/battles/create-battle";
import { editBoard } from "@/lib/board-settings/edit-board";
import { readRevision } from "@/lib/edits/claim-edit";
import { createLiveBattle } from "@/lib/battles/create-live-battle";
import { exportVotes } from "@/lib/votes/export-votes";
import { excludeVotes } from "@/lib/votes/exclude-votes";
import { includeVotes } from "@/lib/votes/include-votes";
import { findBoard } from "@/lib/boards/find-board";
import { readLeaderboard } from "@/lib/pages/read-leaderboard";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { verifyStoredSnapshot } from "@/lib/rankings/verify-snapshot";
import type { BattleView, Outcome, VoteResponse } from "@/lib/schemas/battles";
import { checkElo } from "@/lib/votes/check-elo";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { makeArena, vote, type Arena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
let arena: Arena;
let voterId: string;

beforeAll(() => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
});
beforeEach(async () => {
  arena = await makeArena(database.db, { models: 2, prompts: 6, endpoints: true });
  voterId = (await ensureVoter(null, database.db)).voterId;
});

/** The first model wins, or the second. */
async function cast(battle: BattleView, winner: 0 | 1): Promise<VoteResponse> {
  const { leftModelId } = await database.db.battle.findUniqueOrThrow({ where: { id: battle.battleId } });
  const outcome: Outcome = leftModelId === arena.models[winner].id ? "left" : "right";
  return vote(database.db, battle, outcome);
}
async function castStored(winner: 0 | 1) {
  const board = await findBoard(arena.board, database.db);
  const { voterId } = await ensureVoter(null, database.db);
  return cast(
    await database.db.$transaction((tx) => createBattle({ board: board.slug, voterId }, tx)),
    winner,
  );
}
/** On the voter's own prompt, whose images are drawn already. */
async function castLive(winner: 0 | 1) {
  const board = await findBoard(arena.board, database.db);
  const battle = await database.db.$transaction((tx) =>
    createLiveBattle(
      { board: { ...board, livePrompts: true }, voterId, from: null, prompt: "a red fox" },
      tx,
    ),
  );
  await database.db.battle.update({ where: { id: battle.battleId }, data: { state: "READY" } });
  return cast(battle, winner);
}
async function count(countsLiveVotes: boolean) {
  const { id } = await findBoard(arena.board, database.db);
  const version = await readRevision({ kind: "board", id }, database.db);
  await editBoard({ slug: arena.board, changes: { version, countsLiveVotes }, by: "operator" });
}
const newest = (category: string) =>
  database.db.ratingSnapshot.findFirst({
    where: { boardId: arena.boardId, category, control: "" },
    orderBy: { createdAt: "desc" },
  });
const elo = () =>
  database.db.eloRating.findMany({ where: { boardId: arena.boardId }, orderBy: { modelId: "asc" } });
async function everythingVerifies() {
  const snapshots = await database.db.ratingSnapshot.findMany({ where: { boardId: arena.boardId } });
  for (const { id } of snapshots)
    expect((await verifyStoredSnapshot(id, database.db)).differences).toEqual([]);
  expect((await checkElo(arena.boardId, database.db)).differences).toEqual([]);
}

test("votes on visitors' own prompts move neither ranking nor Elo, and have a fit of their own", async () => {
  for (let i = 0; i < 4; i++) await castStored(0);
  await refitRatings(arena.boardId, database.db);
  const [before, eloBefore] = [await newest(""), await elo()];
  for (let i = 0; i < 3; i++) expect(await castLive(1)).toMatchObject({ counted: true, apart: true });
  await refitRatings(arena.boardId, database.db);
  expect((await newest(""))!.id).toBe(before!.id);
  expect(await elo()).toEqual(eloBefore);
  expect(await newest("live")).toMatchObject({ votes: 3 });
  const board = await readLeaderboard({ board: arena.board }, database.db);
  expect(board).toMatchObject({ apartVotes: 3, snapshot: { votes: 4 } });
  expect(board.categories).toContain("live");
  expect(board.rows[0].model).toBe(arena.models[0].slug);
  const live = await readLeaderboard({ board: arena.board, category: "live" }, database.db);
  expect(live.rows[0].model).toBe(arena.models[1].slug);
  await everythingVerifies();
});

test("where the board counts them they move both, and taking that back undoes it to the last bit", async () => {
  for (let i = 0; i < 4; i++) await castStored(0);
  for (let i = 0; i < 3; i++) await castLive(1);
  await refitRatings(arena.boardId, database.db);
  const [apart, eloApart] = [await newest(""), await elo()];
  await count(true);
  await refitRatings(arena.boardId, database.db);
  expect(await newest("")).toMatchObject({ votes: 7 });
  expect((await elo()).reduce((games, row) => games + row.games, 0)).toBe(14);
  expect(await castLive(1)).toMatchObject({ counted: true, apart: false });
  await refitRatings(arena.boardId, database.db);
  expect(await newest("")).toMatchObject({ votes: 8 });
  expect(await readLeaderboard({ board: arena.board }, database.db)).toMatchObject({ apartVotes: 0 });
  await everythingVerifies();

  await count(false);
  await refitRatings(arena.boardId, database.db);
  expect((await newest(""))!.inputsHash).toBe(apart!.inputsHash);
  expect(await elo()).toEqual(eloApart);
  await everythingVerifies();
});

test("a vote that counts apart is excluded and included again without touching the rest", async () => {
  for (let i = 0; i < 4; i++) await castStored(0);
  const { voteId } = await castLive(1);
  const eloBefore = await elo();
  for (const change of [
    () => excludeVotes({ voteIds: [voteId], reason: "robot" }),
    () => includeVotes({ voteIds: [voteId] }),
  ]) {
    await change();
    await refitRatings(arena.boardId, database.db);
    expect(await elo()).toEqual(eloBefore);
    expect(await newest("")).toMatchObject({ votes: 4 });
  }
  await everythingVerifies();
});

test("a snapshot's exported votes are those it was made from", async () => {
  for (let i = 0; i < 2; i++) await castStored(0);
  await castLive(1);
  await refitRatings(arena.boardId, database.db);
  const rows = async (snapshot: string | undefined) => {
    let csv = "";
    for await (const piece of await exportVotes({ board: arena.board, format: "csv", snapshot }, database.db))
      csv += String(piece);
    return csv.trim().split("\n").length - 1;
  };
  expect(await rows((await newest(""))!.id)).toBe(2);
  expect(await rows((await newest("live"))!.id)).toBe(1);
  expect(await rows(undefined)).toBe(3);
});
