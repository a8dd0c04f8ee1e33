import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addJudge } from "@/lib/judges/add-judge";
import { judgeCanaries } from "@/lib/judges/canaries/judge-canaries";
import { judgePairs } from "@/lib/judges/judge-pairs";
import { judgeSamples } from "@/lib/judges/judge-samples";
import { resumeJudge } from "@/lib/judges/pause-judge";
import { probeJudge } from "@/lib/judges/probe-judge";
import { readJudgeScores } from "@/lib/judges/read-judge-scores";
import { decodeVideo } from "@/lib/media/decode-video";
import { addBoard, useDataFolder, type TestBoard } from "../../support/evaluation-world";
import {
  imagesOf,
  JUDGE_ANSWERS,
  startJudgeEndpoint,
  videosOf,
  type ChatRequestBody,
  type JudgeEndpoint,
} from "../../support/judge-endpoint";
import { addVideoRun, judgeSubmissionOf } from "../../support/judging-world";
import { testClient } from "../../support/test-client";
import { useTestDatabase } from "../../support/test-database";
import { noiseAnimation } from "../../support/videos";

const hasFfmpeg = spawnSync("ffmpeg", ["-version"]).status === 0;
const WHOLE = ["wholescore@1", "wholepair@1"];
const PROMPTS = 2;

useDataFolder();
const database = useTestDatabase();
const client = testClient("127.0.0.1");
let endpoint: JudgeEndpoint;
let board: TestBoard;
let runIds: string[];

beforeAll(async () => {
  endpoint = await startJudgeEndpoint();
  const { db } = database;
  board = await addBoard(db, PROMPTS, "text-to-video", () => true);
  await db.board.update({ where: { id: board.id }, data: { modality: "TEXT_TO_VIDEO" } });
  const clips = (name: string) =>
    Promise.all(
      Array.from({ length: PROMPTS }, (_, at) =>
        noiseAnimation(`${name} ${at}`, 17, { format: "webp", fps: 8, side: 32 }),
      ),
    );
  runIds = [
    await addVideoRun(db, board, "one", await clips("one")),
    await addVideoRun(db, board, "other", await clips("other")),
  ];
}, 60_000);
beforeEach(() => {
  endpoint.answer = JUDGE_ANSWERS.good;
  endpoint.questions.length = 0;
});
afterAll(async () => {
  await client.close();
  await endpoint.close();
});

const context = () => ({
  ...{ db: database.db, client, signal: new AbortController().signal, retriesLeft: false },
});

async function add(rubrics: string[]): Promise<string> {
  const submission = judgeSubmissionOf(endpoint, { rubrics, concurrency: 1, pairsPerBoard: 2 });
  const { judgeId } = await addJudge({ submission, ownerId: null }, client, database.db);
  endpoint.questions.length = 0;
  return judgeId;
}

/** One turn at every open task but the canaries. */
async function work(judgeId: string): Promise<void> {
  const where = { judgeId, finishedAt: null, canaries: false };
  for (const { id: taskId, runId } of await database.db.judgeTask.findMany({ where }))
    await (runId === null ? judgePairs : judgeSamples)({ taskId, lane: 0 }, context());
}

async function withoutFfmpeg<T>(work: () => Promise<T>): Promise<T> {
  const before = process.env.PATH;
  process.env.PATH = "/nowhere";
  try {
    return await work();
  } finally {
    process.env.PATH = before;
  }
}

const askedBy = (name: string) =>
  endpoint.questions.filter(({ response_format: form }) => form?.json_schema?.name === name);
/** What stands before the question: texts, and the types of what is no text. */
function partsOf(body: ChatRequestBody): string[] {
  const { content } = body.messages.find(({ role }) => role === "user")!;
  return typeof content === "string" ? [] : content.slice(0, -1).map(({ type, text }) => text ?? type);
}
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => "none",
    (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
  );

describe.skipIf(!hasFfmpeg)("a judge that is shown whole videos", () => {
  it("is sent each as one MP4 with all its frames, of two videos first A, in both orders", async () => {
    const judgeId = await add(WHOLE);
    await work(judgeId);
    const singles = askedBy("wholescore");
    expect(singles.map(partsOf)).toEqual(Array(2 * PROMPTS).fill(["video_url"]));
    const [mp4] = videosOf(singles[0]);
    const frames = await decodeVideo({ name: "sent", bytes: mp4 }, 100, { least: 1 });
    expect(frames).toHaveLength(17);
    const pairs = askedBy("wholepair");
    expect(pairs.length).toBeGreaterThan(0);
    for (const pair of pairs) {
      expect(partsOf(pair)).toEqual(["Video A:", "video_url", "Video B:", "video_url"]);
      expect(imagesOf(pair)).toEqual([]);
    }
    const shown = pairs.map((pair) => videosOf(pair).map((bytes) => bytes.toString("base64")));
    for (const [a, b] of shown) expect(shown).toContainEqual([b, a]);
  }, 60_000);

  it("has columns and a protocol of its own, whatever is said of frames", async () => {
    const { db } = database;
    const judges = [await add(["videoscore@1"]), await add(["wholescore@1"])];
    for (const judgeId of judges) await work(judgeId);
    const scores = (await readJudgeScores(runIds, null, db)).get(runIds[0])!;
    const [frames, whole] = await Promise.all(
      judges.map(async (id, at) => {
        const { slug } = await db.judge.findUniqueOrThrow({ where: { id } });
        return scores[`judge:${slug}:${["videoscore@1", "wholescore@1"][at]}`];
      }),
    );
    expect([frames.n, whole.n]).toEqual([PROMPTS, PROMPTS]);
    expect(frames.protocol).not.toBe(whole.protocol);
  }, 60_000);

  it("is never shown frames as well", async () => {
    const both = codeOf(add(["videoscore@1", "wholepair@1"]));
    expect(await both).toMatch(/^invalid_request: .*as frames.*or whole.*not both/);
    expect(endpoint.questions).toEqual([]);
  });

  it("is tried by canaries that change the whole video", async () => {
    const judgeId = await add(["wholepair@1"]);
    const { db } = database;
    const task = await db.judgeTask.findFirstOrThrow({ where: { judgeId, canaries: true } });
    await judgeCanaries({ taskId: task.id, lane: 0 }, context());
    const asked = askedBy("wholepair");
    expect(asked.length).toBeGreaterThan(0);
    for (const body of asked) {
      const [a, b] = await Promise.all(
        videosOf(body).map((bytes) => decodeVideo({ name: "sent", bytes }, 17)),
      );
      for (let at = 0; at < 17; at++)
        expect(Buffer.compare(Buffer.from(a[at].data), Buffer.from(b[at].data))).not.toBe(0);
    }
    const said = await db.judgeCanaryVerdict.findMany({ where: { judgeId } });
    expect(said.map(({ noVerdict }) => noVerdict)).toEqual(asked.map(() => null));
  }, 60_000);

  it("is added only if its endpoint takes a video, and is told plainly where not", async () => {
    endpoint.answer = JUDGE_ANSWERS.noVideos;
    const refusal = /^endpoint_failed: It works for images, but does not take a video .*At most 0 video.*shown videos as frames/s; // prettier-ignore
    expect(await codeOf(add(WHOLE))).toMatch(refusal);
    await add(["videoscore@1"]);
    endpoint.answer = JUDGE_ANSWERS.good;
    const { apiKey, endpointUrl, providerModel } = judgeSubmissionOf(endpoint);
    const test = { apiKey, endpointUrl, providerModel, rubrics: WHOLE };
    endpoint.questions.length = 0;
    const probe = await probeJudge(test, "operator", undefined, client);
    expect(probe).toMatchObject({ ok: true, message: expect.stringMatching(/It takes videos\.$/) as string });
    expect(endpoint.questions.flatMap(videosOf)).toHaveLength(1);
  });

  it("waits where there is no ffmpeg, saying so, with nothing counted, and goes on when there is", async () => {
    const { db } = database;
    const judgeId = await add(WHOLE);
    await withoutFfmpeg(() => work(judgeId));
    const judge = await db.judge.findUniqueOrThrow({ where: { id: judgeId } });
    expect(judge).toMatchObject({ state: "PAUSED", stateReason: { code: "no_ffmpeg" } });
    expect(await db.judgeCall.count({ where: { judgeId } })).toBe(0);
    expect(endpoint.questions).toEqual([]);
    await resumeJudge(judgeId, db);
    await work(judgeId);
    const said = await db.judgeSampleVerdict.findMany({ where: { judgeId } });
    expect(said.map(({ score }) => score)).toEqual(Array(2 * PROMPTS).fill(1));
  }, 60_000);

  it("is not added where there is no ffmpeg to try it with, and the endpoint is not blamed", async () => {
    const said = await withoutFfmpeg(() => codeOf(add(WHOLE)));
    expect(said).toMatch(/It works for images, but no video can be made to show it.*needs ffmpeg, which is not on the PATH/); // prettier-ignore
  });
});
