import { access } from "node:fs/promises";
import { expect, test } from "vitest";
import { EloReplay } from "@/lib/votes/elo-replay";
import { arenaPool } from "@/lib/battles/arena-pool";
import { collectArtifacts } from "@/lib/artifacts/collect-artifacts";
import { keepArtifacts } from "@/lib/artifacts/keep-artifacts";
import { artifactPath, getArtifact } from "@/lib/artifacts/store";
import { inTransaction, type Db } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { hideModel, showModel } from "@/lib/models/hide-model";
import { removeModel } from "@/lib/models/remove-model";
import { exportVotes } from "@/lib/votes/export-votes";
import { readLeaderboard } from "@/lib/pages/read-leaderboard";
import { readModel } from "@/lib/pages/read-model";
import { refitJudged } from "@/lib/rankings/refit-judged";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { refitStyle } from "@/lib/rankings/refit-style";
import { verifyStoredSnapshot } from "@/lib/rankings/verify-snapshot";
import type { Arena } from "../../support/arena-fixture";
import { arenaOfBrightness } from "../../support/brightness-arena";
import { addCalls } from "../../support/judge-calls";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
const working = new AbortController().signal;
const later = () => new Date(Date.now() + 120_000);

async function refitAll(arena: Arena, db: Db): Promise<void> {
  await refitRatings(arena.boardId, db);
  await refitStyle(arena.boardId, db, working);
  await refitJudged(arena.boardId, db, undefined, later());
}

/** A judge that has judged every pair of images of one prompt in both orders. */
async function addJudge(arena: Arena, db: Db): Promise<void> {
  const [judgeId, rubric] = [newId("judge"), "pairwise@1"];
  const facts = { name: "Judge", creator: "x", baseUrl: "http://x", providerModel: "x", rubrics: [rubric] };
  await db.judge.create({ data: { id: judgeId, slug: "judge", ...facts } });
  await db.judgeTask.create({ data: { id: newId("judgeTask"), judgeId, rubric, boardId: arena.boardId } });
  const samples = await db.sample.findMany({
    where: { modelId: { in: arena.models.map(({ id }) => id) } },
    orderBy: { id: "asc" },
  });
  const pairs = samples.flatMap((x) =>
    samples.filter((y) => y.promptId === x.promptId && y.id > x.id).map((y) => [x.id, y.id] as const),
  );
  await db.judgePair.createMany({
    data: pairs.map(([firstSampleId, secondSampleId]) => {
      const drawn = { boardId: arena.boardId, pairPolicy: "uniform-1", propensity: 1 / 3 };
      return { id: newId("judgePair"), ...drawn, firstSampleId, secondSampleId };
    }),
  });
  const said = { judgeId, rubric };
  const calls = await addCalls(judgeId, 2 * pairs.length, db);
  await db.judgePairVerdict.createMany({
    data: pairs.flatMap(([x, y], i) => [
      {
        id: newId("pairVerdict"),
        callId: calls[2 * i],
        ...said,
        aSampleId: x,
        bSampleId: y,
        preference: i % 3 === 0 ? 0 : 1,
      },
      {
        id: newId("pairVerdict"),
        callId: calls[2 * i + 1],
        ...said,
        aSampleId: y,
        bSampleId: x,
        preference: i % 3 === 0 ? 1 : 0,
      },
    ]),
  });
}

async function storedElo(boardId: string, db: Db) {
  const rows = await db.eloRating.findMany({ where: { boardId, games: { gt: 0 } } });
  return new Map(rows.map(({ modelId, rating, games }) => [modelId, { rating, games }]));
}

const controlsOf = (snapshots: { control: string }[]) =>
  [...new Set(snapshots.map(({ control }) => control.split(":")[0]))].sort();

test("a removed model is gone but for its votes: the log replays, and every snapshot that names it verifies", async () => {
  const { db } = database;
  const { arena, cast } = await arenaOfBrightness(db, 130);
  await addJudge(arena, db);
  await refitAll(arena, db);
  const [removed] = arena.models;
  await db.model.update({
    where: { id: removed.id },
    data: { submitterId: "vtr_owner", paradigm: "secret" },
  });
  await db.endpoint.create({
    data: {
      id: newId("endpoint"),
      modelId: removed.id,
      baseUrl: "http://127.0.0.1:1/v1",
      providerModel: "x",
      apiKeySealed: Buffer.from("sealed"),
    },
  });
  const images = await db.sample.findMany({ where: { modelId: removed.id } });
  // One of its images is, byte for byte, another model's too.
  const shared = images[0].artifactHash;
  const other = await db.sample.findFirstOrThrow({ where: { modelId: arena.models[1].id } });
  const before = await db.ratingSnapshot.findMany({ where: { boardId: arena.boardId } });
  expect(controlsOf(before)).toEqual(["", "judge", "style"]);
  await db.sample.update({ where: { id: images[0].id }, data: { revisedPrompt: "their words" } });

  await inTransaction((tx) => removeModel({ slug: removed.slug, by: "operator" }, tx), db);
  await db.sample.create({
    data: { ...other, id: newId("sample"), index: 7, artifactHash: shared },
  });
  expect(await db.endpoint.count({ where: { modelId: removed.id } })).toBe(0);
  expect(await db.run.count({ where: { modelId: removed.id } })).toBe(0);
  expect(await db.model.findUniqueOrThrow({ where: { id: removed.id } })).toMatchObject({
    name: "Removed model",
    paradigm: null,
    submitterId: null,
    listed: false,
  });
  expect(await db.sample.count({ where: { modelId: removed.id, runId: { not: null } } })).toBe(0);
  expect(await db.sample.count({ where: { revisedPrompt: { not: null } } })).toBe(0);
  await expect(readModel({ slug: removed.slug, voterId: "vtr_owner" }, db)).rejects.toMatchObject({
    code: "not_found",
  });

  // Bytes go, but for those that another model needs; the same bytes may come again.
  await collectArtifacts(db, 0);
  for (const { artifactHash } of images) {
    const isThere = await access(artifactPath(artifactHash)).then(
      () => true,
      () => false,
    );
    expect(isThere).toBe(artifactHash === shared);
  }
  const bytes = await getArtifact(shared);
  const [kept] = await inTransaction(
    (tx) => keepArtifacts([{ bytes, row: { mediaType: "image/png", width: 16, height: 16 } }], tx),
    db,
  );
  expect(await db.artifact.findUniqueOrThrow({ where: { sha256: kept } })).toMatchObject({ erasedAt: null });

  // Votes go on, on the two that are left.
  await cast(20);
  await refitAll(arena, db);
  const replay = new EloReplay({ id: arena.boardId, countsLiveVotes: false });
  await replay.advance(db);
  expect(replay.ratings).toEqual(await storedElo(arena.boardId, db));
  expect(replay.ratings.has(removed.id)).toBe(true);
  const snapshots = await db.ratingSnapshot.findMany({
    where: { boardId: arena.boardId },
    orderBy: { id: "asc" },
    include: { rows: true },
  });
  expect(snapshots.length).toBeGreaterThan(before.length);
  for (const { id } of snapshots) {
    expect(await verifyStoredSnapshot(id, db)).toMatchObject({ ok: true, differences: [] });
  }
  expect(snapshots.at(-1)!.rows.map(({ modelId }) => modelId)).not.toContain(removed.id);
  const { rows } = await readLeaderboard({ board: arena.board }, db);
  expect(rows.map(({ modelId }) => modelId).sort()).toEqual([arena.models[1].id, arena.models[2].id].sort());

  // The log of an earlier snapshot is still whole.
  const first = before.find(({ control, category }) => control === "" && category === "")!;
  const lines = [];
  const log = await exportVotes({ board: arena.board, format: "jsonl", snapshot: first.id }, db);
  for await (const piece of log) lines.push(...String(piece).trim().split("\n"));
  expect(lines).toHaveLength(first.votes);
}, 180_000);

test("a hidden model leaves arena and board, its votes the next snapshot; shown again, all is as before", async () => {
  const { db } = database;
  const { arena } = await arenaOfBrightness(db, 12);
  await refitRatings(arena.boardId, db);
  const before = await readLeaderboard({ board: arena.board }, db);
  const [hidden, ...others] = arena.models;
  const board = await db.board.findUniqueOrThrow({ where: { id: arena.boardId } });

  await inTransaction((tx) => hideModel({ slug: hidden.slug, by: "operator" }, tx), db);
  await inTransaction((tx) => hideModel({ slug: hidden.slug, by: "operator" }, tx), db);
  expect((await arenaPool(board, db, true)).models.sort()).toEqual(others.map(({ id }) => id).sort());
  await expect(readModel({ slug: hidden.slug }, db)).rejects.toMatchObject({ code: "hidden" });
  expect(await db.vote.count({ where: { boardId: arena.boardId, status: "COUNTED" } })).toBe(12);
  // The refit that follows is queued with the change.
  const jobs = await db.$queryRaw<unknown[]>`
    select 1 from graphile_worker.jobs where key = ${`refit-ratings:${arena.boardId}`}`;
  expect(jobs).toHaveLength(1);
  await refitRatings(arena.boardId, db);
  const without = await readLeaderboard({ board: arena.board }, db);
  expect(without.rows.map(({ modelId }) => modelId)).not.toContain(hidden.id);
  expect(without.snapshot!.votes).toBeLessThan(12);

  expect(await inTransaction((tx) => showModel({ slug: hidden.slug, by: "operator" }, tx), db)).toBe(true);
  await refitRatings(arena.boardId, db);
  const after = await readLeaderboard({ board: arena.board }, db);
  expect(after.rows).toEqual(before.rows);
  expect((await arenaPool(board, db, true)).models).toContain(hidden.id);
  await expect(showModel({ slug: hidden.slug, by: "operator" }, db)).rejects.toMatchObject({
    code: "conflict",
  });
});
