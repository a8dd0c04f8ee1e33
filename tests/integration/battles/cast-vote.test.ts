import { expect, test } from "vitest";
import { signBattleToken } from "@/lib/battles/battle-token";
import { castVote } from "@/lib/battles/cast-vote";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { replayVotes } from "@/lib/votes/replay-votes";
import { inTransaction } from "@/lib/db/client";
import { expectedScore } from "@/lib/ratings/elo";
import { outcome } from "@/lib/schemas/battles";
import { battleFor, concurrently, makeArena, ticketOf, vote } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();

test("fifty concurrent copies of one vote count once and are all given the first one's result", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 2, prompts: 3 });
  const battle = await battleFor(db, arena);
  const results = await Promise.all(
    Array.from({ length: 50 }, (_, i) => vote(db, battle, outcome.options[i % 4])),
  );
  for (const result of results) expect(result).toEqual(results[0]);
  const where = { boardId: arena.boardId };
  expect(await db.vote.count({ where })).toBe(1);
  expect(await db.ratingEvent.count({ where })).toBe(1);
  const [pair] = await db.pairCount.findMany({ where });
  expect(pair.winsA + pair.winsB + pair.ties + pair.bothBad).toBe(1);
  for (const rating of await db.eloRating.findMany({ where })) expect(rating.games).toBe(1);
});

test("a vote reveals both models, moves both ratings and says what was expected", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 2, prompts: 3 });
  const battle = await battleFor(db, arena);
  const result = await vote(db, battle, "left");
  expect(new Set([result.left.model, result.right.model])).toEqual(
    new Set(arena.models.map((model) => model.slug)),
  );
  expect(result).toMatchObject({ outcome: "left", expected: 0.5 });
  expect(result.left).toMatchObject({ eloBefore: 1000, eloAfter: 1016 });
  expect(result.right).toMatchObject({ eloBefore: 1000, eloAfter: 984 });
  const next = await vote(db, await battleFor(db, arena), "both_bad");
  expect(next.expected).toBe(expectedScore(next.left.eloBefore, next.right.eloBefore));
});

test("replaying the vote log gives the stored Elo to the last bit, and counts that agree, after a burst of votes", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 5, prompts: 6 });
  const battles = await concurrently(Array.from({ length: 100 }), () => battleFor(db, arena));
  await concurrently(battles, (battle, i) => vote(db, battle, outcome.options[(i * 7) % 4]));
  const stored = await db.eloRating.findMany({ where: { boardId: arena.boardId } });
  const replayed = await replayVotes(arena.boardId, db);
  expect(Object.fromEntries(replayed)).toEqual(
    Object.fromEntries(stored.map(({ modelId, rating, games }) => [modelId, { rating, games }])),
  );
  const counts = await db.pairCount.findMany({ where: { boardId: arena.boardId } });
  const sum = (of: (count: (typeof counts)[number]) => number) =>
    counts.reduce((total, count) => total + of(count), 0);
  expect(sum((c) => c.winsA + c.winsB)).toBe(50);
  expect(sum((c) => c.ties)).toBe(25);
  expect(sum((c) => c.bothBad)).toBe(25);
  expect(new Set(counts.map((count) => count.category))).toEqual(new Set(["counting", "colour"]));
});

test("a burst of votes leaves one refit waiting in the queue", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 3, prompts: 3 });
  const battles = await Promise.all(Array.from({ length: 20 }, () => battleFor(db, arena)));
  await Promise.all(battles.map((battle) => vote(db, battle, "tie")));
  const jobs = await db.$queryRaw<unknown[]>`
    select 1 from graphile_worker.jobs
    where task_identifier = 'refit-ratings' and key = ${"refit-ratings:" + arena.boardId}`;
  expect(jobs).toHaveLength(1);
});

test("a vote during a running refit leaves another one waiting", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 2, prompts: 3 });
  const key = `refit-ratings:${arena.boardId}`;
  await vote(db, await battleFor(db, arena), "left");
  await db.$executeRaw`
    update graphile_worker._private_jobs set locked_at = now(), locked_by = 'someone' where key = ${key}`;
  await vote(db, await battleFor(db, arena), "left");
  const waiting = await db.$queryRaw<unknown[]>`
    select 1 from graphile_worker.jobs where key = ${key} and locked_at is null`;
  expect(waiting).toHaveLength(1);
});

test("a token that is tampered with, stale, another battle's or another voter's, or comes without its cookie, counts nothing", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 2, prompts: 3 });
  const [mine, other] = [await battleFor(db, arena), await battleFor(db, arena)];
  const { battleId, token } = mine;
  const voterId = (await db.battle.findUniqueOrThrow({ where: { id: battleId } })).voterId;
  const cast = (input: { battleId: string; token: string; voterId?: string | null }) =>
    inTransaction((tx) => castVote({ voterId, ...input, outcome: "left" }, tx), db);
  const stranger = (await ensureVoter(null, db)).voterId;
  const dayAgo = Date.now() - 24 * 60 * 60 * 1000 - 1;

  const changed = token.replace(/.$/, (last) => (last === "A" ? "B" : "A"));
  await expect(cast({ battleId, token: changed })).rejects.toMatchObject({ code: "unauthorised" });
  await expect(cast({ battleId, token: "" })).rejects.toMatchObject({ code: "unauthorised" });
  const longer = token
    .split(".")
    .with(2, (Date.now() * 2).toString(36))
    .join(".");
  await expect(cast({ battleId, token: longer })).rejects.toMatchObject({ code: "unauthorised" });
  const stale = await signBattleToken({ battleId, voterId }, dayAgo);
  await expect(cast({ battleId, token: stale })).rejects.toMatchObject({ code: "unauthorised" });
  await expect(cast({ battleId, token: other.token })).rejects.toMatchObject({ code: "forbidden" });
  await expect(cast({ battleId, token, voterId: stranger })).rejects.toMatchObject({ code: "forbidden" });
  await expect(cast({ battleId, token, voterId: null })).rejects.toMatchObject({ code: "unauthorised" });
  const borrowed = await signBattleToken({ battleId, voterId: stranger }, Date.now());
  await expect(cast({ battleId, token: borrowed })).rejects.toMatchObject({ code: "forbidden" });
  await expect(cast({ battleId, token: borrowed, voterId: stranger })).rejects.toMatchObject({
    code: "not_found",
  });

  expect(await db.vote.count({ where: { boardId: arena.boardId } })).toBe(0);
  await expect(cast({ battleId, token, voterId })).resolves.toMatchObject({ outcome: "left" });
});

test("a vote that cannot be finished leaves nothing behind", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 2, prompts: 3 });
  const ticket = ticketOf(await battleFor(db, arena));
  const work = inTransaction(async (tx) => {
    await castVote({ ...ticket, outcome: "left" }, tx);
    throw new Error("the power went");
  }, db);
  await expect(work).rejects.toThrow("the power went");
  const where = { boardId: arena.boardId };
  expect(await db.vote.count({ where })).toBe(0);
  expect(await db.pairCount.count({ where })).toBe(0);
  expect(await db.eloRating.count({ where })).toBe(0);
});
