import { expect, test } from "vitest";
import { excludeVotes } from "@/lib/votes/exclude-votes";
import { includeVotes } from "@/lib/votes/include-votes";
import { replayVotes } from "@/lib/votes/replay-votes";
import { type Tx } from "@/lib/db/client";
import { analyseBoard } from "@/lib/rankings/analyse-board";
import { readBoardAnalysis } from "@/lib/pages/read-board-analysis";
import { readLeaderboard } from "@/lib/pages/read-leaderboard";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { verifyStoredSnapshot } from "@/lib/rankings/verify-snapshot";
import { outcome } from "@/lib/schemas/battles";
import { signText } from "@/lib/secrets/sign";
import { battleFor, concurrently, makeArena, vote, type Arena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();

const run = <T>(work: (tx: Tx) => Promise<T>) =>
  database.db.$transaction(work, { maxWait: 60_000, timeout: 60_000 });
const refit = (arena: Arena) => refitRatings(arena.boardId, database.db);

async function castVotes(arena: Arena, count: number): Promise<string[]> {
  const voteIds: string[] = [];
  for (let i = 0; i < count; i++) {
    const { voteId } = await vote(
      database.db,
      await battleFor(database.db, arena),
      outcome.options[(i * 7) % 4],
    );
    voteIds.push(voteId);
  }
  return voteIds;
}

/** Everything that votes move, of one board. */
async function state(arena: Arena) {
  const where = { boardId: arena.boardId };
  const [pairs, elo] = await Promise.all([
    database.db.pairCount.findMany({
      where,
      orderBy: [{ category: "asc" }, { modelA: "asc" }, { modelB: "asc" }],
    }),
    database.db.eloRating.findMany({ where, orderBy: { modelId: "asc" } }),
  ]);
  return { pairs, elo };
}

async function expectReplayable(arena: Arena) {
  const { elo } = await state(arena);
  const replayed = await replayVotes(arena.boardId, database.db);
  expect(Object.fromEntries(replayed)).toEqual(
    Object.fromEntries(elo.map(({ modelId, rating, games }) => [modelId, { rating, games }])),
  );
}

const games = (pairs: { winsA: number; winsB: number; ties: number; bothBad: number }[]) =>
  pairs.reduce((sum, pair) => sum + pair.winsA + pair.winsB + pair.ties + pair.bothBad, 0);

test("excluding votes leaves counts and Elo as if they had never been cast, and including them restores both", async () => {
  const arena = await makeArena(database.db, { models: 4, prompts: 6 });
  const ids = await castVotes(arena, 24);
  const before = await state(arena);
  const chosen = ids.filter((_, i) => i % 3 === 0);
  const summary = await run((tx) => excludeVotes({ voteIds: chosen, reason: " scripted  clicks " }, tx));
  expect(summary.boards).toMatchObject([
    { board: arena.board, votes: 8, voters: 8, reasons: [{ reason: "scripted clicks", votes: 8 }] },
  ]);
  const without = await state(arena);
  expect(games(without.pairs)).toBe(16);
  expect(without.elo.reduce((sum, row) => sum + row.games, 0)).toBe(32);
  await expectReplayable(arena);

  // The same votes on a board that never saw the others.
  const rest = await database.db.vote.findMany({
    where: { boardId: arena.boardId, status: "COUNTED" },
    include: { battle: { include: { prompt: true } }, events: true },
  });
  for (const pair of without.pairs) {
    const own = rest.filter(
      (vote) =>
        vote.battle.prompt.category === pair.category &&
        [vote.leftModelId, vote.rightModelId].sort().join() === `${pair.modelA},${pair.modelB}`,
    );
    const won = (model: string) =>
      own.filter(
        (vote) =>
          (vote.outcome === "LEFT" && vote.leftModelId === model) ||
          (vote.outcome === "RIGHT" && vote.rightModelId === model),
      ).length;
    expect(pair).toMatchObject({
      winsA: won(pair.modelA),
      winsB: won(pair.modelB),
      ties: own.filter((vote) => vote.outcome === "TIE").length,
      bothBad: own.filter((vote) => vote.outcome === "BOTH_BAD").length,
    });
  }

  expect((await run((tx) => includeVotes({ voteIds: chosen }, tx))).boards).toMatchObject([
    { votes: 8, reasons: [{ reason: "scripted clicks", votes: 8 }] },
  ]);
  expect(await state(arena)).toEqual(before);
});

test("twenty concurrent exclusions and inclusions of one vote leave its count right", async () => {
  const arena = await makeArena(database.db, { models: 2, prompts: 3 });
  const [id] = await castVotes(arena, 3);
  await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      run((tx) =>
        i % 2 === 0
          ? excludeVotes({ voteIds: [id], reason: `reason ${i}` }, tx)
          : includeVotes({ voteIds: [id] }, tx),
      ),
    ),
  );
  const { status } = await database.db.vote.findUniqueOrThrow({ where: { id } });
  expect(games((await state(arena)).pairs)).toBe(status === "COUNTED" ? 3 : 2);
  await expectReplayable(arena);
  await run((tx) => excludeVotes({ voteIds: [id], reason: "once more" }, tx));
  expect(games((await state(arena)).pairs)).toBe(2);
  await run((tx) => includeVotes({ voteIds: [id] }, tx));
  await run((tx) => includeVotes({ voteIds: [id] }, tx));
  expect(games((await state(arena)).pairs)).toBe(3);
});

test("votes cast while a voter's are being excluded are all counted, and the log replays to the stored Elo", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 4, prompts: 6 });
  const first = await battleFor(db, arena);
  const { voterId } = await db.battle.findUniqueOrThrow({ where: { id: first.battleId } });
  await vote(db, first, "left");
  const battles = await concurrently(Array.from({ length: 40 }), (_, i) =>
    battleFor(db, arena, i % 2 === 0 ? voterId : null),
  );
  await concurrently(battles, async (battle, i) => {
    await vote(db, battle, outcome.options[i % 4]);
    if (i % 8 === 0) await run((tx) => excludeVotes({ voters: [voterId], reason: "bot" }, tx));
    // A repeated vote waits for nothing that waits for it.
    if (i % 5 === 0) await vote(db, battle, "tie");
  });
  await expectReplayable(arena);
  const counted = await db.vote.count({ where: { boardId: arena.boardId, status: "COUNTED" } });
  expect(games((await state(arena)).pairs)).toBe(counted);
  expect(counted).toBeGreaterThanOrEqual(20);
});

test("a voter is found by the pseudonym of the exported log, and one that nobody has is an error that changes nothing", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 2, prompts: 4 });
  const { board } = arena;
  await castVotes(arena, 4);
  const { voterId } = await db.vote.findFirstOrThrow({ where: { boardId: arena.boardId } });
  const pseudonym = await signText("voter-pseudonym", voterId);
  await expect(run((tx) => excludeVotes({ voters: ["nobody"], reason: "x" }, tx))).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(run((tx) => excludeVotes({ voteIds: ["vot_0"], reason: "x" }, tx))).rejects.toMatchObject({
    code: "not_found",
  });
  for (const bad of [{ reason: "x" }, { voters: [pseudonym], reason: " " }]) {
    await expect(run((tx) => excludeVotes(bad, tx))).rejects.toMatchObject({ code: "invalid_request" });
  }
  const dry = await run((tx) => excludeVotes({ voters: [pseudonym], reason: "bot", dryRun: true }, tx));
  expect(dry.boards).toMatchObject([{ votes: 1, voters: 1 }]);
  expect(games((await state(arena)).pairs)).toBe(4);
  await run((tx) => excludeVotes({ voters: [pseudonym], reason: "bot" }, tx));
  expect(games((await state(arena)).pairs)).toBe(3);
  expect((await run((tx) => includeVotes({ reason: "another", board }, tx))).boards).toEqual([]);
  expect((await run((tx) => includeVotes({ reason: "bot", board }, tx))).boards).toMatchObject([
    { votes: 1 },
  ]);
  expect(games((await state(arena)).pairs)).toBe(4);
});

test("an exclusion asks for a refit whose snapshot has another hash, says what was left out and still verifies", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 3, prompts: 4 });
  const ids = await castVotes(arena, 20);
  const old = (await refit(arena)).snapshotIds;
  await db.$executeRaw`delete from graphile_worker._private_jobs`;
  await run((tx) => excludeVotes({ voteIds: ids.slice(0, 3), reason: "bot" }, tx));
  await run((tx) => excludeVotes({ voteIds: ids.slice(3, 5), reason: "duplicate" }, tx));
  const waiting = await db.$queryRaw<unknown[]>`
    select 1 from graphile_worker.jobs where key = ${"refit-ratings:" + arena.boardId}`;
  expect(waiting).toHaveLength(1);
  const fresh = (await refit(arena)).snapshotIds;
  for (const id of [...old, ...fresh]) {
    expect(await verifyStoredSnapshot(id, db)).toMatchObject({ ok: true, differences: [] });
  }
  await analyseBoard(arena.boardId, db);
  const analysis = await readBoardAnalysis({ board: arena.board }, db);
  expect(analysis.exclusions).toEqual([
    { reason: "bot", votes: 3 },
    { reason: "duplicate", votes: 2 },
  ]);
  const whole = { boardId: arena.boardId, category: "", control: "" };
  const newest = await db.ratingSnapshot.findFirstOrThrow({ where: whole, orderBy: { createdAt: "desc" } });
  expect(newest.votes).toBe(15);

  // Two votes that would cancel out are still news: what was left out is part of the hash.
  const hashes = new Set((await db.ratingSnapshot.findMany({ where: whole })).map((row) => row.inputsHash));
  expect(hashes.size).toBe(2);
  const details = newest.details as { options: { exclusions: { reason: string; votes: number }[] } };
  details.options.exclusions[0].votes = 4;
  await db.ratingSnapshot.update({ where: { id: newest.id }, data: { details } });
  expect((await verifyStoredSnapshot(newest.id, db)).differences.join()).toContain("excluded votes");
});

test("a board whose every vote is excluded ranks nobody", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 2, prompts: 4 });
  const ids = await castVotes(arena, 5);
  await refit(arena);
  await run((tx) => excludeVotes({ voteIds: ids, reason: "a dry run" }, tx));
  for (const id of (await refit(arena)).snapshotIds) {
    expect(await verifyStoredSnapshot(id, db)).toMatchObject({ ok: true, votes: 0 });
  }
  const { rows, snapshot } = await readLeaderboard({ board: arena.board }, db);
  expect(snapshot?.votes).toBe(0);
  expect(rows.map((row) => [row.rank, row.elo])).toEqual([
    [null, null],
    [null, null],
  ]);
  expect((await refit(arena)).snapshotIds).toEqual([]);
  await vote(db, await battleFor(db, arena), "left");
  await expectReplayable(arena);
});
