import pino from "pino";
import { addAccount } from "../../support/add-account";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { DELETE as deleteJudge, POST as postChange } from "@/app/api/v1/judges/[judgeId]/route";
import { GET as getJudges } from "@/app/api/v1/judges/route";
import { signVoterCookie, VOTER_COOKIE } from "@/lib/votes/voter-cookie";
import { newId } from "@/lib/db/new-id";
import { readRun } from "@/lib/pages/read-run";
import { approveModel } from "@/lib/models/review-model";
import { addJudge } from "@/lib/judges/add-judge";
import { admitJudge } from "@/lib/judges/admit-judge";
import { removeJudge } from "@/lib/judges/change-judge";
import { judgeCanaries } from "@/lib/judges/canaries/judge-canaries";
import { judgePairs } from "@/lib/judges/judge-pairs";
import { judgeSamples } from "@/lib/judges/judge-samples";
import { listJudges } from "@/lib/judges/list-judges";
import { readJudgeReport } from "@/lib/judges/read-judge-report";
import { readVendorRanks } from "@/lib/judges/read-vendor-ranks";
import { requeueStalledJudging } from "@/lib/judges/requeue-stalled-judging";
import { startJudging } from "@/lib/judges/start-judging";
import { leaderboardCsv } from "@/lib/pages/leaderboard-csv";
import { readLeaderboard } from "@/lib/pages/read-leaderboard";
import type { JudgeList, JudgeSubmissionInput } from "@/lib/schemas/judges/judging";
import { expectError, request } from "../../support/api-requests";
import { addBoard, startWorker, useDataFolder, type TestBoard } from "../../support/evaluation-world";
import { JUDGE_ANSWERS, startJudgeEndpoint, type JudgeEndpoint } from "../../support/judge-endpoint";
import { addPublishedRun, judgeSubmissionOf } from "../../support/judging-world";
import { useTestDatabase } from "../../support/test-database";
import { testClient } from "../../support/test-client";

useDataFolder();
process.env.SALON_SECRET ??= "a secret of the tests, which nobody must guess";
const database = useTestDatabase();
const client = testClient("127.0.0.1");
const PROMPTS = 8;
const CAP = 5;
const OWNER = "vtr_0000000000000000owner";
const STRANGER = "vtr_000000000000000strange";
const ALL = ["viescore@1", "pairwise@1"];
let endpoint: JudgeEndpoint;
let board: TestBoard;
let ownRun: string;
beforeAll(async () => {
  process.env.JUDGE_SAMPLES_PER_SUBMITTER = String(CAP);
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  endpoint = await startJudgeEndpoint();
  board = await addBoard(database.db, PROMPTS, "text-to-image", () => true);
  await addPublishedRun(database.db, board, "first");
  await addPublishedRun(database.db, board, "second");
  const own = { listed: false, submitterId: OWNER };
  ({ runId: ownRun } = await addPublishedRun(database.db, board, "own", own));
});
beforeEach(async () => {
  endpoint.answer = JUDGE_ANSWERS.good;
  await database.db.judge.deleteMany();
  await database.db.judgePair.deleteMany();
});
afterAll(async () => {
  await client.close();
  await endpoint.close();
});

async function add(ownerId: string | null, more: Partial<JudgeSubmissionInput> = {}) {
  const submission = judgeSubmissionOf(endpoint, { rubrics: ALL, pairsPerBoard: 10, ...more });
  const added = await addJudge({ submission, ownerId }, client, database.db);
  endpoint.questions.length = 0;
  return added;
}

/** Works on a judge's lanes until a round asks nothing. */
async function work(judgeId: string): Promise<number> {
  const before = endpoint.questions.length;
  const { db } = database;
  for (let asked = -1; asked !== endpoint.questions.length;) {
    asked = endpoint.questions.length;
    const judge = await db.judge.findUniqueOrThrow({ where: { id: judgeId }, include: { tasks: true } });
    for (const { id: taskId, runId, canaries } of judge.tasks) {
      const verb = canaries ? judgeCanaries : runId === null ? judgePairs : judgeSamples;
      const context = { db, client, signal: new AbortController().signal, retriesLeft: false };
      const lanes = Array.from({ length: judge.concurrency }, (_, lane) => lane);
      await Promise.all(lanes.map((lane) => verb({ taskId, lane }, context)));
    }
  }
  return endpoint.questions.length - before;
}

const cookieOf = async (voterId: string) => `${VOTER_COOKIE}=${await signVoterCookie(voterId)}`;
const judgesFor = async (voterId: string) => {
  const response = await getJudges(request("GET", "/api/v1/judges", { cookie: await cookieOf(voterId) }));
  return ((await response.json()) as JudgeList).judges;
};

test("a visitor's judge is the visitor's alone until the operator admits it: no column, no list, no ranks, no control", async () => {
  const { db } = database;
  const { judgeId, slug } = await add(OWNER, { budgetUsd: 5 });
  // Its owner's private run, sample by sample; no pairs or canaries of others' images.
  expect(await work(judgeId)).toBe(PROMPTS);
  const asked = await db.judgeSampleVerdict.findMany({ where: { judgeId }, include: { sample: true } });
  expect(new Set(asked.map(({ sample }) => sample.runId))).toEqual(new Set([ownRun]));
  const metric = `judge:${slug}:viescore@1`;
  expect((await readRun({ runId: ownRun, voterId: OWNER }, db)).metrics[metric]).toMatchObject({ value: 1 });

  // The owner publishes the model: what the judge says of it stays the owner's.
  await db.model.update({ where: { slug: "own" }, data: { listed: true } });
  const run = await readRun({ runId: ownRun, voterId: STRANGER }, db);
  expect(Object.keys(run.metrics).filter((name) => name.startsWith("judge:"))).toEqual([]);
  expect(run.judging).toEqual([]);
  const table = await readLeaderboard({ board: board.slug }, db);
  expect(table.judges).toEqual([]);
  expect(JSON.stringify(table)).not.toContain(slug);
  expect(leaderboardCsv(table)).not.toContain(slug);
  await expect(readLeaderboard({ board: board.slug, judge: slug }, db)).rejects.toMatchObject({
    code: "invalid_request",
  });
  expect((await readVendorRanks({ board: board.slug }, db)).cuts.every(({ judges }) => judges === 0)).toBe(
    true,
  );
  expect(await judgesFor(STRANGER)).toEqual([]);
  await expect(readJudgeReport({ slug, voterId: STRANGER }, db)).rejects.toMatchObject({ code: "not_found" });
  const at = { params: Promise.resolve({ judgeId }) };
  const cookie = await cookieOf(STRANGER);
  const body = { action: "pause" };
  await expectError(await postChange(request("POST", "/api/v1/judges/x", { cookie, body }), at), 404, "not_found"); // prettier-ignore
  await expectError(await deleteJudge(request("DELETE", "/api/v1/judges/x", { cookie }), at), 404, "not_found"); // prettier-ignore
  expect(await judgesFor(OWNER)).toMatchObject([
    { slug, own: true, admitted: false, submittedBy: "visitor", providerModel: "test", budgetUsd: 5 },
  ]);

  await admitJudge({ judgeId, admitted: true, by: "operator" }, db);
  // The samples of two models, and pairs.
  expect(await work(judgeId)).toBeGreaterThan(2 * PROMPTS);
  const after = await readLeaderboard({ board: board.slug }, db);
  expect(after.judges).toEqual([{ slug, name: "Test judge" }]);
  expect(after.rows.find(({ model }) => model === "first")!.metrics[metric]).toMatchObject({ value: 1 });
  // Its money, its key and what it is called at its endpoint stay its owner's.
  const [seen] = await judgesFor(STRANGER);
  expect(seen).toMatchObject({
    slug,
    own: false,
    admitted: true,
    providerModel: null,
    apiKeyLast4: null,
    budgetUsd: null,
    spentUsd: null,
    usdPerVerdict: null,
  });
  expect((await readJudgeReport({ slug, voterId: STRANGER }, db)).providerModel).toBeNull();
  await expectError(await deleteJudge(request("DELETE", "/api/v1/judges/x", { cookie }), at), 403, "forbidden"); // prettier-ignore

  await admitJudge({ judgeId, admitted: false, by: "operator" }, db);
  expect(await judgesFor(STRANGER)).toEqual([]);
  expect((await readLeaderboard({ board: board.slug }, db)).judges).toEqual([]);
  await db.model.update({ where: { slug: "own" }, data: { listed: false } });
});

test("a judge's endpoint speaks to its owner alone: strangers see that it is paused, and no word of why", async () => {
  const { db } = database;
  // On a site without one, whoever opens it on this machine is its operator.
  await addAccount(db, "OWNER");
  const { judgeId } = await add(null);
  endpoint.answer = JUDGE_ANSWERS.wrongKey;
  await work(judgeId);
  const [mine] = (await listJudges("operator", db)).judges;
  expect(mine).toMatchObject({ state: "PAUSED", pausedFor: { code: "no_answers", calls: 10 } });
  const [seen] = await judgesFor(STRANGER);
  expect(seen).toMatchObject({ state: "PAUSED", pausedFor: null });
  expect(seen.withoutVerdict.map(({ example }) => example)).toEqual(seen.withoutVerdict.map(() => ""));
  const runs = await db.run.findMany({ where: { model: { listed: true } } });
  const views = await Promise.all(runs.map(({ id }) => readRun({ runId: id, voterId: STRANGER }, db)));
  const stopped = views.flatMap(({ judging }) => judging.filter(({ paused }) => paused));
  expect(new Set(stopped.map(({ pausedFor }) => pausedFor))).toEqual(new Set([null]));
});

test("a stranger's listed model costs the operator's judge nothing unless it is approved, and then at most the cap a day", async () => {
  const { db } = database;
  const { judgeId } = await add(null, { budgetUsd: 100, concurrency: 2 });
  await work(judgeId);
  // Two cookies of one address share a cap.
  const strangers = { submitterId: STRANGER, addressHash: "an address" };
  const { modelId, runId } = await addPublishedRun(db, board, "squares", strangers);
  await addPublishedRun(db, board, "more squares", { ...strangers, submitterId: "vtr_another0cookie" });
  await voteOn(modelId);
  await db.$transaction((tx) => startJudging({}, tx));
  expect(await work(judgeId)).toBe(0);

  await approveModel({ slug: "squares", by: "operator" }, db);
  await approveModel({ slug: "more squares", by: "operator" }, db);
  await db.$transaction((tx) => startJudging({}, tx));
  expect(await work(judgeId)).toBeGreaterThan(0);
  const looked = await images(judgeId, modelId);
  expect(looked).toBeGreaterThan(0);
  expect(looked).toBeLessThanOrEqual(CAP);
  // A capped lane waits in the queue, and is not asked for every few seconds.
  await requeueStalledJudging(db);
  expect(await work(judgeId)).toBe(0);

  // Another day, another share.
  const yesterday = new Date(Date.now() - 25 * 3_600_000);
  await db.judgeSampleVerdict.updateMany({ data: { createdAt: yesterday } });
  await db.judgePairVerdict.updateMany({ data: { createdAt: yesterday } });
  await work(judgeId);
  const then = await images(judgeId, modelId);
  expect(then).toBeGreaterThan(looked);
  expect(then).toBeLessThanOrEqual(2 * CAP);
  expect((await db.run.findUniqueOrThrow({ where: { id: runId } })).state).toBe("PUBLISHED");
  await db.vote.deleteMany();
  await db.battle.deleteMany();
  await db.model.deleteMany({ where: { addressHash: strangers.addressHash } });
});

/** Somebody voted on the model's images against those of the model "first", prompt by prompt. */
async function voteOn(modelId: string): Promise<void> {
  const { db } = database;
  const voter = await db.voter.create({ data: { id: newId("voter") } });
  const samples = await db.sample.findMany({ where: { modelId } });
  for (const left of samples) {
    const right = await db.sample.findFirstOrThrow({
      where: { promptId: left.promptId, model: { slug: "first" } },
    });
    const sides = { leftModelId: modelId, rightModelId: right.modelId };
    const of = { boardId: board.id, voterId: voter.id, ...sides };
    const battle = await db.battle.create({
      data: {
        id: newId("battle"),
        ...of,
        promptId: left.promptId,
        leftSampleId: left.id,
        rightSampleId: right.id,
        pairPolicy: "test",
        propensity: 1,
      },
    });
    await db.vote.create({ data: { id: newId("vote"), battleId: battle.id, ...of, outcome: "LEFT" } });
  }
}

/** How many images of the models from a model's address a judge has looked at. */
async function images(judgeId: string, modelId: string): Promise<number> {
  const { db } = database;
  const { addressHash } = await db.model.findUniqueOrThrow({ where: { id: modelId } });
  const of = { model: { addressHash } };
  return (
    (await db.judgeSampleVerdict.count({ where: { judgeId, sample: of } })) +
    (await db.judgePairVerdict.count({ where: { judgeId, aSample: of } })) +
    (await db.judgePairVerdict.count({ where: { judgeId, bSample: of } }))
  );
}

test("removing a judge while it is being asked leaves nothing of it, and no failure in the log", async () => {
  const { db } = database;
  const lines: { level: number; msg: string }[] = [];
  const log = pino({ level: "debug" }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  let [arrive, answerIt] = [() => {}, () => {}];
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const answered = new Promise<void>((resolve) => (answerIt = resolve));
  const { judgeId } = await add(null, { concurrency: 3 });
  endpoint.answer = (response, body) => {
    if (endpoint.questions.length >= 3) arrive();
    void answered.then(() => JUDGE_ANSWERS.good(response, body));
  };
  const worker = await startWorker(db, database.url, log);
  try {
    await arrived;
    await removeJudge({ judgeId, by: "operator" }, db);
    answerIt();
    const left = () => db.$queryRaw<unknown[]>`
      select 1 from graphile_worker.jobs where task_identifier like 'judge-%'`;
    await expect.poll(async () => (await left()).length, { timeout: 30_000, interval: 50 }).toBe(0);
  } finally {
    answerIt();
    await worker.stop();
  }
  expect(await db.judgeSampleVerdict.count()).toBe(0);
  expect(await db.judgePairVerdict.count()).toBe(0);
  expect(lines.filter(({ level }) => level >= 40)).toEqual([]);
});
