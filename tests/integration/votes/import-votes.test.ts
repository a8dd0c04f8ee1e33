import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { arenaPool } from "@/lib/battles/arena-pool";
import { excludeVotes } from "@/lib/votes/exclude-votes";
import { replayVotes } from "@/lib/votes/replay-votes";
import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import { exportVotes } from "@/lib/votes/export-votes";
import { importVotes } from "@/lib/votes/import-votes";
import { readLeaderboard } from "@/lib/pages/read-leaderboard";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { verifyStoredSnapshot } from "@/lib/rankings/verify-snapshot";
import { gamesOf, mergePairCounts, type PairCount } from "@/lib/ratings/pair-counts";
import { outcome } from "@/lib/schemas/battles";
import { battleFor, makeArena, vote, type Arena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const origin = useTestDatabase();
const copy = useTestDatabase();

/** A log in memory, handed out in pieces that cut lines and characters in two. */
const sourceOf = (text: string, format: "csv" | "jsonl" = "csv") => ({
  name: `log.${format}`,
  open: async function* () {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += 7_001) yield bytes.subarray(at, at + 7_001);
  },
});

const importText = (db: Db, arena: Arena, text: string, format: "csv" | "jsonl" = "csv") =>
  db.$transaction((tx: Tx) => importVotes({ board: arena.board, source: sourceOf(text, format) }, tx), {
    maxWait: 60_000,
    timeout: 60_000,
  });

async function exported(db: Db, arena: Arena, format: "csv" | "jsonl" = "csv"): Promise<string> {
  let text = "";
  for await (const piece of await exportVotes({ board: arena.board, format }, db)) text += piece;
  return text;
}

/** A board's counts, Elo and ratings under names that both databases share. */
async function state(db: Db, arena: Arena) {
  await refitRatings(arena.boardId, db);
  const models = await db.model.findMany({ select: { id: true, name: true } });
  const nameOf = new Map(models.map((model) => [model.id, model.name]));
  const counts = new Map<string, PairCount[]>();
  for (const row of await db.pairCount.findMany({ where: { boardId: arena.boardId } })) {
    const { category, modelA, modelB, winsA, winsB, ties, bothBad } = row;
    const own = { a: nameOf.get(modelA)!, b: nameOf.get(modelB)!, winsA, winsB, ties, bothBad };
    counts.set(category, [...(counts.get(category) ?? []), own]);
  }
  const elo = await db.eloRating.findMany({ where: { boardId: arena.boardId } });
  const { rows } = await readLeaderboard({ board: arena.board }, db);
  return {
    counts: Object.fromEntries([...counts].sort().map(([name, list]) => [name, votesOf(list)])),
    elo: Object.fromEntries(elo.map((row) => [nameOf.get(row.modelId), [row.rating, row.games]])),
    rows: new Map(rows.filter((row) => row.rank !== null).map((row) => [row.name, row])),
  };
}

/** Pairs whose every vote was excluded have a row with nothing in it. */
const votesOf = (counts: PairCount[]) => mergePairCounts(counts).filter((count) => gamesOf(count) > 0);

const tallies = async (db: Db) => ({
  votes: await db.vote.count(),
  battles: await db.battle.count(),
  models: await db.model.count(),
  voters: await db.voter.count(),
  prompts: await db.prompt.count(),
  events: await db.ratingEvent.count(),
  imports: await db.voteImport.count(),
  counts: await db.pairCount.count(),
});

test("an exported log imported into a fresh database gives the same pair counts, the same Elo and the same ratings to 1e-9", async () => {
  const arena = await makeArena(origin.db, { models: 4, prompts: 6 });
  const voteIds: string[] = [];
  for (let i = 0; i < 40; i++) {
    const { voteId } = await vote(origin.db, await battleFor(origin.db, arena), outcome.options[(i * 7) % 4]);
    voteIds.push(voteId);
  }
  await inTransaction(
    (tx) => excludeVotes({ voteIds: voteIds.slice(0, 5), reason: 'said "no", twice' }, tx),
    origin.db,
  );
  const there = await state(origin.db, arena);
  for (const format of ["csv", "jsonl"] as const) {
    const fresh = await makeArena(copy.db, { models: 0, prompts: 6 });
    const log = await exported(origin.db, arena, format);
    const summary = await importText(copy.db, fresh, log, format);
    expect(summary).toMatchObject({
      votes: 40,
      excluded: [{ reason: 'said "no", twice', votes: 5 }],
      already: false,
    });
    const here = await state(copy.db, fresh);
    expect(here.counts).toEqual(there.counts);
    expect(here.elo).toEqual(there.elo);
    expect([...here.rows.keys()].sort()).toEqual([...there.rows.keys()].sort());
    for (const [name, row] of there.rows) {
      const other = here.rows.get(name)!;
      for (const key of ["rating", "ratingLow", "ratingHigh"] as const) {
        expect(Math.abs(other[key]! - row[key]!)).toBeLessThan(1e-9);
      }
      expect([other.rank, other.rankLow, other.rankHigh]).toEqual([row.rank, row.rankLow, row.rankHigh]);
    }
    const replayed = await replayVotes(fresh.boardId, copy.db);
    const stored = await copy.db.eloRating.findMany({ where: { boardId: fresh.boardId } });
    expect(replayed.size).toBe(stored.length);
    for (const row of stored) expect(replayed.get(row.modelId)).toMatchObject({ rating: row.rating });
    for (const { id } of await copy.db.ratingSnapshot.findMany({ where: { boardId: fresh.boardId } })) {
      expect(await verifyStoredSnapshot(id, copy.db)).toMatchObject({ ok: true, differences: [] });
    }
    // What was imported reads back as what was imported, but for the voters' pseudonyms.
    const lines = (text: string) =>
      text.split("\n").map((line) => line.replace(/[A-Za-z0-9_-]{22}/, "voter"));
    expect(lines(await exported(copy.db, fresh, format))).toEqual(lines(log));
    // The next format starts again.
    for (const model of await copy.db.model.findMany()) {
      await copy.db.model.update({
        where: { id: model.id },
        data: { slug: `${format}-${model.slug}`, name: "old" },
      });
    }
  }
});

test("the same bytes imported again add nothing, even at the same moment", async () => {
  const { db } = copy;
  const arena = await makeArena(db, { models: 0, prompts: 2 });
  const text = "model_a,model_b,winner,judge\nX 1,Y 2,model_a,j\nY 2,X 1,tie,k\n";
  const both = await Promise.all([importText(db, arena, text), importText(db, arena, text)]);
  expect(both.map((summary) => summary.already).sort()).toEqual([false, true]);
  const before = await tallies(db);
  expect(await importText(db, arena, text)).toMatchObject({ votes: 2, already: true, newModels: [] });
  expect(await tallies(db)).toEqual(before);
  const { sha256 } = await db.voteImport.findFirstOrThrow({ where: { boardId: arena.boardId } });
  expect(sha256).toBe(createHash("sha256").update(text).digest("hex"));
  const lines = await db.battle.findMany({
    where: { boardId: arena.boardId },
    orderBy: { importLine: "asc" },
  });
  expect(lines.map((battle) => battle.importLine)).toEqual([2, 3]);
});

test("a malformed row is reported with its line, and nothing at all is imported", async () => {
  const { db } = copy;
  const arena = await makeArena(db, { models: 2, prompts: 2 });
  const before = await tallies(db);
  const good = Array.from({ length: 3_000 }, (_, i) => `m${i % 5},m${(i % 5) + 5},model_a,v${i},${i},p`);
  const log = (bad: string) =>
    `model_a,model_b,winner,judge,tstamp,prompt\n${[...good, bad, ...good].join("\n")}\n`;
  for (const [bad, message] of [
    ["m1,m2,nobody,v,1,p", /^line 3002: winner is "nobody"/],
    ["m1,,tie,v,1,p", /^line 3002: a model's name is missing/],
    ["m1,m1,tie,v,1,p", /^line 3002: m1 is paired with itself/],
    ["m1,m2,tie,v,yesterday,p", /^line 3002: "yesterday" is no time/],
    ["m1,m2,tie,v,1", /^line 3002: 5 fields where the header has 6/],
    ["m1,m2,tie,v,1,p\0", /^line 3002: the character U\+0000/],
  ] as const) {
    await expect(importText(db, arena, log(bad))).rejects.toThrow(message);
  }
  expect(await tallies(db)).toEqual(before);
});

test("imported models are ranked on their board and nowhere in its arena; known models are recognised by slug", async () => {
  const { db } = copy;
  const arena = await makeArena(db, { models: 2, prompts: 2 });
  const [known] = arena.models;
  const rows = [
    `${known.slug},Some Model v2,model_a,2024-05-01 10:00:00,How many?`,
    `Some Model v2,some model V2!,right,1714557600.5,prompt 0`,
    `some model V2!,${known.slug},tie (bothbad),,prompt 1`,
  ];
  await importText(db, arena, `left,right,winner,timestamp,prompt\n${rows.join("\n")}\n`);
  const imported = await db.model.findMany({
    where: { imported: true, ratings: { some: { boardId: arena.boardId } } },
  });
  expect(imported.map((model) => model.slug).sort()).toEqual(["some-model-v2", "some-model-v2-2"]);
  await refitRatings(arena.boardId, db);
  const { rows: board } = await readLeaderboard({ board: arena.board }, db);
  expect(board.filter((row) => row.rank !== null)).toHaveLength(3);
  expect(board).toHaveLength(4);

  const stored = await db.board.findUniqueOrThrow({ where: { id: arena.boardId } });
  const pool = await arenaPool(stored, db, true);
  expect([...pool.models].sort()).toEqual(arena.models.map((model) => model.id).sort());

  const votes = await db.vote.findMany({
    where: { boardId: arena.boardId },
    include: { battle: { include: { prompt: true } }, events: true },
    orderBy: { battle: { importLine: "asc" } },
  });
  expect(votes.map((vote) => vote.battle.kind)).toEqual(["IMPORTED", "IMPORTED", "IMPORTED"]);
  expect(votes.map((vote) => vote.battle.prompt.category)).toEqual(["uncategorised", "counting", "colour"]);
  expect(votes.map((vote) => vote.battle.promptId).slice(1)).toEqual(arena.promptIds);
  expect(votes.slice(0, 2).map((vote) => vote.createdAt.toISOString())).toEqual([
    "2024-05-01T10:00:00.000Z",
    "2024-05-01T10:00:00.500Z",
  ]);
  // Nobody said who voted: no two rows are one voter's.
  expect(new Set(votes.map((vote) => vote.voterId)).size).toBe(3);
  expect(votes.map((vote) => vote.outcome)).toEqual(["LEFT", "RIGHT", "BOTH_BAD"]);

  // A second board does not list models that are no members of it, such as those that it has no votes on.
  const other = await db.board.create({
    data: { ...stored, id: `${arena.boardId}x`, slug: `${arena.board}-other`, name: "Other" },
  });
  await db.boardModel.createMany({
    data: arena.models.map(({ id }) => ({ boardId: other.id, modelId: id })),
  });
  expect((await readLeaderboard({ board: other.slug }, db)).rows).toHaveLength(2);
});

test("votes cast while a log is imported are all counted, and the whole log replays to the stored Elo", async () => {
  const { db } = copy;
  const arena = await makeArena(db, { models: 3, prompts: 4 });
  const names = [...arena.models.map((model) => model.slug), "newcomer"];
  const rows = Array.from({ length: 4_500 }, (_, i) => {
    const [a, b] = [names[i % 4], names[(i + 1 + (i % 3)) % 4]];
    return `${a},${b},${["model_a", "model_b", "tie"][i % 3]},judge${i % 50},counting`;
  });
  const text = `model_a,model_b,winner,judge,category\n${rows.join("\n")}\n`;
  const battles = await Promise.all(Array.from({ length: 12 }, () => battleFor(db, arena)));
  const [summary] = await Promise.all([
    importText(db, arena, text),
    (async () => {
      for (const [i, battle] of battles.entries()) await vote(db, battle, outcome.options[i % 4]);
    })(),
  ]);
  expect(summary).toMatchObject({ votes: 4_500, newModels: ["newcomer"] });
  const replayed = await replayVotes(arena.boardId, db);
  const stored = await db.eloRating.findMany({ where: { boardId: arena.boardId } });
  expect(Object.fromEntries(replayed)).toEqual(
    Object.fromEntries(stored.map(({ modelId, rating, games }) => [modelId, { rating, games }])),
  );
  for (const id of (await refitRatings(arena.boardId, db)).snapshotIds) {
    expect(await verifyStoredSnapshot(id, db)).toMatchObject({ ok: true, differences: [] });
  }
  const whole = await db.ratingSnapshot.findFirstOrThrow({
    where: { boardId: arena.boardId, category: "", control: "" },
  });
  expect(whole.votes).toBe(4_512);
});

test("a vote that comes while an import is about to commit waits for it, and takes its turn after it", async () => {
  const { db } = copy;
  const arena = await makeArena(db, { models: 2, prompts: 2 });
  const battle = await battleFor(db, arena);
  const [a, b] = arena.models.map((model) => model.slug);
  const source = sourceOf(`model_a,model_b,winner\n${a},${b},model_a\n`);
  let casting: Promise<unknown> = Promise.resolve();
  let isCast = false;
  await db.$transaction(
    async (tx) => {
      await importVotes({ board: arena.board, source }, tx);
      casting = vote(db, battle, "tie").then(() => (isCast = true));
      let waiting: { locktype: string }[] = [];
      while (waiting.length === 0 && !isCast) {
        waiting = await db.$queryRaw`
          select locktype from pg_locks where not granted
            and pid in (select pid from pg_stat_activity where datname = current_database())`;
      }
      expect(waiting).toEqual([{ locktype: "advisory" }]);
    },
    { timeout: 60_000 },
  );
  await casting;
  const events = await db.ratingEvent.findMany({
    where: { boardId: arena.boardId },
    include: { vote: { include: { battle: true } } },
    orderBy: { seq: "asc" },
  });
  expect(events.map((event) => event.vote.battle.kind)).toEqual(["IMPORTED", "STORED"]);
  expect(events.map((event) => event.leftBefore === null)).toEqual([true, false]);
  const replayed = await replayVotes(arena.boardId, db);
  for (const row of await db.eloRating.findMany({ where: { boardId: arena.boardId } })) {
    expect(replayed.get(row.modelId)).toEqual({ rating: row.rating, games: row.games });
  }
});
