import { beforeAll, expect, test } from "vitest";
import { GET as readWeights } from "@/app/api/v1/leaderboards/[board]/weights/route";
import { POST as postVote } from "@/app/api/v1/votes/route";
import { castVote } from "@/lib/battles/cast-vote";
import { createBattle } from "@/lib/battles/create-battle";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { signVoterCookie, VOTER_COOKIE } from "@/lib/votes/voter-cookie";
import { excludeVotes } from "@/lib/votes/exclude-votes";
import { includeVotes } from "@/lib/votes/include-votes";
import { type Tx } from "@/lib/db/client";
import { exportVotes } from "@/lib/votes/export-votes";
import { importVotes } from "@/lib/votes/import-votes";
import { readLeaderboard } from "@/lib/pages/read-leaderboard";
import { readWeightedBoard } from "@/lib/pages/read-weighted-board";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { setBoardCriteria } from "@/lib/boards/set-board-criteria";
import { verifyCriterionSnapshot } from "@/lib/rankings/verify-criterion-snapshot";
import type { Outcome as PairOutcome } from "@/lib/ratings/outcome";
import { countPairs, type PairVote } from "@/lib/ratings/pair-counts";
import { seededRandom } from "@/lib/numerics/random";
import { buildSnapshot } from "@/lib/ratings/snapshot";
import { outcome, type CriteriaOutcomes, type Outcome } from "@/lib/schemas/battles";
import { battleFor, concurrently, makeArena, ticketOf, vote, type Arena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
const copy = useTestDatabase();

beforeAll(() => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
});

const run = <T>(work: (tx: Tx) => Promise<T>) =>
  database.db.$transaction(work, { maxWait: 60_000, timeout: 60_000 });
const refit = (arena: Arena) => refitRatings(arena.boardId, database.db);

async function makeCriteriaArena(models = 3): Promise<Arena> {
  const arena = await makeArena(database.db, { models, prompts: 6 });
  const criteria = ["aesthetics", "prompt_following"];
  await database.db.board.update({ where: { id: arena.boardId }, data: { criteria } });
  return arena;
}

async function cast(arena: Arena, outcome: Outcome, criteria?: CriteriaOutcomes): Promise<string> {
  const { voterId } = await ensureVoter(null, database.db);
  const battle = await run((tx) => createBattle({ board: arena.board, voterId }, tx));
  return (await run((tx) => castVote({ ...ticketOf(battle), outcome, criteria }, tx))).voteId;
}

/** Votes with all kinds of answers, from a seed. */
async function castMany(arena: Arena, count: number, seed: number): Promise<string[]> {
  const random = seededRandom(seed);
  const any = () => outcome.options[Math.floor(random.uniform() * 4)];
  const plans = Array.from({ length: count }, (_, i) => ({
    outcome: any(),
    criteria: i % 4 === 0 ? undefined : i % 4 === 1 ? { aesthetics: any() } : { aesthetics: any(), prompt_following: any() }, // prettier-ignore
  }));
  return concurrently(plans, (plan) => cast(arena, plan.outcome, plan.criteria));
}

/** What the log itself says of one criterion, as pair counts. */
async function logged(arena: Arena, criterion: string) {
  const votes = await database.db.vote.findMany({
    where: { boardId: arena.boardId, status: "COUNTED" },
    include: { answers: true },
  });
  const word = { LEFT: "a", RIGHT: "b", TIE: "tie", BOTH_BAD: "both_bad" } as const;
  return countPairs(
    votes.flatMap((vote): PairVote[] => {
      const said =
        criterion === "overall"
          ? vote.outcome
          : vote.answers.find((answer) => answer.criterion === criterion)?.outcome;
      const outcome: PairOutcome | undefined = said && word[said];
      return outcome ? [{ a: vote.leftModelId, b: vote.rightModelId, outcome }] : [];
    }),
  );
}

test("a vote's criteria are stored once with it, and a repetition changes nothing and is told what is stored", async () => {
  const { db } = database;
  const arena = await makeCriteriaArena(2);
  const battle = await battleFor(db, arena);
  expect(battle.criteria).toEqual(["aesthetics", "prompt_following"]);
  const ticket = ticketOf(battle);
  const results = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      run((tx) =>
        castVote({ ...ticket, outcome: "left", criteria: { aesthetics: outcome.options[i % 4] } }, tx),
      ),
    ),
  );
  const answers = await db.voteAnswer.findMany({ where: { voteId: results[0].voteId } });
  expect(answers).toHaveLength(1);
  for (const result of results) expect(result).toEqual(results[0]);
  const counts = await db.criterionCount.findMany({ where: { boardId: arena.boardId } });
  expect(counts.map((row) => row.votes)).toEqual([1]);
  // Who has seen the names cannot answer any more.
  const late = await run((tx) =>
    castVote({ ...ticket, outcome: "left", criteria: { prompt_following: "left" } }, tx),
  );
  expect(late).toEqual(results[0]);
  expect(await db.voteAnswer.count({ where: { voteId: results[0].voteId } })).toBe(1);
  expect((await vote(db, await battleFor(db, arena), "tie")).criteria).toEqual({});
});

test("a criterion the board does not ask about is refused and nothing is counted", async () => {
  const { db } = database;
  const plain = await makeArena(db, { models: 2, prompts: 2 });
  const { battleId, token, criteria } = await battleFor(db, plain);
  const cookie = `${VOTER_COOKIE}=${await signVoterCookie(token.split(".")[1])}`;
  expect(criteria).toEqual([]);
  const post = (body: unknown) =>
    postVote(
      new Request("http://salon.test/api/v1/votes", {
        method: "POST",
        headers: { "content-type": "application/json", host: "salon.test", cookie },
        body: JSON.stringify(body),
      }),
    );
  for (const [bad, field] of [
    [{ aesthetics: "left" }, "criteria.aesthetics"],
    [{ loudness: "left" }, "loudness"],
    [{ motion: "more" }, "criteria.motion"],
  ] as const) {
    const response = await post({ battleId, token, outcome: "left", criteria: bad });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: "invalid_request", field } });
  }
  expect(await db.vote.count({ where: { boardId: plain.boardId } })).toBe(0);
  expect((await post({ battleId, token, outcome: "left", criteria: {} })).status).toBe(200);
});

test("all weight on one criterion is the very fit of that criterion's votes; the numbers of votes are the log's", async () => {
  const arena = await makeCriteriaArena(4);
  await castMany(arena, 60, 1);
  await refit(arena);
  const slugs = new Map(arena.models.map((model) => [model.id, model.slug]));
  for (const criterion of ["overall", "aesthetics", "prompt_following"] as const) {
    const counts = await logged(arena, criterion);
    const single = buildSnapshot(counts, [...slugs.keys()]);
    const board = await readWeightedBoard({ board: arena.board, weights: { [criterion]: 3 } }, database.db);
    expect(board.criteria.find((row) => row.criterion === criterion)).toMatchObject({
      votes: single.votes,
      weight: 1,
    });
    expect(board.rows).toEqual(
      single.rows.map((row) => ({
        model: slugs.get(row.model),
        name: expect.any(String) as string,
        rank: row.rank,
        rankLow: row.rankLow,
        rankHigh: row.rankHigh,
        rating: row.rating,
        ratingLow: row.low,
        ratingHigh: row.high,
      })),
    );
  }
  // Halfway lies between the ends, model by model.
  const at = async (aesthetics: number) => {
    const weights = { overall: 1 - aesthetics, aesthetics };
    const { rows } = await readWeightedBoard({ board: arena.board, weights }, database.db);
    return new Map(rows.map((row) => [row.model, row.rating]));
  };
  const [left, middle, right] = [await at(0), await at(0.5), await at(1)];
  for (const [model, rating] of middle) {
    expect(rating).toBeCloseTo((left.get(model)! + right.get(model)!) / 2, 9);
  }
  const snapshots = await database.db.criterionSnapshot.findMany({ where: { boardId: arena.boardId } });
  expect(snapshots.map((row) => row.category).sort()).toEqual(["", "colour", "counting"]);
  for (const { id } of snapshots) {
    expect(await verifyCriterionSnapshot(id, database.db)).toMatchObject({ ok: true, differences: [] });
  }
  expect((await refit(arena)).snapshotIds).toEqual([]);
  expect(await database.db.criterionSnapshot.count({ where: { boardId: arena.boardId } })).toBe(3);
});

test("excluding votes takes their answers out of every criterion, including them brings them back, and old fits still verify", async () => {
  const { db } = database;
  const arena = await makeCriteriaArena(3);
  const ids = await castMany(arena, 30, 2);
  await refit(arena);
  const where = { boardId: arena.boardId, votes: { not: 0 } };
  const orderBy = [{ category: "asc" }, { modelA: "asc" }, { modelB: "asc" }, { answers: "asc" }] as const;
  const before = await db.criterionCount.findMany({ where, orderBy: [...orderBy] });
  await run((tx) => excludeVotes({ voteIds: ids.slice(0, 11), reason: "bot" }, tx));
  await refit(arena);
  const board = await readWeightedBoard({ board: arena.board }, db);
  for (const { criterion, votes } of board.criteria) {
    const counts = await logged(arena, criterion);
    expect(votes).toBe(counts.reduce((sum, c) => sum + c.winsA + c.winsB + c.ties + c.bothBad, 0));
  }
  for (const { id } of await db.criterionSnapshot.findMany({ where: { boardId: arena.boardId } })) {
    expect(await verifyCriterionSnapshot(id, db)).toMatchObject({ ok: true, differences: [] });
  }
  await run((tx) => includeVotes({ voteIds: ids }, tx));
  expect(await db.criterionCount.findMany({ where, orderBy: [...orderBy] })).toEqual(before);

  const { id } = await db.criterionSnapshot.findFirstOrThrow({ where: { boardId: arena.boardId } });
  const answer = await db.voteAnswer.findFirstOrThrow({ where: { criterion: "aesthetics", outcome: "LEFT" }, orderBy: { voteId: "desc" } }); // prettier-ignore
  await db.voteAnswer.update({
    where: { voteId_criterion: { voteId: answer.voteId, criterion: "aesthetics" } },
    data: { outcome: "RIGHT" },
  });
  const changed = await Promise.all(
    (await db.criterionSnapshot.findMany({ where: { boardId: arena.boardId } })).map((row) =>
      verifyCriterionSnapshot(row.id, db),
    ),
  );
  expect(
    changed.some((result) => !result.ok),
    id,
  ).toBe(true);
});

test("an operator chooses a board's criteria: motion for video alone, and what is asked no more is fitted no more", async () => {
  const { db } = database;
  const arena = await makeCriteriaArena(2);
  await castMany(arena, 8, 4);
  await refit(arena);
  const set = (criteria: string[], board = arena.board) =>
    run((tx) => setBoardCriteria({ board, criteria }, tx));
  for (const bad of ["motion", "charm"]) {
    await expect(set(["aesthetics", bad])).rejects.toMatchObject({ code: "invalid_request" });
  }
  await expect(set([], "nowhere")).rejects.toMatchObject({ code: "not_found" });
  expect(await set(["prompt_following"])).toEqual(["prompt_following"]);
  expect((await battleFor(db, arena)).criteria).toEqual(["prompt_following"]);
  await refit(arena);
  const asked = async () =>
    (await readWeightedBoard({ board: arena.board }, db)).criteria.map(({ criterion }) => criterion);
  expect(await asked()).toEqual(["overall", "prompt_following"]);
  const newest = await db.criterionSnapshot.findFirstOrThrow({
    where: { boardId: arena.boardId, category: "" },
    orderBy: { createdAt: "desc" },
  });
  expect(newest.details).toMatchObject({ criteria: ["overall", "prompt_following"] });
  expect(await verifyCriterionSnapshot(newest.id, db)).toMatchObject({ ok: true });
  expect(await set([])).toEqual([]);
  expect(await asked()).toEqual(["overall"]);
});

test("answers survive export and import: the copy's board has the same numbers under any weights", async () => {
  const arena = await makeCriteriaArena(3);
  await castMany(arena, 40, 3);
  await refit(arena);
  let text = "";
  for await (const piece of await exportVotes({ board: arena.board, format: "csv" }, database.db))
    text += piece;
  const fresh = await makeArena(copy.db, { models: 0, prompts: 6 });
  await copy.db.board.update({
    where: { id: fresh.boardId },
    data: { criteria: ["aesthetics", "prompt_following"] },
  });
  const source = {
    name: "log.csv",
    open: async function* () {
      yield Buffer.from(text);
    },
  };
  await copy.db.$transaction((tx) => importVotes({ board: fresh.board, source }, tx), { timeout: 60_000 });
  await refitRatings(fresh.boardId, copy.db);
  const weights = { overall: 1, aesthetics: 2, prompt_following: 0.5 };
  const there = await readWeightedBoard({ board: arena.board, weights }, database.db);
  const here = await readWeightedBoard({ board: fresh.board, weights }, copy.db);
  expect(here.criteria).toEqual(there.criteria);
  expect(here.rows.map((row) => row.model)).toEqual(there.rows.map((row) => row.model));
  here.rows.forEach((row, k) => {
    for (const key of ["rating", "ratingLow", "ratingHigh"] as const) {
      expect(Math.abs(row[key] - there.rows[k][key])).toBeLessThan(1e-9);
    }
  });
});

test("the weights route answers, says what is wrong with weights, and is readable before any answer", async () => {
  const arena = await makeCriteriaArena(2);
  const get = async (query: string, board = arena.board) => {
    const url = `http://salon.test/api/v1/leaderboards/${board}/weights?${query}`;
    const response = await readWeights(new Request(url), { params: Promise.resolve({ board }) });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const empty = await get("");
  expect(empty.status).toBe(200);
  expect(empty.body).toMatchObject({ snapshot: null, rows: [] });
  await cast(arena, "left", { aesthetics: "right" });
  await refit(arena);
  expect((await get("aesthetics=1&overall=1")).body).toMatchObject({
    criteria: [
      { criterion: "overall", votes: 1, weight: 0.5 },
      { criterion: "aesthetics", votes: 1, weight: 0.5 },
      { criterion: "prompt_following", votes: 0, weight: 0 },
    ],
  });
  expect((await get("prompt_following=1")).body).toMatchObject({
    rows: [],
    notes: ["Nobody has answered prompt following here yet."],
  });
  for (const bad of ["overall=0", "motion=1", "overall=-1", "overall=lots", "charm=1"]) {
    expect((await get(bad)).status, bad).toBe(400);
  }
  expect((await get("", "nowhere")).status).toBe(404);
  const whole = await readLeaderboard({ board: arena.board }, database.db);
  expect(whole.snapshot?.votes).toBe(1);
});
