import { expect, test } from "vitest";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { readLeaderboard } from "@/lib/pages/read-leaderboard";
import { refitJudged } from "@/lib/rankings/refit-judged";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { snapshotDetails } from "@/lib/snapshots/snapshot-details";
import { verifyStoredSnapshot } from "@/lib/rankings/verify-snapshot";
import { seededRandom } from "@/lib/numerics/random";
import { battleFor, makeArena, vote, type Arena } from "../../support/arena-fixture";
import { addCalls } from "../../support/judge-calls";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
const random = seededRandom(3);
const RUBRIC = "pairwise@1";
/** When verdicts have settled. */
const later = () => new Date(Date.now() + 120_000);

/** Verdicts of both orders on pairs of samples, "x y" with x < y; a preference is for x. */
async function judgeSays(judgeId: string, said: ReadonlyMap<string, number>, db: Db): Promise<void> {
  const row = { judgeId, rubric: RUBRIC };
  const calls = await addCalls(judgeId, 2 * said.size, db);
  await db.judgePairVerdict.createMany({
    data: [...said].flatMap(([pair, preference], i) => {
      const [x, y] = pair.split(" ");
      return [
        { ...row, id: newId("pairVerdict"), callId: calls[2 * i], aSampleId: x, bSampleId: y, preference },
        {
          ...row,
          id: newId("pairVerdict"),
          callId: calls[2 * i + 1],
          aSampleId: y,
          bSampleId: x,
          preference: 1 - preference,
        },
      ];
    }),
  });
}

async function addJudge(arena: Arena, name: string, db: Db): Promise<string> {
  const id = newId("judge");
  await db.judge.create({
    data: {
      id,
      slug: name.toLowerCase(),
      name,
      creator: "x",
      baseUrl: "http://x",
      providerModel: "x",
      rubrics: [],
    },
  });
  await db.judgeTask.create({
    data: { id: newId("judgeTask"), judgeId: id, rubric: RUBRIC, boardId: arena.boardId },
  });
  return id;
}

test("people and a judge together: narrower intervals, what the judge is worth in words, verified from votes and verdicts", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 3, prompts: 120 });
  const good = await addJudge(arena, "Good", db);
  await addJudge(arena, "Silent", db);
  const said = new Map<string, number>();
  const voted: string[] = [];
  for (let i = 0; i < 130; i++) {
    const battle = await battleFor(db, arena);
    const { leftSampleId, rightSampleId, leftModelId, rightModelId } = await db.battle.findUniqueOrThrow({
      where: { id: battle.battleId },
    });
    const better = arena.models.find(({ id }) => id === leftModelId || id === rightModelId)!.id;
    const leftWon = (better === leftModelId) === random.uniform() < 0.7;
    await vote(db, battle, leftWon ? "left" : "right");
    const [x, y] = [leftSampleId!, rightSampleId!].sort();
    voted.push(`${x} ${y}`);
    // The judge says what people say nine times in ten; on the last votes it has not spoken.
    const xWon = leftWon === (x === leftSampleId);
    if (i < 120 && !said.has(`${x} ${y}`)) said.set(`${x} ${y}`, Number(xWon === random.uniform() < 0.9));
  }
  const labelled = voted.filter((pair) => said.has(pair)).length;
  const samples = await db.sample.findMany({
    where: { modelId: { in: arena.models.map(({ id }) => id) } },
    orderBy: { id: "asc" },
  });
  const alone = samples
    .flatMap((x) =>
      samples.filter((y) => x.promptId === y.promptId && x.id < y.id).map((y) => `${x.id} ${y.id}`),
    )
    .filter((pair) => !voted.includes(pair));
  await db.judgePair.createMany({
    data: alone.map((pair) => ({
      id: newId("judgePair"),
      boardId: arena.boardId,
      firstSampleId: pair.split(" ")[0],
      secondSampleId: pair.split(" ")[1],
      pairPolicy: "uniform-1",
      propensity: 1 / 3,
    })),
  });
  await judgeSays(
    good,
    new Map([...said, ...alone.map((pair) => [pair, Number(random.uniform() < 0.5)] as const)]),
    db,
  );
  await refitRatings(arena.boardId, db);
  const read = (judge?: string) => readLeaderboard({ board: arena.board, judge }, db);
  expect((await read("silent")).withJudge).toMatchObject({
    fitted: false,
    missing: { code: "too_few_labelled", labelled: 0, needed: 100 },
  });
  expect((await read("good")).withJudge).toMatchObject({
    fitted: false,
    missing: { code: "being_made" },
  });
  await expect(read("nobody")).rejects.toMatchObject({ code: "invalid_request" });

  // Verdicts of the last minute may still be on their way: none is seen yet.
  expect((await refitJudged(arena.boardId, db)).snapshotIds).toEqual([]);
  const { snapshotIds } = await refitJudged(arena.boardId, db, undefined, later());
  expect(snapshotIds).toHaveLength(1);
  const board = await read("good");
  expect(board.judges.map(({ slug }) => slug)).toEqual(["good", "silent"]);
  expect(board.snapshot).toMatchObject({ id: snapshotIds[0], methodology: "salon-ppi-1", votes: 130 });
  const { withJudge } = board;
  expect(withJudge).toMatchObject({ fitted: true, labelled, judgeOnly: alone.length, votesOfBoard: 130 });
  expect(withJudge!.lambda).toBeGreaterThan(0.2);
  expect(withJudge!.effectiveVotes).toBeGreaterThan(140);
  for (const { low, high, people } of withJudge!.moves) {
    expect(high - low).toBeLessThan(people.high - people.low);
  }
  // As voted, the column stands beside people's own rating.
  const plain = await read();
  expect(plain.withJudge).toBeNull();
  for (const row of plain.rows) {
    const judged = board.rows.find(({ model }) => model === row.model)!;
    expect(row.withJudge).toEqual({ rating: judged.rating, low: judged.ratingLow, high: judged.ratingHigh });
    expect(row.rating).not.toBe(judged.rating);
  }

  expect((await verifyStoredSnapshot(snapshotIds[0], db)).differences).toEqual([]);
  // What comes later changes nothing that was stored; one vote more is no reason for another fit.
  await vote(db, await battleFor(db, arena), "tie");
  expect((await refitJudged(arena.boardId, db, undefined, later())).snapshotIds).toEqual([]);
  const one = await db.judgePairVerdict.findFirstOrThrow({ where: { judgeId: good, preference: 1 } });
  await db.judgePairVerdict.update({ where: { id: one.id }, data: { preference: 0 } });
  expect((await verifyStoredSnapshot(snapshotIds[0], db)).differences.join()).toContain("inputsHash");

  // An excluded vote is shown nowhere: the fit waits until it is made anew.
  await db.vote.updateMany({
    where: { boardId: arena.boardId, outcome: "TIE" },
    data: { status: "EXCLUDED", statusReason: "a bot" },
  });
  await refitRatings(arena.boardId, db);
  expect((await read("good")).withJudge!.fitted).toBe(false);
  const [again] = (await refitJudged(arena.boardId, db, undefined, later())).snapshotIds;
  const { judge } = snapshotDetails.parse(
    (await db.ratingSnapshot.findUniqueOrThrow({ where: { id: again } })).details,
  );
  expect(judge).toMatchObject({ judgeId: good, rubric: RUBRIC });
  expect((await read("good")).withJudge!.fitted).toBe(true);
}, 240_000);
