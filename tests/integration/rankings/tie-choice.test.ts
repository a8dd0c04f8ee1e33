import { expect, test } from "vitest";
import { type Db } from "@/lib/db/client";
import { analyseBoard } from "@/lib/rankings/analyse-board";
import { readBoardAnalysis } from "@/lib/pages/read-board-analysis";
import { readLeaderboard } from "@/lib/pages/read-leaderboard";
import { readModel } from "@/lib/pages/read-model";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { snapshotDetails } from "@/lib/snapshots/snapshot-details";
import { verifyStoredSnapshot } from "@/lib/rankings/verify-snapshot";
import { chooseTieModel } from "@/lib/ratings/analysis/held-out-log-loss";
import { countPairs, pairTable } from "@/lib/ratings/pair-counts";
import { seededRandom } from "@/lib/numerics/random";
import { fitWithTies } from "@/lib/ratings/tie-fit";
import { battleFor, makeArena, vote, type Arena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
const refit = (arena: Arena) => refitRatings(arena.boardId, database.db);

/** Votes by level: the later models are weak, and two weak ones are both bad. Only the four-outcome model can say so. */
async function castByLevel(db: Db, arena: Arena, votes: number): Promise<void> {
  const random = seededRandom(3);
  const level = new Map(arena.models.map(({ id }, index) => [id, index]));
  for (let i = 0; i < votes; i++) {
    const battle = await battleFor(db, arena);
    const { leftModelId, rightModelId } = await db.battle.findUniqueOrThrow({
      where: { id: battle.battleId },
    });
    const [left, right] = [level.get(leftModelId)!, level.get(rightModelId)!];
    const weak = left >= 2 && right >= 2;
    if (weak && random.uniform() < 0.9) await vote(db, battle, "both_bad");
    else await vote(db, battle, random.uniform() < 1 / (1 + Math.exp(left - right)) ? "left" : "right");
  }
}

async function newest(arena: Arena, category = "") {
  const where = { boardId: arena.boardId, category, control: "" };
  const stored = await database.db.ratingSnapshot.findFirstOrThrow({ where, orderBy: { createdAt: "desc" } });
  return { ...stored, details: snapshotDetails.parse(stored.details) };
}

test("the board and its categories use the model of ties that predicts unseen votes best, and show why", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 4, prompts: 4 });
  await castByLevel(db, arena, 120);
  await refit(arena);
  const votes = await db.vote.findMany({ where: { boardId: arena.boardId } });
  const log = votes.map(({ leftModelId: a, rightModelId: b, outcome }) => ({
    a,
    b,
    outcome: ({ LEFT: "a", RIGHT: "b", TIE: "tie", BOTH_BAD: "both_bad" } as const)[outcome],
  }));
  const expected = chooseTieModel(pairTable(countPairs(log)));
  expect(expected.best).toBe("four");
  const snapshot = await newest(arena);
  expect(snapshot.details.options.ties).toBe("four");
  expect(snapshot.details.tieChoice).toEqual({ votes: 120, ...expected });
  for (const category of ["colour", "counting"]) {
    expect((await newest(arena, category)).details.options.ties).toBe("four");
  }
  expect(await verifyStoredSnapshot(snapshot.id, db)).toMatchObject({ ok: true });

  // What the page says is by the same fit: its order, its expected scores, its first row of methods.
  await analyseBoard(arena.boardId, db);
  const analysis = await readBoardAnalysis({ board: arena.board }, db);
  const board = await readLeaderboard({ board: arena.board }, db);
  expect(analysis.ties).toMatchObject({ used: "four", votes: 120 });
  expect(analysis.methods[0].name).toBe("four");
  for (const { model, rating } of board.rows) {
    expect(analysis.methods[0].ranks.find((rank) => rank.model === model)?.rating).toBeCloseTo(rating!, 9);
  }
  const fit = fitWithTies(pairTable(countPairs(log)), "four");
  const at = (slug: string) => fit.models.indexOf(arena.models.find((model) => model.slug === slug)!.id);
  for (const { a, b, predicted } of analysis.pairs) {
    expect(predicted).toBeCloseTo(fit.score(at(a), at(b)), 9);
  }
  const [pair] = analysis.pairs;
  const page = await readModel({ slug: pair.a }, db);
  expect(page.headToHead.find(({ opponent }) => opponent.slug === pair.b)?.predicted).toBe(pair.predicted);
}, 180_000);

test("a choice is kept while hardly any votes are new, and verifying tells when it was altered", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 3, prompts: 4 });
  await castByLevel(db, arena, 60);
  await refit(arena);
  const { details } = await newest(arena);
  await castByLevel(db, arena, 1);
  await refit(arena);
  expect((await newest(arena)).details.tieChoice).toEqual(details.tieChoice);
  await castByLevel(db, arena, 3);
  await refit(arena);
  const last = await newest(arena);
  expect(last.details.tieChoice?.votes).toBe(64);

  const row = await db.ratingSnapshot.findUniqueOrThrow({ where: { id: last.id } });
  const altered = structuredClone(row.details) as { tieChoice: { losses: { logLoss: number }[] } };
  altered.tieChoice.losses[0].logLoss += 1e-6;
  await db.ratingSnapshot.update({ where: { id: last.id }, data: { details: altered } });
  expect((await verifyStoredSnapshot(last.id, db)).differences.join()).toContain("log-loss of half");
}, 180_000);
