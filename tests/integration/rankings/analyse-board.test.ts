import { expect, test } from "vitest";
import { GET } from "@/app/api/v1/leaderboards/[board]/analysis/route";
import { hideModel } from "@/lib/models/hide-model";
import { readBoardAnalysis } from "@/lib/pages/read-board-analysis";
import { readModel } from "@/lib/pages/read-model";
import { requestAnalyses } from "@/lib/queue/requests/request-analysis";
import { analyseBoard } from "@/lib/rankings/analyse-board";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { outcome } from "@/lib/schemas/battles";
import { boardAnalysisResponse } from "@/lib/schemas/board-analysis";
import { findAnalysis, storeAnalysis } from "@/lib/snapshots/snapshot-analysis";
import { battleFor, makeArena, vote, type Arena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();

async function castVotes(arena: Arena, votes: number): Promise<void> {
  const { db } = database;
  for (let i = 0; i < votes; i++) await vote(db, await battleFor(db, arena), outcome.options[(i * i) % 4]);
}

/** A board with votes in two categories and its ranking. */
async function rankedBoard(votes = 12): Promise<Arena> {
  const arena = await makeArena(database.db, { models: 3, prompts: 4 });
  await castVotes(arena, votes);
  await refitRatings(arena.boardId, database.db);
  return arena;
}

const newest = ({ boardId }: Arena, category = "") =>
  database.db.ratingSnapshot.findFirstOrThrow({
    where: { boardId, category, control: "" },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });

const waiting = ({ boardId }: Arena) =>
  database.db.$queryRaw<{ attempts: number }[]>`
    select attempts from graphile_worker.jobs where key = ${"analyse-board:" + boardId}`;

test("refits ask for one analysis, and the job keeps it with the ranking it is of, once", async () => {
  const { db } = database;
  const arena = await rankedBoard();
  await castVotes(arena, 1);
  await refitRatings(arena.boardId, db);
  expect(await waiting(arena)).toHaveLength(1);

  expect((await analyseBoard(arena.boardId, db)).categories).toEqual(["", "colour", "counting"]);
  const snapshot = await newest(arena);
  const analysis = await readBoardAnalysis({ board: arena.board }, db);
  expect(analysis.snapshot).toMatchObject({ id: snapshot.id, votes: 13 });
  expect(analysis.pairs).toHaveLength(6);
  expect(analysis.power).toHaveLength(2);
  expect(analysis.methods[0]).toMatchObject({ own: true });
  expect(analysis.methods.at(-1)?.name).toBe("elo");
  const colour = await readBoardAnalysis({ board: arena.board, category: "colour" }, db);
  expect(colour.snapshot?.id).toBe((await newest(arena, "colour")).id);

  const rows = await db.snapshotAnalysis.findMany({ where: { boardId: arena.boardId } });
  expect((await analyseBoard(arena.boardId, db)).categories).toEqual([]);
  expect(await db.snapshotAnalysis.findMany({ where: { boardId: arena.boardId } })).toEqual(rows);
  await expect(analyseBoard("brd_nowhere", db)).rejects.toMatchObject({ code: "not_found" });
});

test("votes that came after the ranking are not in its analysis", async () => {
  const { db } = database;
  const arena = await rankedBoard();
  await castVotes(arena, 5);
  await analyseBoard(arena.boardId, db);
  const { snapshot, pairs } = await readBoardAnalysis({ board: arena.board }, db);
  expect(snapshot?.votes).toBe(12);
  expect(pairs.reduce((sum, { games }) => sum + games, 0)).toBe(2 * 12);
});

test("a page and the API show what is stored, fit nothing, and without it say that there is none", async () => {
  const { db } = database;
  (globalThis as { salonDb?: unknown }).salonDb = db;
  const arena = await rankedBoard();
  const ask = async () => {
    const url = `http://salon.test/api/v1/leaderboards/${arena.board}/analysis`;
    const response = await GET(new Request(url), { params: Promise.resolve({ board: arena.board }) });
    return boardAnalysisResponse.parse(await response.json());
  };
  const headToHead = async () => (await readModel({ slug: arena.models[0].slug }, db)).headToHead[0];
  expect(await ask()).toEqual({
    snapshot: null,
    models: [],
    pairs: [],
    methods: [],
    fragility: null,
    power: [],
    exclusions: [],
    ties: null,
    notes: [],
  });
  expect((await headToHead()).predicted).toBeNull();

  await analyseBoard(arena.boardId, db);
  const found = await findAnalysis(arena.boardId, "", db);
  const analysis = structuredClone(found!.analysis);
  for (const pair of analysis.pairs) pair.predicted = 0.125;
  await db.snapshotAnalysis.update({ where: { snapshotId: found!.snapshot.id }, data: { analysis } });
  expect((await ask()).pairs.map(({ predicted }) => predicted)).toEqual(Array(6).fill(0.125));
  expect((await headToHead()).predicted).toBe(0.125);
});

test("a job that is stopped in the middle keeps what it has, and the next one does the rest", async () => {
  const { db } = database;
  const arena = await rankedBoard();
  const stop = new AbortController();
  let running: Promise<unknown> | undefined;
  await db.$transaction(
    async (tx) => {
      await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${"salon-analysis:" + arena.boardId}, 0))`;
      running = analyseBoard(arena.boardId, db, stop.signal);
      running.catch(() => undefined);
      await untilHeldUp();
      stop.abort(new Error("the worker stops"));
    },
    { timeout: 60_000 },
  );
  await expect(running).rejects.toThrow("the worker stops");
  expect((await readBoardAnalysis({ board: arena.board }, db)).models).toHaveLength(3);
  expect(await db.snapshotAnalysis.count({ where: { boardId: arena.boardId } })).toBe(1);
  expect((await analyseBoard(arena.boardId, db)).categories).toEqual(["colour", "counting"]);
}, 120_000);

/** Until somebody waits for an advisory lock. */
async function untilHeldUp(): Promise<void> {
  for (;;) {
    const [{ held }] = await database.db.$queryRaw<{ held: number }[]>`
      select count(*)::int as held from pg_locks l join pg_database d on d.oid = l.database
      where l.locktype = 'advisory' and not l.granted and d.datname = current_database()`;
    if (held > 0) return;
  }
}

test("a ranking that is made while an older one is analysed gets its own analysis next, and the older never replaces it", async () => {
  const { db } = database;
  const arena = await rankedBoard();
  const older = await newest(arena);
  let running: Promise<unknown> | undefined;
  await db.$transaction(
    async (tx) => {
      await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${"salon-analysis:" + arena.boardId}, 0))`;
      running = analyseBoard(arena.boardId, db);
      await untilHeldUp();
      await castVotes(arena, 3);
      await refitRatings(arena.boardId, db);
    },
    { timeout: 60_000 },
  );
  await running;
  const read = async () => (await readBoardAnalysis({ board: arena.board }, db)).snapshot;
  expect(await read()).toMatchObject({ id: older.id, votes: 12 });
  const { analysis } = (await findAnalysis(arena.boardId, "", db))!;

  expect(await waiting(arena)).toHaveLength(1);
  await analyseBoard(arena.boardId, db);
  const newer = await newest(arena);
  expect(await read()).toMatchObject({ id: newer.id, votes: 15 });
  const late = { boardId: arena.boardId, category: "", snapshotId: older.id, analysis };
  expect(await db.$transaction((tx) => storeAnalysis(late, tx))).toBe(false);
  expect(await read()).toMatchObject({ id: newer.id });

  // Thinned while it was analysed.
  await db.ratingSnapshot.delete({ where: { id: older.id } });
  expect(await db.$transaction((tx) => storeAnalysis(late, tx))).toBe(false);
  expect(await read()).toMatchObject({ id: newer.id });
}, 120_000);

test("an analysis that names a model which was hidden since is not shown, and the next one is without it", async () => {
  const { db } = database;
  const arena = await rankedBoard();
  await analyseBoard(arena.boardId, db);
  const { slug } = arena.models[0];
  await hideModel({ slug, by: "operator" }, db);
  expect(await readBoardAnalysis({ board: arena.board }, db)).toMatchObject({ snapshot: null, models: [] });
  await refitRatings(arena.boardId, db);
  await analyseBoard(arena.boardId, db);
  const { models } = await readBoardAnalysis({ board: arena.board }, db);
  expect(models.map((model) => model.slug).sort()).toEqual(
    arena.models
      .slice(1)
      .map((model) => model.slug)
      .sort(),
  );
});

test("a board from before there were analyses is asked for one", async () => {
  const { db } = database;
  const arena = await rankedBoard();
  await db.$executeRaw`delete from graphile_worker._private_jobs`;
  await db.$transaction((tx) => requestAnalyses(tx));
  expect(await waiting(arena)).toHaveLength(1);
});
