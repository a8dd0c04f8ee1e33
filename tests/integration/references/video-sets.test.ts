import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { registerEncoders } from "@/cli/encoders";
import { registerFd } from "@/cli/fd";
import { registerReferences } from "@/cli/references";
import { keepArtifacts } from "@/lib/artifacts/keep-artifacts";
import { inTransaction } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { newReferenceSet } from "@/lib/references/add-reference";
import { buildReference } from "@/lib/references/build-reference";
import { computeMetrics } from "@/lib/scoring/compute-metrics";
import { BUNDLED_WEIGHTS } from "@/lib/encoders/bundled-weights";
import { encodersInUse } from "@/lib/references/encoders-in-use";
import { examineRun } from "@/lib/diagnostics/diagnose-run";
import { extractFeatures } from "@/lib/scoring/extract-features";
import { listReferences, readReference } from "@/lib/references/list-references";
import { readExamination } from "@/lib/diagnostics/read-diagnostics";
import { readReferenceImage } from "@/lib/references/read-reference-image";
import { readRun } from "@/lib/pages/read-run";
import { readSampleImage } from "@/lib/runs/read-sample-image";
import { rescoreRun } from "@/lib/scoring/rescore-run";
import { closeScoringTools } from "@/lib/scoring/scoring-tools";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import { writeZip } from "@/lib/media/files/zip";
import { manifestHash, sha256 } from "@/lib/encoders/manifest";
import { packFrames } from "@/lib/media/pack-frames";
import { submission } from "@/lib/schemas/submissions";
import type { ReferenceSetView } from "@/lib/schemas/examination";
import { noiseAnimation, noiseFrames, writeFrames } from "../../support/videos";
import { addBoard, useDataFolder } from "../../support/evaluation-world";
import { useTestDatabase } from "../../support/test-database";
import { toyVideoEncoder } from "../../support/toy-encoder";
import { salonCommand } from "../../support/salon-command";

const folder = useDataFolder();
const database = useTestDatabase();
const SUBMITTER = newId("voter");
const at = (name: string) => path.join(folder.path, name);
const never = new AbortController().signal;
const hasFfmpeg = spawnSync("ffmpeg", ["-version"]).status === 0;
/** Real videos: eight GIFs, eight animated WebPs, eight folders of frames. */
const EACH = 8;
const PROMPTS = 12;

/** The bytes that videos of the real set are known by. */
const realBytes: Uint8Array[] = [];

beforeAll(async () => {
  process.env.DATABASE_URL = database.url;
  await mkdir(at("real"), { recursive: true });
  for (let i = 0; i < EACH; i++) {
    for (const format of ["gif", "webp"] as const) {
      const bytes = await noiseAnimation(`real ${format} ${i}`, 6, {
        format,
        fps: format === "gif" ? 10 : 25,
      });
      await writeFile(at(`real/${i}.${format}`), bytes);
      realBytes.push(bytes);
    }
    const frames = await noiseFrames(`real frames ${i}`, 5);
    await writeFrames(at(`real/frames-${i}`), frames);
    realBytes.push(packFrames(frames.map((bytes, t) => ({ name: String(t), bytes }))));
  }
  await salon("encoders", "install", "halves", "--from", await toyVideoEncoder(at("toy")));
  await addBoard(database.db, PROMPTS, "text-to-video");
  await database.db.board.updateMany({
    where: { slug: "text-to-video" },
    data: { modality: "TEXT_TO_VIDEO" },
  });
}, 120_000);
afterAll(closeScoringTools);
afterEach(() => vi.restoreAllMocks());

const salon = salonCommand(registerEncoders, registerReferences, registerFd);

const list = async () => JSON.parse((await salon("references", "list", "--json")).out) as ReferenceSetView[];
const rows = () => database.db.referenceImage.count();
const add = (name: string, source: string, ...flags: string[]) =>
  salon("references", "add", name, at(source), "--encoder", "halves", ...flags);

describe("a reference set of videos", () => {
  it("is built from animations and folders of frames, and says how many they are, how coded and how long", async () => {
    const { out, error } = await add("Real videos", "real");
    expect(error).toBe("");
    const manifest = manifestHash(realBytes.map(sha256));
    expect(out).toMatch(
      new RegExp(
        `^Real videos: 24 videos, halves@[0-9a-f]{12}, manifest ${manifest}\nRuns are scored with it`,
      ),
    );
    const [set] = await list();
    expect(set).toMatchObject({
      samples: "videos",
      n: 3 * EACH,
      dimension: 24,
      resolutions: { "16x16": 3 * EACH },
      formats: { gif: EACH, webp: EACH, "png frames": EACH },
      preprocessing: "clean 8x8 NCTHW mean 0,0,0 std 0.25,0.25,0.25, first 4 frames",
      scoresDistance: true,
      scoresSamples: true,
      isEncoderHere: true,
    });
    expect(set.videos).toEqual({
      frames: 4,
      rates: { "10": EACH, "25": EACH },
      seconds: { least: 0.24, median: 0.42, most: 0.6 },
    });
    expect((await salon("references", "list")).out).toMatch(/10,25 fps, 0\.24-0\.6 s +halves@/);
  });

  it("has the statistics that the command line takes of the same files", async () => {
    expect((await salon("references", "export", "Real videos", at("real.npz"))).code).toBe(0);
    const { out, error } = await salon("fd", at("real"), at("real.npz"), "--encoder", "halves", "--json");
    expect(error).toBe("");
    const { fd, protocol } = JSON.parse(out) as {
      fd: { value: number; label: string };
      protocol: { preprocessing: string };
    };
    expect(fd.value).toBeCloseTo(0, 6);
    expect(fd.label).toBe("FD-Halves");
    expect(protocol.preprocessing).toBe((await list())[0].preprocessing);
  });

  it("shows its videos as a still or moving WebP, whatever they were coded as", async () => {
    const [{ id, examples }] = await list();
    expect(examples).toHaveLength(6);
    for (const index of [0, 1, 2 * EACH + 1]) {
      const ask = { referenceId: id, index, voterId: null };
      const moving = await readReferenceImage(ask, database.db);
      const still = await readReferenceImage({ ...ask, still: true }, database.db);
      expect((await sharp(moving.bytes).metadata()).pages).toBeGreaterThanOrEqual(5);
      expect((await sharp(still.bytes).metadata()).pages ?? 1).toBe(1);
      expect(moving.etag).not.toBe(still.etag);
    }
  });

  it("goes on after kill -9 without counting a video twice, and ends the same when it is built by two at once", async () => {
    const { db } = database;
    const files = await Promise.all(
      Array.from({ length: 13 }, async (_, i) => ({
        name: `videos/${i}.gif`,
        bytes: await noiseAnimation(`more ${i}`, 4, { format: "gif" }),
      })),
    );
    await writeFile(at("more.zip"), writeZip(files));
    const id = await newReferenceSet(
      { name: "More", encoder: "halves", kind: "path", source: at("more.zip"), ownerId: null },
      db,
    );
    const child = spawnSync(process.execPath, ["--import", "tsx", "tests/support/killed-build.ts", id], {
      env: { ...process.env, DATABASE_URL: database.url, SALON_DATA_DIR: folder.path },
    });
    expect(child.signal).toBe("SIGKILL");
    const half = await readReference({ referenceId: id, voterId: null }, db);
    expect(half).toMatchObject({ state: "BUILDING", samples: "videos", total: 13, done: 4 });
    await Promise.all([buildReference(id, db), buildReference(id, db)]);
    expect(await readReference({ referenceId: id, voterId: null }, db)).toMatchObject({
      state: "READY",
      n: 13,
      done: 13,
      manifest: manifestHash(files.map(({ bytes }) => sha256(bytes))),
    });
  });

  it("reads another number of frames where that is asked for, and refuses one that the encoder cannot read", async () => {
    const { error, code } = await add("Five", "real", "--frames", "5");
    expect(error).toMatch(/halves cannot read videos of 5 frames/);
    expect(code).toBe(2);
    expect((await list()).map(({ name }) => name).sort()).toEqual(["More", "Real videos"]);
  });

  it.runIf(hasFfmpeg)("reads videos by ffmpeg, and knows their codec and rate", async () => {
    await mkdir(at("videos"));
    for (let i = 0; i < 3; i++) {
      const frames = at(`real/frames-${i}/frame-%d.png`);
      const coding = ["-c:v", "libx264", "-pix_fmt", "yuv420p", at(`videos/${i}.mp4`)];
      spawnSync("ffmpeg", ["-v", "error", "-framerate", "25", "-i", frames, ...coding]);
    }
    expect((await add("Videos", "videos")).error).toBe("");
    const set = (await list()).find(({ name }) => name === "Videos");
    expect(set).toMatchObject({ n: 3, formats: { h264: 3 }, videos: { rates: { "25": 3 } } });
  });

  it.each([
    [
      "short",
      "a.gif",
      () => noiseAnimation("short", 3, { format: "gif" }),
      /short\/a\.gif: has 3 frames, but 4 are needed/,
    ],
    ["text", "b.txt", () => Promise.resolve(Buffer.from("hello")), /text\/b\.txt: is no video \(a video/],
    ["fake", "a.mp4", () => Promise.resolve(Buffer.from("#EXTM3U")), /fake\/a\.mp4: is no video/],
    [
      "cut",
      "z.gif",
      async () => (await noiseAnimation("cut", 6, { format: "gif" })).subarray(0, 900),
      /cut\/z\.gif: is damaged/,
    ],
    ["one", "", () => Promise.resolve(Buffer.alloc(0)), /It holds 1 video; a reference needs at least 2/],
  ])(
    "refuses the folder %s by the name of the file at fault, and keeps nothing of it",
    async (set, file, make, message) => {
      await writeFrames(at(`${set}/fine`), await noiseFrames(`fine ${set}`, 4));
      if (file) await writeFile(at(`${set}/${file}`), await make());
      const before = await rows();
      const { out, error, code } = await add("Bad", set);
      expect(error).toMatch(message);
      expect([out, code]).toEqual(["", 2]);
      expect(await rows()).toBe(before);
    },
  );

  it("says what a video needs where ffmpeg is missing", async () => {
    await mkdir(at("mp4"));
    await writeFile(at("mp4/a.mp4"), Buffer.from("\0\0\0\x18ftypisom", "latin1"));
    const before = process.env.PATH;
    process.env.PATH = at("nowhere");
    const { error } = await add("Bad", "mp4").finally(() => (process.env.PATH = before));
    expect(error).toMatch(/mp4\/a\.mp4: is a video: reading it needs ffprobe, which is not on the PATH/);
  });

  it("may be uploaded: its encoder is listed among those of videos", async () => {
    const { encoders, videoEncoders } = await listReferences({ voterId: null }, database.db);
    const bundled = existsSync(path.join(BUNDLED_WEIGHTS, "toybox-video-encoder"))
      ? ["toybox-video-encoder"]
      : [];
    expect(encoders).toEqual(["toybox-encoder", ...bundled, "halves"]);
    expect(videoEncoders).toEqual([...bundled, "halves"]);
  });
});

describe("a run of videos", () => {
  const videoOf = (model: string, prompt: number) =>
    noiseAnimation(`${model} ${prompt}`, 6, { format: "webp" });

  /** A run whose samples were all had, as the generation of videos leaves it. */
  async function generated(model: string, frames = 6): Promise<string> {
    const { db } = database;
    const { runId, modelId } = await db.$transaction((tx) =>
      submitEndpoint(
        {
          submission: submission.parse({
            name: model,
            creator: "Tests",
            board: "text-to-video",
            endpointUrl: "http://127.0.0.1:9",
            providerModel: model,
          }),
          voterId: SUBMITTER,
        },
        tx,
      ),
    );
    const prompts = await db.prompt.findMany({ orderBy: { index: "asc" } });
    await mkdir(at(model), { recursive: true });
    for (const [i, prompt] of prompts.entries()) {
      const bytes =
        frames === 6
          ? await videoOf(model, i)
          : await noiseAnimation(`${model} ${i}`, frames, { format: "webp" });
      await writeFile(at(`${model}/${String(i).padStart(2, "0")}.webp`), bytes);
      await inTransaction(async (tx) => {
        const row = { mediaType: "image/webp", width: 16, height: 16 };
        const [artifactHash] = await keepArtifacts([{ bytes, row }], tx);
        await tx.sample.create({
          data: { id: newId("sample"), runId, modelId, promptId: prompt.id, artifactHash, latencyMs: 1 },
        });
      }, db);
    }
    await db.run.update({ where: { id: runId }, data: { state: "EXTRACTING" } });
    return runId;
  }
  const read = (runId: string) => readRun({ runId, voterId: SUBMITTER }, database.db);

  it("is scored against the videos that its encoder's runs are scored with, under the encoder's own name", async () => {
    const { db } = database;
    await salon("references", "use", "Real videos");
    const runId = await generated("mover");
    await extractFeatures(runId, db, never);
    await computeMetrics(runId, db, never);
    const run = await read(runId);
    expect(run.state).toBe("PUBLISHED");
    expect(Object.keys(run.metrics).sort()).toEqual([
      "dynamic-degree",
      "fd-Halves",
      "motion-smoothness",
      "scene-consistency",
      "subject-consistency",
      "temporal-flicker",
    ]);
    expect(run.unscored).toEqual([]);
    const { out } = await salon("fd", at("mover"), at("real.npz"), "--encoder", "halves", "--json");
    const { fd } = JSON.parse(out) as { fd: { value: number } };
    expect(run.metrics["fd-Halves"]).toMatchObject({
      n: PROMPTS,
      value: expect.closeTo(fd.value, 9) as number,
    });
    // Nothing of it reaches runs of images.
    expect((await encodersInUse("image", db)).map(({ name }) => name)).toEqual(["toybox-encoder"]);
  });

  it("is examined beside the real videos, with what its files are like", async () => {
    const { db } = database;
    const runId = (await db.run.findFirstOrThrow({ where: { model: { name: "mover" } } })).id;
    await examineRun(runId, db, never);
    await db.$executeRaw`delete from graphile_worker._private_jobs where key = ${`${runId}:examine`}`;
    const { encoders, forensics } = await readExamination({ runId, voterId: SUBMITTER }, db);
    expect(encoders.map(({ distanceLabel }) => distanceLabel)).toEqual(["FD-Halves"]);
    expect(encoders[0].most[0].neighbours).toHaveLength(3);
    expect(forensics).toMatchObject({ n: PROMPTS, formats: { webp: PROMPTS }, corrupt: [] });
    const sample = await readSampleImage({ sampleId: encoders[0].most[0].sampleId, voterId: SUBMITTER }, db);
    expect((await sharp(sample.bytes).metadata()).pages).toBe(6);
  });

  it("keeps its score when another set is chosen, says what it lacks, and is scored again once", async () => {
    const { db } = database;
    const runId = (await db.run.findFirstOrThrow({ where: { model: { name: "mover" } } })).id;
    const before = (await read(runId)).metrics["fd-Halves"];
    await salon("references", "use", "More");
    expect(await read(runId)).toMatchObject({ unscored: ["FD-Halves"] });
    expect((await read(runId)).metrics["fd-Halves"]).toEqual(before);
    await rescoreRun(runId, db, never);
    await rescoreRun(runId, db, never);
    expect((await read(runId)).metrics["fd-Halves"].protocol).not.toBe(before.protocol);
    expect(await db.metricResult.count({ where: { runId, metric: "fd-Halves" } })).toBe(2);
    expect(await read(runId)).toMatchObject({ unscored: [] });
  });

  it("says how its videos move: noise flickers and never stands still, with n and an interval over prompts", async () => {
    const { db } = database;
    const runId = await generated("flickerer", 17);
    await extractFeatures(runId, db, never);
    await computeMetrics(runId, db, never);
    const { metrics } = await read(runId);
    expect(Object.keys(metrics).sort()).toEqual([
      "dynamic-degree",
      "fd-Halves",
      "motion-smoothness",
      "scene-consistency",
      "subject-consistency",
      "temporal-flicker",
    ]);
    for (const name of ["dynamic-degree", "motion-smoothness", "temporal-flicker"]) {
      const { value, low, high, n } = metrics[name];
      expect(n, name).toBe(PROMPTS);
      expect(low, name).toBeLessThan(value);
      expect(high, name).toBeGreaterThan(value);
    }
    // Noise of one frame does not predict that of the next; an even motion would differ by less than 2 levels.
    expect(metrics["temporal-flicker"].value).toBeGreaterThan(20);
    expect(metrics["motion-smoothness"].value).toBeLessThan(0.92);
    // Each video is measured once, whoever asks again.
    await rescoreRun(runId, db, never);
    const encoderId = { startsWith: "block-motion-1+" };
    const artifact = { samples: { some: { runId } } };
    expect(await db.embedding.count({ where: { encoderId, artifact } })).toBe(PROMPTS);
  });

  it("with a video too short for an encoder has no distance under it, and is published all the same", async () => {
    const { db } = database;
    const runId = await generated("stumbler", 3);
    await extractFeatures(runId, db, never);
    await computeMetrics(runId, db, never);
    const { state, metrics } = await read(runId);
    expect(state).toBe("PUBLISHED");
    // Three frames are enough to say how they move, and how alike they are.
    expect(Object.keys(metrics).sort()).toEqual([
      "dynamic-degree",
      "motion-smoothness",
      "scene-consistency",
      "subject-consistency",
      "temporal-flicker",
    ]);
  });
});
