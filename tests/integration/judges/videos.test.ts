import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { encodeWebp } from "@/generation/clips/encode-clip";
import { clipCaption } from "@/generation/world/motion/clip-caption";
import { sampleClip } from "@/generation/world/motion/clip-sampler";
import { createClipRenderer } from "@/generation/world/motion/render-clip";
import { putArtifact } from "@/lib/artifacts/store";
import { addJudge } from "@/lib/judges/add-judge";
import { judgeCanaries } from "@/lib/judges/canaries/judge-canaries";
import { measureJudge } from "@/lib/judges/grading/measure-judge";
import { judgePairs } from "@/lib/judges/judge-pairs";
import { judgeSamples } from "@/lib/judges/judge-samples";
import { readJudgeScores } from "@/lib/judges/read-judge-scores";
import { readJudgedPairs } from "@/lib/judges/read-judged-pairs";
import { registerBundledJudges } from "@/lib/judges/register-bundled-judges";
import { CLIP_CATEGORIES, type Clip } from "@/lib/schemas/stack/clip";
import { Backend } from "../../conformance/generation-client";
import { addBoard, useDataFolder, type TestBoard } from "../../support/evaluation-world";
import {
  imagesOf,
  startJudgeEndpoint,
  textOf,
  type ChatRequestBody,
  type JudgeEndpoint,
} from "../../support/judge-endpoint";
import { addPublishedRun, addVideoRun, judgeSubmissionOf } from "../../support/judging-world";
import { testClient } from "../../support/test-client";
import { useTestDatabase } from "../../support/test-database";

const RUBRICS = ["viescore@1", "pairwise@1", "videoscore@1", "videopair@1"];
const PROMPTS = CLIP_CATEGORIES.length;

useDataFolder();
const database = useTestDatabase();
const client = testClient("127.0.0.1");
let backend: Backend;
let endpoint: JudgeEndpoint;
let images: TestBoard & { runId: string };
let videos: TestBoard & { runIds: string[] };

/** A prompt of each category, and its clip. */
const clips = CLIP_CATEGORIES.map((category, at) => sampleClip(20_000_000 + at, "validation", category));
/** The same motions of other things in other colours: what no prompt asks for. */
const others = clips.map((_, at) => clips[(at + 1) % clips.length]);

beforeAll(async () => {
  // What Salon reads with, and its backend, let a process decode no SVG; the renderer of clips has to.
  sharp.unblock({ operation: ["VipsForeignLoadSvg"] });
  const render = createClipRenderer();
  const files = async (wanted: readonly Clip[]) => {
    const made: Buffer[] = [];
    for (const clip of wanted) {
      const { frames } = await render(clip);
      made.push(await encodeWebp({ rgb: Buffer.concat(frames), size: 64 }));
    }
    return made;
  };
  const [right, wrong] = [await files(clips), await files(others)];
  sharp.block({ operation: ["VipsForeignLoadSvg"] });
  backend = await Backend.start();
  endpoint = await startJudgeEndpoint();
  process.env.GENERATION_PORT = new URL(backend.url).port;
  process.env.BUNDLED_JUDGE_PROMPTS = "100";
  const { db } = database;
  const still = await addBoard(db, 2, "text-to-image", () => true);
  images = { ...still, runId: (await addPublishedRun(db, still, "image-model")).runId };
  await addPublishedRun(db, still, "other-image-model");
  const moving = await addBoard(db, PROMPTS, "text-to-video", () => true);
  await db.board.update({ where: { id: moving.id }, data: { modality: "TEXT_TO_VIDEO" } });
  for (const prompt of await db.prompt.findMany({ where: { promptSetId: moving.promptSetId } }))
    await db.prompt.update({ where: { id: prompt.id }, data: { text: clipCaption(clips[prompt.index]) } });
  videos = {
    ...moving,
    runIds: [await addVideoRun(db, moving, "right", right), await addVideoRun(db, moving, "wrong", wrong)],
  };
}, 60_000);
afterAll(async () => {
  await client.close();
  await Promise.all([backend.close(), endpoint.close()]);
});

const context = () => ({
  ...{ db: database.db, client, signal: new AbortController().signal, retriesLeft: false },
});

/** Works on all tasks of a judge but its canaries, as workers do. */
async function work(judgeId: string): Promise<void> {
  for (;;) {
    const where = { judgeId, finishedAt: null, canaries: false };
    const open = await database.db.judgeTask.findMany({ where });
    if (open.length === 0) return;
    for (const { id: taskId, runId } of open)
      await (runId === null ? judgePairs : judgeSamples)({ taskId, lane: 0 }, context());
  }
}

async function addMock(more: { rubrics?: string[] } = {}): Promise<string> {
  const submission = judgeSubmissionOf(endpoint, {
    rubrics: RUBRICS,
    concurrency: 1,
    pairsPerBoard: 4,
    ...more,
  });
  const { judgeId } = await addJudge({ submission, ownerId: null }, client, database.db);
  endpoint.questions.length = 0;
  return judgeId;
}

/** A question's texts and images in their order. */
function partsOf(body: ChatRequestBody): string[] {
  const user = body.messages.find(({ role }) => role === "user")!;
  if (typeof user.content === "string") return [user.content];
  return user.content.map(({ text }) => text ?? "image");
}
const framesOf = (video: string | null) =>
  Array.from({ length: 8 }, (_, at) => [
    video === null ? `Frame ${at + 1} of 8:` : `Video ${video}, frame ${at + 1} of 8:`,
    "image",
  ]).flat();
const askedBy = (name: string) =>
  endpoint.questions.filter(({ response_format: form }) => form?.json_schema?.name === name);

it("boards and runs of videos get rubrics of videos, those of images rubrics of images, each in columns of their own", async () => {
  const judgeId = await addMock();
  const tasks = await database.db.judgeTask.findMany({ where: { judgeId } });
  const rubricsOf = (of: { runId?: string; boardId?: string }) =>
    tasks
      .filter((task) => (of.runId ? task.runId === of.runId : task.boardId === of.boardId && !task.canaries))
      .map(({ rubric }) => rubric);
  expect(rubricsOf({ runId: images.runId })).toEqual(["viescore@1"]);
  for (const runId of videos.runIds) expect(rubricsOf({ runId })).toEqual(["videoscore@1"]);
  expect(rubricsOf({ boardId: images.id })).toEqual(["pairwise@1"]);
  expect(rubricsOf({ boardId: videos.id })).toEqual(["videopair@1"]);
  await work(judgeId);
  const { slug } = await database.db.judge.findUniqueOrThrow({ where: { id: judgeId } });
  const scores = await readJudgeScores([images.runId, ...videos.runIds], null, database.db);
  const [image, video] = [images.runId, videos.runIds[0]].map((runId) => scores.get(runId)!);
  expect(Object.keys(image)).toEqual([`judge:${slug}:viescore@1`]);
  expect(Object.keys(video)).toEqual([`judge:${slug}:videoscore@1`]);
  expect(video[`judge:${slug}:videoscore@1`]).toMatchObject({ n: PROMPTS });
  expect(video[`judge:${slug}:videoscore@1`].protocol).not.toBe(image[`judge:${slug}:viescore@1`].protocol);
}, 60_000);

it("a judge is shown the frames of a video in order, each with its number, of two videos first those of A", async () => {
  const judgeId = await addMock({ rubrics: ["videoscore@1", "videopair@1"] });
  await work(judgeId);
  const [single] = askedBy("videoscore");
  expect(partsOf(single).slice(0, -1)).toEqual(framesOf(null));
  expect(textOf(single)).toContain("as 8 numbered frames");
  const [first] = imagesOf(single);
  expect(await sharp(first).metadata()).toMatchObject({ format: "png", width: 64, height: 64 });
  const pairs = askedBy("videopair");
  for (const pair of pairs) expect(partsOf(pair).slice(0, -1)).toEqual([...framesOf("A"), ...framesOf("B")]);
  // Both orders of each pair: what one shows as A, another shows as B.
  const sides = (pair: ChatRequestBody) => {
    const keys = imagesOf(pair).map((png) => png.toString("base64"));
    return [keys.slice(0, 8).join(), keys.slice(8).join()];
  };
  const shown = new Set(pairs.map((pair) => sides(pair).join(" beside ")));
  for (const pair of pairs) expect(shown).toContain(sides(pair).reverse().join(" beside "));
}, 60_000);

it("canaries of videos spoil every frame, and the judge's report card of the board is of videos", async () => {
  const judgeId = await addMock({ rubrics: ["videopair@1"] });
  const { db } = database;
  const task = await db.judgeTask.findFirstOrThrow({ where: { judgeId, canaries: true } });
  await judgeCanaries({ taskId: task.id, lane: 0 }, context());
  const asked = askedBy("videopair");
  expect(asked.length).toBeGreaterThan(0);
  for (const body of asked) {
    const frames = imagesOf(body).map((png) => png.toString("base64"));
    expect(frames).toHaveLength(16);
    for (let at = 0; at < 8; at++) expect(frames[at]).not.toBe(frames[8 + at]);
  }
  const said = await db.judgeCanaryVerdict.findMany({ where: { judgeId } });
  expect(said.map(({ noVerdict }) => noVerdict)).toEqual(asked.map(() => null));
  const judge = await db.judge.findUniqueOrThrow({ where: { id: judgeId } });
  const boards = await db.board.findMany({ orderBy: { slug: "asc" } });
  const [ofImages, ofVideos] = await Promise.all(boards.map((board) => measureJudge(judge, board, db)));
  expect(ofImages).toBeNull();
  expect(ofVideos).toMatchObject({ board: { slug: "text-to-video" }, rubric: "videopair@1" });
});

it("a video that cannot be read gets no verdict, with the reason, and the judge is not asked", async () => {
  const { db } = database;
  const sample = await db.sample.findFirstOrThrow({ where: { runId: videos.runIds[0] } });
  const still = await sharp({ create: { width: 8, height: 8, channels: 3, background: "red" } })
    .webp()
    .toBuffer();
  const sha256 = await putArtifact(still);
  await db.artifact.create({
    data: { sha256, bytes: still.length, mediaType: "image/webp", width: 8, height: 8 },
  });
  await db.sample.update({ where: { id: sample.id }, data: { artifactHash: sha256 } });
  try {
    const judgeId = await addMock({ rubrics: ["videoscore@1"] });
    await work(judgeId);
    const verdict = await db.judgeSampleVerdict.findFirstOrThrow({ where: { judgeId, sampleId: sample.id } });
    expect(verdict).toMatchObject({ noVerdict: "unreadable", score: null });
    expect(verdict.message).toMatch(/The stored video: is no video.*The judge was not asked/);
    expect(askedBy("videoscore")).toHaveLength(2 * PROMPTS - 1);
  } finally {
    await db.sample.update({ where: { id: sample.id }, data: { artifactHash: sample.artifactHash } });
  }
}, 60_000);

it("the mini judge compares videos by their frames: it prefers those of the prompt, never by their place, and scores none", async () => {
  const { db } = database;
  await registerBundledJudges({ db, client });
  const judge = await db.judge.findFirstOrThrow({ where: { bundled: true } });
  expect(judge.rubrics).toContain("videopair@1");
  expect(judge.rubrics).not.toContain("videoscore@1");
  await work(judge.id);
  const ask = { boardId: videos.id, judgeId: judge.id, rubric: "videopair@1" };
  const { judgeOnly } = await readJudgedPairs(ask, db);
  const right = await db.model.findUniqueOrThrow({ where: { slug: "right" } });
  const forRight = judgeOnly.map(({ modelA, judge: share }) => (modelA === right.id ? share : 1 - share));
  expect(judgeOnly.length).toBe(PROMPTS);
  expect(forRight.every((share) => share >= 0.5)).toBe(true);
  expect(forRight.filter((share) => share === 1).length).toBeGreaterThanOrEqual(PROMPTS - 1);
  for (const { first, second } of judgeOnly) expect(first).toBe(second);
  expect(await db.judgeSampleVerdict.count({ where: { judgeId: judge.id, rubric: "videoscore@1" } })).toBe(0);
}, 60_000);

it("a bundled judge of an earlier release is asked about videos from the next start on", async () => {
  const { db } = database;
  const { id, rubrics } = await db.judge.findFirstOrThrow({ where: { bundled: true } });
  await db.judgeTask.deleteMany({ where: { judgeId: id, boardId: videos.id } });
  await db.judge.update({
    where: { id },
    data: { rubrics: rubrics.filter((each) => each !== "videopair@1") },
  });
  await registerBundledJudges({ db, client });
  expect((await db.judge.findUniqueOrThrow({ where: { id } })).rubrics).toEqual(rubrics);
  expect(await db.judgeTask.count({ where: { judgeId: id, boardId: videos.id } })).toBe(2);
});
