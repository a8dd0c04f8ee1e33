import { expect, test, vi } from "vitest";
import { arenaPool } from "@/lib/battles/arena-pool";
import { createBattle } from "@/lib/battles/create-battle";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { getBattle } from "@/lib/battles/get-battle";
import { inTransaction } from "@/lib/db/client";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { battleFor, concurrently, makeArena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();

const samplesOf = async (battleIds: string[]) => {
  const battles = await database.db.battle.findMany({ where: { id: { in: battleIds } } });
  return battles.flatMap((battle) => [battle.leftSampleId!, battle.rightSampleId!]);
};

test("a voter sees no sample again while two unseen ones of a prompt remain, also when asking twice at once", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 2, prompts: 12 });
  const { voterId } = await ensureVoter(null, db);
  const ids: string[] = [];
  for (let round = 0; round < 4; round++) {
    const battles = await Promise.all([1, 2, 3].map(() => battleFor(db, arena, voterId)));
    ids.push(...battles.map((battle) => battle.battleId));
  }
  const seen = await samplesOf(ids);
  expect(seen).toHaveLength(24);
  expect(new Set(seen).size).toBe(24);

  // All have been seen once: the second round again shows each once.
  const again: string[] = [];
  for (let i = 0; i < 12; i++) again.push((await battleFor(db, arena, voterId)).battleId);
  expect(new Set(await samplesOf(again)).size).toBe(24);
});

test("every pair is drawn, sides are even, and the propensity stored is the share a pair gets", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 3, prompts: 2 });
  await concurrently(Array.from({ length: 300 }), () => battleFor(db, arena));
  const battles = await db.battle.findMany({ where: { boardId: arena.boardId } });
  const pairs = new Map<string, number>();
  for (const { leftModelId, rightModelId, propensity, pairPolicy } of battles) {
    expect(propensity).toBeCloseTo(1 / 3, 12);
    expect(pairPolicy).toBe("uniform-1");
    const key = [leftModelId, rightModelId].sort().join();
    pairs.set(key, (pairs.get(key) ?? 0) + 1);
  }
  // Binomial(300, 1/3): 5 standard deviations are 41. Binomial(300, 1/2): 43.
  expect(pairs.size).toBe(3);
  for (const times of pairs.values()) expect(Math.abs(times - 100)).toBeLessThan(41);
  const ordered = battles.filter((battle) => battle.leftModelId < battle.rightModelId).length;
  expect(Math.abs(ordered - 150)).toBeLessThan(43);
});

test("what a voter has seen leaves the draw: the pairs that remain share its whole chance", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 4, prompts: 1 });
  const { voterId } = await ensureVoter(null, db);
  const stored = async () => {
    const { battleId } = await battleFor(db, arena, voterId);
    return db.battle.findUniqueOrThrow({ where: { id: battleId } });
  };
  const [first, second, third] = [await stored(), await stored(), await stored()];
  expect(first.propensity).toBeCloseTo(1 / 6, 12);
  expect(second.propensity).toBe(1);
  const models = [first, second].flatMap((battle) => [battle.leftModelId, battle.rightModelId]);
  expect(new Set(models).size).toBe(4);
  // All seen: everything is open again.
  expect(third.propensity).toBeCloseTo(1 / 6, 12);
});

test("once a board is fitted, the pairs it knows least about are drawn most, and every pair sometimes", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 3, prompts: 2 });
  const board = await db.board.findUniqueOrThrow({ where: { id: arena.boardId } });
  const before = await arenaPool(board, db, true);
  expect(before.policy).toBe("uniform-1");
  const [a, b, c] = before.models;
  // Only a and b have met, often: nothing is known of c.
  await db.pairCount.create({
    data: { boardId: board.id, category: "colour", modelA: a, modelB: b, winsA: 30, winsB: 30 },
  });
  await refitRatings(board.id, db);
  const { policy, pairs, models } = await arenaPool(board, db, true);
  expect(policy).toBe("active-1");
  expect(models).toEqual([a, b, c]);
  const chance = (i: number, j: number) =>
    pairs.probability[[0, 1, 2].find((k) => pairs.a[k] === i && pairs.b[k] === j)!];
  expect(chance(0, 1) + chance(0, 2) + chance(1, 2)).toBeCloseTo(1, 12);
  expect(chance(0, 1)).toBeGreaterThan(0);
  expect(chance(0, 1)).toBeLessThan(0.2);
  expect(chance(0, 2)).toBeGreaterThan(0.4);
});

test("an arena without two models that share a prompt says that it is not ready", async () => {
  const { db } = database;
  for (const models of [0, 1]) {
    const arena = await makeArena(db, { models, prompts: 2 });
    await expect(battleFor(db, arena)).rejects.toMatchObject({ code: "not_ready", retryable: true });
  }
  const empty = await makeArena(db, { models: 3, prompts: 0 });
  await expect(battleFor(db, empty)).rejects.toMatchObject({ code: "not_ready" });
});

test("an unknown board is not found", async () => {
  const { db } = database;
  const { voterId } = await ensureVoter(null, db);
  const ask = inTransaction((tx) => createBattle({ board: "nowhere", voterId }, tx), db);
  await expect(ask).rejects.toMatchObject({ code: "not_found", details: { field: "board" } });
});

test("an own prompt starts a live battle: kept under category live, queued once, shown only when both images are there", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 2, prompts: 1, endpoints: true });
  const { voterId } = await ensureVoter(null, db);
  const start = (prompt: string) =>
    inTransaction((tx) => createBattle({ board: arena.board, voterId, prompt }, tx), db);
  const [battle, other] = await Promise.all([start("a cat on the moon"), start("a dog")]);
  expect(battle).toMatchObject({
    state: "generating",
    prompt: "a cat on the moon",
    category: "live",
    left: null,
    right: null,
  });
  expect(other.prompt).toBe("a dog");
  const jobs = await db.$queryRaw<{ payload: { battleId: string } }[]>`
    select payload from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier = 'generate-live-battle'`;
  expect(jobs.map((job) => job.payload.battleId).sort()).toEqual([battle.battleId, other.battleId].sort());

  const samples = await db.sample.findMany({ where: { promptId: arena.promptIds[0] } });
  await db.battle.update({
    where: { id: battle.battleId },
    data: { state: "READY", leftSampleId: samples[0].id, rightSampleId: samples[1].id },
  });
  expect(await getBattle(battle, db)).toMatchObject({ state: "ready", left: { url: expect.any(String) } });

  await db.battle.update({
    where: { id: other.battleId },
    data: { state: "FAILED", failureReason: "secret-provider-name answered 500" },
  });
  const failed = await getBattle(other, db);
  expect(failed.state).toBe("failed");
  expect(JSON.stringify(failed)).not.toContain("secret-provider-name");
  await expect(getBattle({ ...battle, token: other.token }, db)).rejects.toMatchObject({ code: "forbidden" });
});

test("a live battle needs two models that can be called", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 2, prompts: 1, endpoints: false });
  const { voterId } = await ensureVoter(null, db);
  const start = inTransaction((tx) => createBattle({ board: arena.board, voterId, prompt: "a cat" }, tx), db);
  await expect(start).rejects.toMatchObject({ code: "not_ready" });
});

test("a model that is hidden is in no battle from then on, whatever the pool was read as", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 3, prompts: 6 });
  await battleFor(db, arena);
  const [{ id }] = arena.models;
  await db.model.update({ where: { id }, data: { hiddenAt: new Date() } });
  const hidden = { OR: [{ leftModelId: id }, { rightModelId: id }] };
  const before = await db.battle.count({ where: hidden });
  await concurrently(Array.from({ length: 20 }), () => battleFor(db, arena));
  expect(await db.battle.count({ where: hidden })).toBe(before);
});

test("who finds the pool to be old goes on with it while it is read anew beside them", async () => {
  const { db } = database;
  (globalThis as { salonDb?: unknown }).salonDb = db;
  const arena = await makeArena(db, { models: 3, prompts: 2 });
  const board = await db.board.findUniqueOrThrow({ where: { id: arena.boardId } });
  const first = await arenaPool(board);
  await db.model.update({ where: { id: arena.models[0].id }, data: { listed: false } });
  expect(await arenaPool(board)).toBe(first);
  const clock = vi.spyOn(Date, "now").mockReturnValue(Date.now() + 6_000);
  try {
    expect(await arenaPool(board)).toBe(first);
    await vi.waitFor(async () => expect((await arenaPool(board)).models).toHaveLength(2), {
      timeout: 10_000,
    });
  } finally {
    clock.mockRestore();
  }
  // In a transaction nothing can be read beside it.
  await db.model.update({ where: { id: arena.models[0].id }, data: { listed: true } });
  const later = vi.spyOn(Date, "now").mockReturnValue(Date.now() + 20_000);
  try {
    expect((await inTransaction((tx) => arenaPool(board, tx), db)).models).toHaveLength(3);
  } finally {
    later.mockRestore();
  }
});
