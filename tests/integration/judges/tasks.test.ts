import { rm } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { artifactFolder } from "@/lib/artifacts/store";
import { addJudge } from "@/lib/judges/add-judge";
import { changeJudge, removeJudge } from "@/lib/judges/change-judge";
import { exportQuestions, importQuestions } from "@/lib/judges/checklists/exchange-questions";
import { judgePairs } from "@/lib/judges/judge-pairs";
import { judgeSamples } from "@/lib/judges/judge-samples";
import { listJudges } from "@/lib/judges/list-judges";
import { proposeQuestions } from "@/lib/judges/checklists/propose-questions";
import { readJudgeScores } from "@/lib/judges/read-judge-scores";
import { readJudgedPairs } from "@/lib/judges/read-judged-pairs";
import { reviewQuestions } from "@/lib/judges/checklists/review-questions";
import { startJudging } from "@/lib/judges/start-judging";
import { startProposal } from "@/lib/judges/checklists/start-proposal";
import { setSampleState } from "@/lib/moderation/set-state";
import type { JudgeSubmissionInput } from "@/lib/schemas/judges/judging";
import { addBoard, useDataFolder, type TestBoard } from "../../support/evaluation-world";
import {
  JUDGE_ANSWERS,
  says,
  startJudgeEndpoint,
  textOf,
  type JudgeEndpoint,
} from "../../support/judge-endpoint";
import { addPublishedRun, judgeSubmissionOf } from "../../support/judging-world";
import { useTestDatabase } from "../../support/test-database";
import { testClient } from "../../support/test-client";

useDataFolder();
const database = useTestDatabase();
const PROMPTS = 12;
const client = testClient("127.0.0.1");
let endpoint: JudgeEndpoint;
let board: TestBoard;
let runId: string;
let hiddenRunId: string;
beforeAll(async () => {
  endpoint = await startJudgeEndpoint();
  board = await addBoard(database.db, PROMPTS, undefined, () => true);
  ({ runId } = await addPublishedRun(database.db, board, "first"));
  await addPublishedRun(database.db, board, "second");
  ({ runId: hiddenRunId } = await addPublishedRun(database.db, board, "hidden", { listed: false }));
});
beforeEach(async () => {
  endpoint.answer = JUDGE_ANSWERS.good;
  await database.db.judge.deleteMany();
  await database.db.questionSet.deleteMany();
  await database.db.judgePair.deleteMany();
});
afterAll(async () => {
  await client.close();
  await endpoint.close();
});

async function add(more: Partial<JudgeSubmissionInput> = {}, ownerId: string | null = null): Promise<string> {
  const submission = judgeSubmissionOf(endpoint, { concurrency: 1, ...more });
  const { judgeId } = await addJudge({ submission, ownerId }, client, database.db);
  endpoint.questions.length = 0;
  return judgeId;
}

const context = (retriesLeft = false) => ({
  db: database.db,
  client,
  signal: new AbortController().signal,
  retriesLeft,
});

/** Works on a judge's lanes, as workers do, until nothing is left or it has been stopped. */
async function work(judgeId: string, times = 1): Promise<void> {
  for (let round = 0; round < 20; round++) {
    const judge = await database.db.judge.findUniqueOrThrow({
      where: { id: judgeId },
      include: { tasks: true },
    });
    const open = judge.tasks.filter(({ finishedAt }) => finishedAt === null);
    if (open.length === 0 || judge.state !== "ACTIVE") return;
    for (const { id: taskId, runId } of open) {
      const lanes = Array.from({ length: judge.concurrency * times }, (_, k) => k % judge.concurrency);
      const verb = runId === null ? judgePairs : judgeSamples;
      await Promise.all(lanes.map((lane) => verb({ taskId, lane }, context())));
    }
  }
}

const judgeOf = async (judgeId: string) =>
  (await listJudges("operator", database.db)).judges.find((judge) => judge.judgeId === judgeId)!;

it("judges the published runs of listed models once, however often and however many at once it is told to", async () => {
  const judgeId = await add({ concurrency: 2 });
  await database.db.$transaction((tx) => startJudging({}, tx));
  await work(judgeId, 3);
  const verdicts = await database.db.judgeSampleVerdict.findMany({
    where: { judgeId },
    include: { sample: true },
  });
  expect(verdicts).toHaveLength(2 * PROMPTS);
  expect(verdicts.some(({ sample }) => sample.runId === hiddenRunId)).toBe(false);
  const asked = endpoint.questions.length;
  await database.db.$transaction((tx) => startJudging({}, tx));
  await work(judgeId, 3);
  expect(await database.db.judgeTask.count({ where: { judgeId } })).toBe(2);
  expect(endpoint.questions.length).toBe(asked);
});

it("asks nothing about an image that was removed, and asks about it once it is shown again", async () => {
  const { id: sampleId } = await database.db.sample.findFirstOrThrow({ where: { runId } });
  const set = (state: "removed" | "visible") =>
    database.db.$transaction((tx) =>
      setSampleState({ sampleId, state, reason: "other", by: "operator", now: new Date() }, tx),
    );
  await set("removed");
  const judgeId = await add();
  await work(judgeId);
  const verdict = () => database.db.judgeSampleVerdict.count({ where: { judgeId, sampleId } });
  expect(await verdict()).toBe(0);
  expect(await database.db.judgeTask.count({ where: { judgeId, finishedAt: null } })).toBe(0);
  await set("visible");
  await work(judgeId);
  expect(await verdict()).toBe(1);
});

it("stops when its budget is spent, says so, and goes on when it is raised", async () => {
  const judgeId = await add({ budgetUsd: 0.01 });
  await work(judgeId);
  // Four verdicts of $0.003: the fourth goes over, a fifth is not asked for.
  expect(endpoint.questions).toHaveLength(4);
  expect(await judgeOf(judgeId)).toMatchObject({
    state: "PAUSED",
    pausedFor: { code: "budget_spent", budgetUsd: 0.01 },
    verdicts: 4,
    spentUsd: expect.closeTo(0.012, 9),
  });
  await expect(
    changeJudge({ judgeId, change: { action: "resume" }, by: "operator" }, database.db),
  ).rejects.toMatchObject({ code: "conflict" });
  await changeJudge({ judgeId, change: { budgetUsd: 1 }, by: "operator" }, database.db);
  await work(judgeId);
  expect(await judgeOf(judgeId)).toMatchObject({ state: "ACTIVE", verdicts: 2 * PROMPTS });
});

it("a rate limit puts the lane off as long as it asks, and settles nothing", async () => {
  const judgeId = await add();
  endpoint.answer = JUDGE_ANSWERS.tooFast;
  const { id: taskId } = await database.db.judgeTask.findFirstOrThrow({ where: { judgeId } });
  // A worker has taken the job.
  await database.db.$executeRaw`delete from graphile_worker._private_jobs`;
  await judgeSamples({ taskId, lane: 0 }, context(true));
  await judgeSamples({ taskId, lane: 0 }, context(true));
  expect(endpoint.questions).toHaveLength(1);
  expect(await database.db.judgeSampleVerdict.count({ where: { judgeId } })).toBe(0);
  const [job] = await database.db.$queryRaw<{ seconds: number }[]>`
    select extract(epoch from run_at - now())::float8 as seconds from graphile_worker.jobs where key = ${`${taskId}:0`}`;
  expect(job.seconds).toBeGreaterThan(20);
  expect((await judgeOf(judgeId)).waitingUntil).not.toBeNull();
});

it("a judge that breaks down is tried again later, and its sample stays open until patience ends", async () => {
  const judgeId = await add();
  endpoint.answer = JUDGE_ANSWERS.error500;
  const { id: taskId } = await database.db.judgeTask.findFirstOrThrow({ where: { judgeId } });
  await expect(judgeSamples({ taskId, lane: 0 }, context(true))).rejects.toMatchObject({ retryable: true });
  expect(await database.db.judgeSampleVerdict.count({ where: { judgeId } })).toBe(0);
});

it("ten calls in a row without an answer stop a judge; going on asks again what failed", async () => {
  const judgeId = await add();
  endpoint.answer = JUDGE_ANSWERS.prose;
  await work(judgeId);
  expect(endpoint.questions).toHaveLength(10);
  expect(await judgeOf(judgeId)).toMatchObject({
    state: "PAUSED",
    pausedFor: { code: "no_answers", calls: 10, said: expect.stringContaining("no JSON object") },
    verdicts: 0,
    withoutVerdict: [{ reason: "invalid", count: 10, example: expect.stringContaining("JSON") }],
  });
  endpoint.answer = JUDGE_ANSWERS.good;
  await changeJudge({ judgeId, change: { action: "resume" }, by: "operator" }, database.db);
  await work(judgeId);
  expect(await judgeOf(judgeId)).toMatchObject({
    verdicts: 2 * PROMPTS,
    withoutVerdict: [],
    pausedFor: null,
  });
});

it("a sample without a verdict is missing from the score, not zero", async () => {
  const judgeId = await add();
  endpoint.answer = (response, body) =>
    (textOf(body).includes('PROMPT: "prompt 3"') ? JUDGE_ANSWERS.refusal : JUDGE_ANSWERS.good)(
      response,
      body,
    );
  await work(judgeId);
  const scores = (await readJudgeScores([runId], null, database.db)).get(runId)!;
  const { slug } = await judgeOf(judgeId);
  expect(Object.keys(scores)).toEqual([`judge:${slug}:viescore@1`]);
  const score = scores[`judge:${slug}:viescore@1`];
  expect(score).toMatchObject({
    value: 1,
    n: PROMPTS - 1,
    high: 1,
    caveat: { code: "judged", unfinished: false, without: 1, demotedFor: null },
  });
  expect(score.low).toBeLessThan(1);
});

it("an image that cannot be read is no verdict, costs nothing, and holds nothing else up", async () => {
  const { db } = database;
  const { runId } = await addPublishedRun(db, board, "damaged");
  const [sample] = await db.sample.findMany({ where: { runId }, take: 1 });
  await rm(path.join(artifactFolder(), sample.artifactHash.slice(0, 2), sample.artifactHash));
  const judgeId = await add();
  await work(judgeId);
  expect(await judgeOf(judgeId)).toMatchObject({
    verdicts: 3 * PROMPTS - 1,
    withoutVerdict: [{ reason: "unreadable", count: 1 }],
    spentUsd: expect.closeTo((3 * PROMPTS - 1) * 0.003, 9),
    state: "ACTIVE",
  });
  await db.model.deleteMany({ where: { slug: "damaged" } });
});

it("judges pairs in both orders; f takes a preference for one place off", async () => {
  const judgeId = await add({ rubrics: ["pairwise@1"], pairsPerBoard: 5 });
  await work(judgeId);
  // The test judge always says A.
  const { labelled, judgeOnly } = await readJudgedPairs(
    { boardId: board.id, judgeId, rubric: "pairwise@1" },
    database.db,
  );
  expect(labelled).toEqual([]);
  expect(judgeOnly).toHaveLength(5);
  for (const pair of judgeOnly)
    expect(pair).toMatchObject({ judge: 0.5, first: 1, second: 0, propensity: 1 });
});

describe("what a visitor may do", () => {
  it("control what they added, and nothing else", async () => {
    const judgeId = await add({}, "vtr_owner");
    const stranger = { voterId: "vtr_stranger" };
    const pause = { action: "pause" } as const;
    await expect(changeJudge({ judgeId, change: pause, by: stranger }, database.db)).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(removeJudge({ judgeId, by: { voterId: null } }, database.db)).rejects.toMatchObject({
      code: "not_found",
    });
    const operators = await add({ name: "Operator's" });
    await expect(removeJudge({ judgeId: operators, by: stranger }, database.db)).rejects.toMatchObject({
      code: "forbidden",
    });
    await removeJudge({ judgeId: operators, by: "operator" }, database.db);
    await changeJudge({ judgeId, change: pause, by: { voterId: "vtr_owner" } }, database.db);
    await work(judgeId);
    expect(endpoint.questions).toHaveLength(0);
    await removeJudge({ judgeId, by: { voterId: "vtr_owner" } }, database.db);
    expect(await database.db.judge.count()).toBe(0);
  });

  it("a key is sealed, never shown, and sent to the judge alone; a judge that fails its trial is not added", async () => {
    const judgeId = await add();
    const stored = await database.db.judge.findUniqueOrThrow({ where: { id: judgeId } });
    expect(Buffer.from(stored.apiKeySealed!).includes("sk-secret")).toBe(false);
    expect(JSON.stringify(await judgeOf(judgeId))).not.toContain("sk-secret");
    await work(judgeId);
    expect(new Set(endpoint.keys)).toEqual(new Set(["Bearer sk-secret-123456"]));
    endpoint.answer = JUDGE_ANSWERS.prose;
    await expect(add({ name: "Talker" })).rejects.toMatchObject({ code: "endpoint_failed" });
    endpoint.answer = JUDGE_ANSWERS.good;
    await expect(add({ budgetUsd: 1, usdPerMillionInputTokens: null })).rejects.toMatchObject({
      details: { field: "usdPerMillionInputTokens" },
    });
    expect(await database.db.judge.count()).toBe(1);
  });
});

describe("checklists", () => {
  const twoQuestions = (prompt: number) => ({
    index: prompt,
    prompt: `prompt ${prompt}`,
    questions: [
      { id: 1, text: "Is there a ball?", parents: [] },
      { id: 2, text: "Is the ball red?", parents: [1] },
    ],
  });

  it("are used once a person has reviewed them; a question under a no counts as no; versions have columns of their own", async () => {
    const { promptSetId } = board;
    const judgeId = await add({ rubrics: ["checklist@1"] });
    const file = Array.from({ length: PROMPTS }, (_, at) => twoQuestions(at));
    const { id } = await importQuestions({ promptSetId, file }, database.db);
    await database.db.$transaction((tx) => startJudging({}, tx));
    expect(await database.db.judgeTask.count({ where: { judgeId } })).toBe(0);

    await database.db.$transaction((tx) => reviewQuestions({ questionSetId: id, reviewer: "Ada" }, tx));
    await database.db.$transaction((tx) => startJudging({}, tx));
    endpoint.answer = says('{"reasoning":"","answers":[{"id":1,"answer":"no"},{"id":2,"answer":"yes"}]}');
    await work(judgeId);
    const { slug } = await judgeOf(judgeId);
    const read = async () => (await readJudgeScores([runId], null, database.db)).get(runId)!;
    expect((await read())[`judge:${slug}:checklist@1:q1`]).toMatchObject({ value: 0, n: PROMPTS });

    const second = await importQuestions({ promptSetId, file: file.slice(0, 3) }, database.db);
    await database.db.$transaction((tx) =>
      reviewQuestions({ questionSetId: second.id, reviewer: "Ada" }, tx),
    );
    await database.db.$transaction((tx) => startJudging({}, tx));
    endpoint.answer = JUDGE_ANSWERS.good;
    await work(judgeId);
    const scores = await read();
    expect(scores[`judge:${slug}:checklist@1:q1`]).toMatchObject({ value: 0, n: PROMPTS });
    expect(scores[`judge:${slug}:checklist@1:q2`]).toMatchObject({ value: 1, n: 3 });
    expect(scores[`judge:${slug}:checklist@1:q1`].protocol).not.toBe(
      scores[`judge:${slug}:checklist@1:q2`].protocol,
    );
  });

  it("are proposed by a judge prompt by prompt, what it cannot do is said, and an incomplete version is not approved", async () => {
    const judgeId = await add({ rubrics: ["pairwise@1"] });
    const list = JSON.stringify({ questions: twoQuestions(0).questions });
    endpoint.answer = (response, body) =>
      (textOf(body).includes('"prompt 5"') ? JUDGE_ANSWERS.prose : says(list))(response, body);
    const { id } = await database.db.$transaction((tx) =>
      startProposal({ promptSetId: board.promptSetId, by: { judgeId } }, tx),
    );
    await proposeQuestions(id, context());
    await expect(
      database.db.$transaction((tx) => reviewQuestions({ questionSetId: id, reviewer: "Ada" }, tx)),
    ).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining(`8 of ${PROMPTS}`) });
    await proposeQuestions(id, context());
    const exported = await exportQuestions(id, database.db);
    expect(exported).toHaveLength(PROMPTS);
    expect(exported.filter(({ questions }) => (questions as unknown[]).length === 2)).toHaveLength(
      PROMPTS - 1,
    );
    const problem = await database.db.checklist.findFirstOrThrow({ where: { problem: { not: null } } });
    expect(problem.problem).toContain("JSON");
  });

  it("a wrong file changes nothing and names the prompt at fault", async () => {
    const file = [
      twoQuestions(0),
      { ...twoQuestions(1), questions: [{ id: 1, text: "Is it?", parents: [2] }] },
    ];
    await expect(importQuestions({ promptSetId: board.promptSetId, file }, database.db)).rejects.toThrow(
      /Prompt 1 has wrong questions: Question 1 depends on question 2/,
    );
    expect(await database.db.questionSet.count()).toBe(0);
  });
});
