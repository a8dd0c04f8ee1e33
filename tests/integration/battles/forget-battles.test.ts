import { beforeAll, expect, test } from "vitest";
import { createBattle } from "@/lib/battles/create-battle";
import { castVote } from "@/lib/battles/cast-vote";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { eraseAddressHashes } from "@/lib/votes/erase-address-hashes";
import { thinBattles } from "@/lib/battles/thin-battles";
import { newId } from "@/lib/db/new-id";
import { env } from "@/lib/env";
import { makeArena, ticketOf, type Arena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
beforeAll(() => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
});

const DAY_MS = 24 * 60 * 60 * 1000;
const ADDRESS = "203.0.113.5";

async function visit(arena: Arena, ageDays: number, does: "votes" | "leaves") {
  const { db } = database;
  const { voterId } = await ensureVoter(null, db);
  const battle = await createBattle({ board: arena.board, voterId, address: ADDRESS });
  if (does === "votes") await castVote({ ...ticketOf(battle), outcome: "left", address: ADDRESS });
  const createdAt = new Date(Date.now() - ageDays * DAY_MS);
  await db.battle.update({ where: { id: battle.battleId }, data: { createdAt } });
  await db.vote.updateMany({ where: { battleId: battle.battleId }, data: { createdAt } });
  await db.voter.update({ where: { id: voterId }, data: { createdAt } });
  return { voterId, battleId: battle.battleId };
}

test("battles nobody voted on are removed after a week, then the voters who have nothing else; voted ones never", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 2, prompts: 4 });
  const days = env().ABANDONED_BATTLE_DAYS;
  const [old, young] = [await visit(arena, days + 0.1, "leaves"), await visit(arena, days - 0.1, "leaves")];
  const voted = await visit(arena, 400, "votes");
  expect(await thinBattles(db, Date.now())).toEqual({ battles: 1, voters: 1 });
  expect(await db.battle.count({ where: { id: old.battleId } })).toBe(0);
  expect(await db.voter.count({ where: { id: old.voterId } })).toBe(0);
  expect(await db.battle.count({ where: { id: { in: [young.battleId, voted.battleId] } } })).toBe(2);
  expect(await db.voter.count({ where: { id: { in: [young.voterId, voted.voterId] } } })).toBe(2);
  expect(await thinBattles(db, Date.now())).toEqual({ battles: 0, voters: 0 });
  // The cookie of a removed voter still works.
  const again = await ensureVoter(old.voterId, db);
  await createBattle({ board: arena.board, voterId: again.voterId });
});

test("a live battle nobody voted on takes the visitor's prompt and its images along", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 2, prompts: 2, endpoints: true });
  const { voterId } = await ensureVoter(null, db);
  const { battleId } = await createBattle({ board: arena.board, voterId, prompt: "my own words" });
  const { promptId } = await db.battle.findUniqueOrThrow({ where: { id: battleId } });
  const { artifactHash } = await db.sample.findFirstOrThrow({ where: { modelId: arena.models[0].id } });
  await db.sample.create({
    data: { id: newId("sample"), modelId: arena.models[0].id, promptId, artifactHash, latencyMs: 1 },
  });
  const samples = await db.sample.count();
  await db.battle.update({ where: { id: battleId }, data: { createdAt: new Date(Date.now() - 8 * DAY_MS) } });
  await thinBattles(db, Date.now());
  expect(await db.prompt.count({ where: { id: promptId } })).toBe(0);
  expect(await db.sample.count()).toBe(samples - 1);
});

test("what is kept of an address is erased from battles, votes and quarantines when it is old enough, and not before", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 2, prompts: 4 });
  const days = env().ADDRESS_HASH_DAYS;
  const [old, young] = [await visit(arena, days + 0.1, "votes"), await visit(arena, days - 0.1, "votes")];
  const groups = [["ADDRESS", days + 1], ["VOTER", days + 1], ["NETWORK", days - 1]] as const; // prettier-ignore
  for (const [groupKind, age] of groups) {
    await db.quarantine.create({
      data: {
        id: newId("quarantine"),
        boardId: arena.boardId,
        rule: "abandonment",
        groupKind,
        groupKey: "key",
        evidence: {},
        createdAt: new Date(Date.now() - age * DAY_MS),
      },
    });
  }
  await eraseAddressHashes(db, Date.now());
  const kept = async (id: string) => {
    const battle = await db.battle.findUniqueOrThrow({ where: { id }, include: { vote: true } });
    const { vote } = battle;
    return [battle.addressHash, battle.networkHash, vote!.addressHash, vote!.networkHash].map(Boolean);
  };
  expect(await kept(old.battleId)).toEqual([false, false, false, false]);
  expect(await kept(young.battleId)).toEqual([true, true, true, true]);
  const keys = await db.quarantine.findMany({
    where: { boardId: arena.boardId },
    orderBy: { createdAt: "asc" },
  });
  expect(Object.fromEntries(keys.map((row) => [row.groupKind, row.groupKey]))).toEqual({
    ADDRESS: null,
    VOTER: "key",
    NETWORK: "key",
  });
  expect(await eraseAddressHashes(db, Date.now())).toBe(0);
});
