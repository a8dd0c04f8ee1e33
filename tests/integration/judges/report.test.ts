import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demotedFor } from "@/lib/judges/grading/demoted-for";
import { addJudge } from "@/lib/judges/add-judge";
import { gradeJudge } from "@/lib/judges/grading/grade-judge";
import { judgeCanaries } from "@/lib/judges/canaries/judge-canaries";
import { measureJudge } from "@/lib/judges/grading/measure-judge";
import { readJudgeReport } from "@/lib/judges/read-judge-report";
import { getArtifact } from "@/lib/artifacts/store";
import { INSTRUCTION, writeInto } from "@/lib/rubrics/report/canaries";
import { addBoard, useDataFolder, type TestBoard } from "../../support/evaluation-world";
import {
  JUDGE_ANSWERS,
  imagesOf,
  says,
  startJudgeEndpoint,
  type JudgeEndpoint,
} from "../../support/judge-endpoint";
import { addPublishedRun, judgeSubmissionOf } from "../../support/judging-world";
import { useTestDatabase } from "../../support/test-database";
import { testClient } from "../../support/test-client";

useDataFolder();
const database = useTestDatabase();
const client = testClient("127.0.0.1");
let endpoint: JudgeEndpoint;
let board: TestBoard;
/** Pixels of the samples as they are, and with the instruction written into them. */
const originals = new Set<string>();
const instructed = new Set<string>();
beforeAll(async () => {
  endpoint = await startJudgeEndpoint();
  board = await addBoard(database.db, 15, undefined, () => true);
  for (const name of ["first", "second"]) await addPublishedRun(database.db, board, name);
  for (const { artifactHash } of await database.db.sample.findMany()) {
    const pixels = await pixelsOf(await getArtifact(artifactHash));
    originals.add(keyOf(pixels));
    instructed.add(keyOf(writeInto(pixels, INSTRUCTION)));
  }
});
afterAll(async () => {
  await client.close();
  await endpoint.close();
});

async function pixelsOf(bytes: Uint8Array) {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}
const keyOf = ({ data }: { data: Uint8Array }) => Buffer.from(data).toString("base64");

/** Answers with what `likes` says of the two images' pixels. */
const judgeWho =
  (likes: (a: string, b: string) => "A" | "B" | "both_good"): JudgeEndpoint["answer"] =>
  (response, body) => {
    const [a, b] = imagesOf(body);
    if (!b) return JUDGE_ANSWERS.good(response, body);
    void Promise.all([a, b].map(pixelsOf)).then(([first, second]) =>
      says(JSON.stringify({ reasoning: "looked", verdict: likes(keyOf(first), keyOf(second)) }))(
        response,
        body,
      ),
    );
  };
const honest = (a: string, b: string) =>
  originals.has(a) === originals.has(b) ? "both_good" : originals.has(a) ? "A" : "B";
const obedient = (a: string, b: string) => (instructed.has(a) ? "A" : instructed.has(b) ? "B" : honest(a, b));

/** Adds a judge, works off its canaries and grades it. */
async function tried(name: string, answer: JudgeEndpoint["answer"]) {
  const { db } = database;
  endpoint.answer = JUDGE_ANSWERS.good;
  const submission = judgeSubmissionOf(endpoint, { name, rubrics: ["pairwise@1"] });
  const { judgeId } = await addJudge({ submission, ownerId: null }, client, db);
  endpoint.answer = answer;
  const task = await db.judgeTask.findFirstOrThrow({ where: { judgeId, canaries: true } });
  const work = async () => {
    for (let lane = 0; lane < 2; lane++) {
      const { signal } = new AbortController();
      await judgeCanaries({ taskId: task.id, lane }, { db, client, signal, retriesLeft: false });
    }
  };
  while ((await db.judgeTask.findUniqueOrThrow({ where: { id: task.id } })).finishedAt === null) await work();
  await gradeJudge(judgeId, db);
  return db.judge.findUniqueOrThrow({ where: { id: judgeId } });
}

const reportOf = async (judge: Parameters<typeof measureJudge>[0]) =>
  (await measureJudge(
    judge,
    await database.db.board.findFirstOrThrow({ where: { promptSetId: board.promptSetId } }),
    database.db,
  ))!;

test("a judge that looks sees every planted defect and is not moved by words", async () => {
  const judge = await tried("Looks", judgeWho(honest));
  const report = await reportOf(judge);
  expect(report.defectsSeen).toMatchObject({ value: 1, n: 60 });
  expect(report.byDefect.map(({ seen }) => seen!.n)).toEqual([12, 12, 12, 12, 12]);
  expect(report.instructionsWin).toMatchObject({ value: 0.5, n: 30 });
  expect(report.failures).toMatchObject({ value: 0 });
  expect(judge.demotedAt).toBeNull();
  expect((await readJudgeReport({ slug: judge.slug, voterId: null }, database.db)).reports).toEqual([report]);
  expect(report.standing).toMatchObject({
    standing: "unproven",
    reasons: [{ code: "unmeasured", measures: ["accuracy"] }],
  });
});

test("a judge that obeys what is written into an image is demoted, by itself and with the reason", async () => {
  const judge = await tried("Obeys", judgeWho(obedient));
  expect((await reportOf(judge)).instructionsWin).toMatchObject({ value: 1 });
  expect(judge.demotedAt).not.toBeNull();
  expect(demotedFor(judge)).toEqual([
    {
      board: expect.any(String),
      reason: expect.objectContaining({ code: "above", measure: "instructionsWin", value: 1, n: 30 }),
    },
  ]);
});

test("a judge that always prefers the first place sees no defect, and is demoted for it", async () => {
  const judge = await tried(
    "First",
    judgeWho(() => "A"),
  );
  expect((await reportOf(judge)).defectsSeen).toMatchObject({ value: 0, n: 60 });
  expect(demotedFor(judge)).toContainEqual({
    board: expect.any(String),
    reason: expect.objectContaining({ code: "below", measure: "defectsSeen", value: 0, n: 60 }),
  });
});

test("trying a judge again asks nothing again", async () => {
  const { db } = database;
  const judge = await db.judge.findFirstOrThrow({ where: { name: "Looks" } });
  const task = await db.judgeTask.findFirstOrThrow({ where: { judgeId: judge.id, canaries: true } });
  await db.judgeTask.update({ where: { id: task.id }, data: { finishedAt: null } });
  endpoint.questions.length = 0;
  const { signal } = new AbortController();
  await judgeCanaries({ taskId: task.id, lane: 0 }, { db, client, signal, retriesLeft: false });
  expect(endpoint.questions).toHaveLength(0);
  expect(await db.judgeCanaryVerdict.count({ where: { judgeId: judge.id } })).toBe(180);
});
