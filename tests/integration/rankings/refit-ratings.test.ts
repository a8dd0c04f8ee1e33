import { expect, test } from "vitest";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { CLUSTER_LABELS } from "@/lib/rankings/clustered-log";
import { exportVotes } from "@/lib/votes/export-votes";
import { analyseBoard } from "@/lib/rankings/analyse-board";
import { readBoardAnalysis } from "@/lib/pages/read-board-analysis";
import { readLeaderboard } from "@/lib/pages/read-leaderboard";
import { readModel } from "@/lib/pages/read-model";
import { readRatingHistory } from "@/lib/rankings/rating-history";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { snapshotDetails, unpackCovariance } from "@/lib/snapshots/snapshot-details";
import { verifyStoredSnapshot } from "@/lib/rankings/verify-snapshot";
import { measureDependence } from "@/lib/ratings/dependence";
import { countPairs } from "@/lib/ratings/pair-counts";
import { buildSnapshot, buildSnapshotFromVotes } from "@/lib/ratings/snapshot";
import { verifySnapshot } from "@/lib/ratings/analysis/snapshot-differences";
import { fitPairs } from "@/lib/ratings/tie-fit";
import { voteColumns } from "@/lib/ratings/log/vote-columns";
import { readVoteLog } from "@/lib/ratings/log/vote-log";
import { outcome } from "@/lib/schemas/battles";
import { battleFor, concurrently, makeArena, vote, type Arena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
const refit = (arena: Arena) => refitRatings(arena.boardId, database.db);

async function castVotes(arena: Arena, votes: number): Promise<void> {
  const { db } = database;
  for (let i = 0; i < votes; i++) await vote(db, await battleFor(db, arena), outcome.options[(i * i) % 4]);
}

/** A board's log in the order of its events, read apart from the code under test. */
async function readLog(arena: Arena, category = "") {
  const events = await database.db.ratingEvent.findMany({
    where: { boardId: arena.boardId },
    orderBy: { seq: "asc" },
    include: { vote: { include: { battle: { include: { prompt: true } } } } },
  });
  return events
    .filter(({ vote }) => category === "" || vote.battle.prompt.category === category)
    .map(({ vote }) => ({
      a: vote.leftModelId,
      b: vote.rightModelId,
      outcome: ({ LEFT: "a", RIGHT: "b", TIE: "tie", BOTH_BAD: "both_bad" } as const)[vote.outcome],
      voter: vote.voterId,
      prompt: vote.battle.promptId,
    }));
}

/** `voters` voters who each always prefer one side, a different one, and cast `each` votes. */
async function castByVoters(arena: Arena, voters: number, each: number): Promise<void> {
  const { db } = database;
  for (let v = 0; v < voters; v++) {
    const { voterId } = await ensureVoter(null, db);
    const favourite = arena.models[v % arena.models.length].id;
    for (let k = 0; k < each; k++) {
      const battle = await battleFor(db, arena, voterId);
      const { leftModelId, rightModelId } = await db.battle.findUniqueOrThrow({
        where: { id: battle.battleId },
      });
      const choice = leftModelId === favourite ? "left" : rightModelId === favourite ? "right" : "tie";
      await vote(db, battle, choice);
    }
  }
}

test("a snapshot holds what buildSnapshot makes of the vote log, for the board and each category", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 4, prompts: 6 });
  await castVotes(arena, 40);
  await refit(arena);
  const models = arena.models.map((model) => model.id);
  for (const category of ["", "counting", "colour"]) {
    const log = await readLog(arena, category);
    const { table, votes } = voteColumns(log, CLUSTER_LABELS, models);
    const { excess, ...summary } = measureDependence(fitPairs(table, "half"), votes, CLUSTER_LABELS);
    const dependence = { votes: log.length, ...summary };
    const expected = buildSnapshot(countPairs(log), models, { dependence }, excess);
    const stored = await db.ratingSnapshot.findFirstOrThrow({
      where: { boardId: arena.boardId, category },
      include: { rows: true },
    });
    expect(stored).toMatchObject({ votes: log.length, inputsHash: expected.inputsHash });
    unpackCovariance(stored.covariance).forEach((v, at) =>
      expect(v).toBeCloseTo(expected.covariance[at], 12),
    );
    const rows = stored.rows.map(({ snapshotId: _, modelId, ...row }) => ({ model: modelId, ...row }));
    expect(verifySnapshot({ ...stored, rows }, expected)).toEqual([]);
  }
});

test("a board's intervals are clustered by voter once there are voters enough, and speak of its prompts alone while there are few", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 4, prompts: 4 });
  await castByVoters(arena, 20, 5);
  const [id] = (await refit(arena)).snapshotIds;
  const stored = await db.ratingSnapshot.findUniqueOrThrow({ where: { id }, include: { rows: true } });
  const { options } = snapshotDetails.parse(stored.details);
  expect(options.dependence).toMatchObject({
    votes: 100,
    clusters: [
      { label: "voter", clusters: 20, effective: 20, used: true },
      { label: "prompt", clusters: 4, used: false },
    ],
  });
  const models = arena.models.map((model) => model.id);
  const log = await readLog(arena);
  const { rows } = buildSnapshotFromVotes(log, models, {
    ...options,
    dependence: undefined,
    cluster: ["voter"],
  });
  const alone = buildSnapshot(countPairs(log), models, { ...options, dependence: undefined });
  for (const { modelId, se, rankLow, rankHigh } of stored.rows) {
    const row = rows.find(({ model }) => model === modelId)!;
    expect(se).toBeCloseTo(row.se, 9);
    expect([rankLow, rankHigh]).toEqual([row.rankLow, row.rankHigh]);
    expect(se).toBeGreaterThan(alone.rows.find(({ model }) => model === modelId)!.se * 1.2);
  }
  expect((await verifyStoredSnapshot(id, db)).differences).toEqual([]);

  // One vote more is no reason to read the log again, and the snapshot says at which event it was read.
  await castByVoters(arena, 1, 1);
  const [later] = (await refit(arena)).snapshotIds;
  const next = snapshotDetails.parse(
    (await db.ratingSnapshot.findUniqueOrThrow({ where: { id: later } })).details,
  );
  expect(next.options.dependence).toEqual(options.dependence);
  expect(next.dependenceEvent).toBeLessThan(next.lastEvent);
  expect((await verifyStoredSnapshot(later, db)).differences).toEqual([]);
  await castByVoters(arena, 1, 2);
  const [third] = (await refit(arena)).snapshotIds;
  const measured = snapshotDetails.parse(
    (await db.ratingSnapshot.findUniqueOrThrow({ where: { id: third } })).details,
  );
  expect(measured.options.dependence).toMatchObject({ votes: 103, clusters: [{ clusters: 22 }, {}] });

  const board = await readLeaderboard({ board: arena.board }, db);
  expect(board.snapshot!.intervals).toMatchObject({
    clusteredBy: ["voter"],
    clusters: [
      { label: "voter", clusters: 22 },
      { label: "prompt", clusters: 4 },
    ],
  });

  const two = await db.vote.findMany({ where: { boardId: arena.boardId }, distinct: ["voterId"], take: 2 });
  await db.vote.updateMany({ where: { voterId: two[0].voterId }, data: { voterId: two[1].voterId } });
  expect((await verifyStoredSnapshot(id, db)).differences.join()).toContain("clusters: stored 20 by voter");
});

test("a refit without news makes no snapshot, and two at once make one", async () => {
  const arena = await makeArena(database.db, { models: 3, prompts: 4 });
  expect((await refit(arena)).snapshotIds).toEqual([]);
  await castVotes(arena, 6);
  const made = (await Promise.all([refit(arena), refit(arena)])).map((result) => result.snapshotIds);
  expect(made.filter((ids) => ids.length > 0)).toHaveLength(1);
  expect((await refit(arena)).snapshotIds).toEqual([]);
});

test("refits among concurrent votes each match the vote log up to their own last event", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 4, prompts: 6 });
  const battles = await concurrently(Array.from({ length: 60 }), () => battleFor(db, arena));
  await concurrently(battles, async (battle, i) => {
    await vote(db, battle, outcome.options[i % 4]);
    if (i % 12 === 0) await refit(arena);
  });
  await refit(arena);
  const snapshots = await db.ratingSnapshot.findMany({
    where: { boardId: arena.boardId },
    orderBy: { createdAt: "asc" },
  });
  for (const { id } of snapshots) {
    expect(await verifyStoredSnapshot(id, db)).toMatchObject({ ok: true, differences: [] });
  }
  expect(snapshots.filter((snapshot) => snapshot.category === "").at(-1)?.votes).toBe(60);
});

test("verifying tells of a changed rating, and of a changed log", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 3, prompts: 4 });
  await castVotes(arena, 12);
  const [id] = (await refit(arena)).snapshotIds;
  const row = await db.ratingSnapshotRow.findFirstOrThrow({ where: { snapshotId: id } });
  const where = { snapshotId_modelId: { snapshotId: id, modelId: row.modelId } };
  await db.ratingSnapshotRow.update({ where, data: { rating: row.rating + 1e-6 } });
  const changed = await verifyStoredSnapshot(id, db);
  expect(changed.ok).toBe(false);
  expect(changed.differences.join()).toContain(row.modelId);
  await db.ratingSnapshotRow.update({ where, data: { rating: row.rating } });
  expect((await verifyStoredSnapshot(id, db)).ok).toBe(true);

  const one = await db.vote.findFirstOrThrow({ where: { boardId: arena.boardId, outcome: "LEFT" } });
  await db.vote.update({ where: { id: one.id }, data: { outcome: "RIGHT" } });
  expect((await verifyStoredSnapshot(id, db)).differences.join()).toContain("inputsHash");
});

test("a board is readable empty, with one model, and before any vote", async () => {
  const { db } = database;
  const empty = await makeArena(db, { models: 0, prompts: 2 });
  expect(await readLeaderboard({ board: empty.board }, db)).toMatchObject({
    snapshot: null,
    rows: [],
    categories: ["colour", "counting"],
  });
  for (const models of [1, 3]) {
    const arena = await makeArena(db, { models, prompts: 2 });
    expect((await refit(arena)).snapshotIds).toEqual([]);
    const board = await readLeaderboard({ board: arena.board }, db);
    expect(board.snapshot).toBeNull();
    expect(board.rows).toHaveLength(models);
    for (const row of board.rows) {
      expect(row).toMatchObject({ rank: null, rating: null, winRate: null, votes: 0, elo: null });
    }
    expect(await readBoardAnalysis({ board: arena.board }, db)).toMatchObject({ models: [], pairs: [] });
    expect(await readRatingHistory({ board: arena.board }, db)).toEqual({ models: [], points: [] });
    const page = await readModel({ slug: arena.models[0].slug }, db);
    expect(page).toMatchObject({ row: null, headToHead: [], history: [] });
    // Its samples are of prompts in the arena, and shown with a name nowhere.
    expect(page.samples).toEqual([]);
  }
  await expect(readLeaderboard({ board: "nowhere" }, db)).rejects.toMatchObject({ code: "not_found" });
});

test("a board shows its newest snapshot best first, cut by category on demand, and what a run measured", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 3, prompts: 4 });
  await castVotes(arena, 24);
  await refit(arena);
  const run = await db.run.findFirstOrThrow({ where: { modelId: arena.models[0].id } });
  await db.metricResult.create({
    data: {
      id: `mtr_${arena.board}`,
      runId: run.id,
      metric: "fd-toybox",
      protocolHash: "p",
      protocol: {},
      value: 12.5,
      n: 4,
    },
  });
  const board = await readLeaderboard({ board: arena.board }, db);
  expect(board.snapshot?.votes).toBe(24);
  expect(board.rows.reduce((sum, row) => sum + row.votes, 0)).toBe(48);
  const ratings = board.rows.map((row) => row.rating!);
  expect(ratings).toEqual([...ratings].sort((x, y) => y - x));
  const first = board.rows.find((row) => row.modelId === arena.models[0].id);
  expect(first).toMatchObject({
    metrics: { "fd-toybox": { value: 12.5, low: null, n: 4, protocol: "p" } },
    medianLatencyMs: 100,
  });
  const cut = await readLeaderboard({ board: arena.board, category: "colour" }, db);
  expect(cut.snapshot!.votes).toBeLessThan(24);
  await expect(readLeaderboard({ board: arena.board, category: "feet" }, db)).rejects.toMatchObject({
    code: "invalid_request",
  });

  await analyseBoard(arena.boardId, db);
  const analysis = await readBoardAnalysis({ board: arena.board }, db);
  expect(analysis.models.map((model) => model.slug)).toEqual(board.rows.map((row) => row.model));
  for (const pair of analysis.pairs) {
    const back = analysis.pairs.find((other) => other.a === pair.b && other.b === pair.a)!;
    expect(pair.predicted + back.predicted).toBeCloseTo(1, 12);
    expect([pair.wins, pair.losses]).toEqual([back.losses, back.wins]);
    expect(pair.wins + pair.losses + pair.ties + pair.bothBad).toBe(pair.games);
  }
  const page = await readModel({ slug: board.rows[0].model }, db);
  expect(page.headToHead.map((row) => row.opponent.slug)).toEqual(
    board.rows.slice(1).map((row) => row.model),
  );
  const predicted = analysis.pairs.find(
    (pair) => pair.a === board.rows[0].model && pair.b === board.rows[1].model,
  )!.predicted;
  expect(page.headToHead[0].predicted).toBeCloseTo(predicted, 9);
  expect(page.history).toHaveLength(1);
});

test("the exported log reads back as the board's votes, those left out with the reason, without a voter's id", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 3, prompts: 4 });
  await castVotes(arena, 10);
  const excluded = await db.vote.findFirstOrThrow({ where: { boardId: arena.boardId } });
  await db.vote.update({ where: { id: excluded.id }, data: { status: "EXCLUDED", statusReason: "a bot" } });
  for (const format of ["csv", "jsonl"] as const) {
    let text = "";
    for await (const piece of await exportVotes({ board: arena.board, format }, db)) text += piece;
    const all: { a: string; b: string; outcome: string; voter?: string; excluded?: string }[] = [];
    const reader = readVoteLog((vote) => all.push(vote));
    reader.push(text);
    reader.end();
    expect(all.flatMap((vote) => vote.excluded ?? [])).toEqual(["a bot"]);
    const read = all.filter((vote) => vote.excluded === undefined);
    expect(read).toHaveLength(9);
    for (const { voterId } of await db.vote.findMany({ where: { boardId: arena.boardId } })) {
      expect(text).not.toContain(voterId);
    }
    const stored = await db.vote.findMany({ where: { boardId: arena.boardId, status: "COUNTED" } });
    expect(read.filter((vote) => vote.outcome === "a")).toHaveLength(
      stored.filter((vote) => vote.outcome === "LEFT").length,
    );
    expect(new Set(read.map((vote) => vote.voter)).size).toBe(9);
  }
});
