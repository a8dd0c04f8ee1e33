import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { newId } from "@/lib/db/new-id";
import { addReference, newReferenceSet } from "@/lib/references/add-reference";
import { buildReference } from "@/lib/references/build-reference";
import { compareRuns, requestComparison } from "@/lib/diagnostics/compare-runs";
import { enqueueUnexamined } from "@/lib/diagnostics/request-missing-diagnostics";
import { examineRun } from "@/lib/diagnostics/diagnose-run";
import { exportStatistics } from "@/lib/references/export-statistics";
import { listReferences, readReference } from "@/lib/references/list-references";
import { readExamination } from "@/lib/diagnostics/read-diagnostics";
import { readReferenceImage } from "@/lib/references/read-reference-image";
import { readRun } from "@/lib/pages/read-run";
import { removeReference } from "@/lib/references/remove-reference";
import { closeScoringTools, scoringTools } from "@/lib/scoring/scoring-tools";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import { decodeImage } from "@/lib/media/decode-image";
import { parseStatistics } from "@/lib/encoders/files/npz";
import { writeZip } from "@/lib/media/files/zip";
import { manifestHash, sha256 } from "@/lib/encoders/manifest";
import { featureSet } from "@/lib/metrics/features";
import { kernelDistance } from "@/lib/metrics/kernel-distance";
import { momentsOf } from "@/lib/metrics/moments";
import type { RunExaminationView } from "@/lib/schemas/examination";
import {
  addBoard,
  startWorker,
  submissionOf,
  useDataFolder,
  type TestWorker,
} from "../../support/evaluation-world";
import { startImageEndpoint, type ImageEndpoint } from "../../support/image-endpoint";
import { noisePng } from "../../support/images";
import { useTestDatabase } from "../../support/test-database";

const folder = useDataFolder();
const database = useTestDatabase();
const SUBMITTER = newId("voter");
const PROMPTS = 30;
const REAL = 50;

let endpoint: ImageEndpoint;
let worker: TestWorker | undefined;
let real: Buffer[];
let referenceId: string;
const realFolder = path.join(folder.path, "real");
const fileName = (i: number) => `${String(i).padStart(3, "0")}.png`;

beforeAll(async () => {
  real = await Promise.all(Array.from({ length: REAL }, (_, i) => noisePng(32, 32, `real ${i}`)));
  await mkdir(realFolder, { recursive: true });
  await Promise.all(real.map((bytes, i) => writeFile(path.join(realFolder, fileName(i)), bytes)));
  endpoint = await startImageEndpoint();
  endpoint.answer = async (response, body) => {
    const number = Number(body.prompt.split(" ")[1]);
    response.end(
      JSON.stringify({ data: [{ b64_json: (await image(body.model, number)).toString("base64") }] }),
    );
  };
  await addBoard(database.db, PROMPTS);
  worker = await startWorker(database.db, database.url);
  referenceId = await addReference(
    {
      name: "Real noise",
      encoder: "toybox-encoder",
      kind: "path",
      source: realFolder,
      ownerId: null,
      scoresDistance: true,
      scoresSamples: true,
    },
    database.db,
  );
  await built(referenceId);
}, 120_000);
afterAll(async () => {
  await worker?.stop();
  await endpoint?.close();
  await closeScoringTools();
});

/** "odd" copies real image 7, repeats itself, sends a JPEG, a flat image, a cut-off one; others send fresh noise. */
async function image(model: string, number: number): Promise<Buffer> {
  if (model === "odd") {
    if (number === 3) return real[7];
    if (number === 5 || number === 6) return noisePng(32, 32, "twice");
    if (number === 8)
      return sharp(await noisePng(32, 32, "lossy"))
        .jpeg()
        .toBuffer();
    if (number === 9) return sharp({ create: { width: 32, height: 32, channels: 3, background: "teal" } }).png().toBuffer(); // prettier-ignore
    if (number === 11) return (await noisePng(32, 32, "cut")).subarray(0, 900);
  }
  return noisePng(32, 32, `${model} ${number}`);
}

async function built(id: string) {
  const read = () => readReference({ referenceId: id, voterId: null }, database.db);
  await vi.waitUntil(async () => (await read()).state !== "BUILDING", { timeout: 50_000, interval: 100 });
  return read();
}

const runs = new Map<string, Promise<{ runId: string; examination: RunExaminationView }>>();
/** The examined run of a model of the test endpoint; each is submitted once. */
function examined(model: string, promptCount = PROMPTS) {
  const known = runs.get(model) ?? examine(model, promptCount);
  runs.set(model, known);
  return known;
}
async function examine(model: string, promptCount: number) {
  const submission = submissionOf(endpoint, {
    providerModel: model,
    name: model,
    concurrency: 4,
    imageSize: "32x32",
    promptCount,
  });
  const { runId } = await database.db.$transaction((tx) =>
    submitEndpoint({ submission, voterId: SUBMITTER }, tx),
  );
  const read = () => readExamination({ runId, voterId: SUBMITTER }, database.db);
  await vi.waitUntil(async () => (await read()).state === "ready", { timeout: 150_000, interval: 100 });
  return { runId, examination: await read() };
}

async function features(files: Buffer[]) {
  const { encoder } = await scoringTools();
  const images = await Promise.all(files.map((bytes) => decodeImage(bytes)));
  return featureSet(await encoder.extract(images), encoder.dimension);
}

describe("a reference set", () => {
  it("has the statistics, histograms and manifest of the very files it was built from", async () => {
    const set = await readReference({ referenceId, voterId: null }, database.db);
    expect(set).toMatchObject({
      state: "READY",
      n: REAL,
      done: REAL,
      total: REAL,
      resolutions: { "32x32": REAL },
      formats: { png: REAL },
      manifest: manifestHash(real.map((bytes) => sha256(bytes))),
    });
    const { bytes } = await exportStatistics(referenceId, database.db);
    const exported = await parseStatistics(bytes, "exported.npz");
    const { data, dimension } = await features(real);
    const expected = momentsOf(data, dimension);
    exported.mean.forEach((value, i) => expect(value).toBeCloseTo(expected.mean[i], 9));
  });

  it("goes on after a stop without counting an image twice, and ends the same", async () => {
    const { db } = database;
    const zip = path.join(folder.path, "more.zip");
    const files = await Promise.all(
      Array.from({ length: 40 }, async (_, i) => ({
        name: fileName(i),
        bytes: await noisePng(32, 32, `more ${i}`),
      })),
    );
    await writeFile(zip, writeZip(files));
    const id = await newReferenceSet(
      { name: "More", encoder: "toybox-encoder", kind: "path", source: zip, ownerId: null },
      db,
    );
    const stop = new AbortController();
    await expect(
      buildReference(id, db, { signal: stop.signal, onProgress: () => stop.abort(new Error("killed")) }),
    ).rejects.toThrow("killed");
    const half = await readReference({ referenceId: id, voterId: null }, db);
    expect(half).toMatchObject({ state: "BUILDING", total: 40 });
    expect(half.done).toBeGreaterThan(0);
    expect(half.done).toBeLessThan(40);
    await Promise.all([buildReference(id, db), buildReference(id, db)]);
    const whole = await readReference({ referenceId: id, voterId: null }, db);
    expect(whole).toMatchObject({
      state: "READY",
      n: 40,
      done: 40,
      manifest: manifestHash(files.map(({ bytes }) => sha256(bytes))),
    });
  });

  it("fails by the name of the file that is no image, and leaves nothing of it", async () => {
    const spoiled = path.join(folder.path, "spoiled");
    await mkdir(spoiled);
    await writeFile(path.join(spoiled, "a.png"), await noisePng(32, 32, "fine"));
    await writeFile(path.join(spoiled, "b.txt"), "hello");
    const id = await addReference(
      { name: "Spoiled", encoder: "toybox-encoder", kind: "path", source: spoiled, ownerId: null },
      database.db,
    );
    const set = await built(id);
    expect(set).toMatchObject({ state: "FAILED", done: 0 });
    expect(set.failedFor).toEqual({
      code: "unreadable",
      said: expect.stringMatching(/b\.txt is not a PNG, JPEG or WebP image/),
    });
  });

  it("is not there twice under one encoder, whatever the files are called", async () => {
    const zip = path.join(folder.path, "same.zip");
    await writeFile(zip, writeZip(real.map((bytes, i) => ({ name: `other-${REAL - i}.png`, bytes }))));
    const id = await addReference(
      { name: "Same", encoder: "toybox-encoder", kind: "path", source: zip, ownerId: null },
      database.db,
    );
    expect((await built(id)).failedFor).toEqual({ code: "already_here", of: "image", name: "Real noise" });
  });

  it("is imported from published statistics and gives them back to the bit", async () => {
    const { bytes } = await exportStatistics(referenceId, database.db);
    const file = path.join(folder.path, "published.npz");
    await writeFile(file, bytes);
    const id = await addReference(
      {
        name: "Published",
        encoder: "toybox-encoder",
        kind: "statistics",
        source: file,
        n: 50,
        ownerId: null,
      },
      database.db,
    );
    expect(await built(id)).toMatchObject({
      state: "READY",
      n: 50,
      manifest: sha256(bytes),
      resolutions: null,
    });
    expect(Buffer.from((await exportStatistics(id, database.db)).bytes).equals(Buffer.from(bytes))).toBe(
      true,
    );
  });

  it("that runs are scored with cannot be removed, and another's cannot be by a stranger", async () => {
    const ask = { referenceId, by: { voterId: null } };
    await expect(removeReference({ referenceId, by: "operator" }, database.db)).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(removeReference(ask, database.db)).rejects.toMatchObject({ code: "forbidden" });
    const before = (await listReferences({ voterId: null }, database.db)).references;
    expect(before[0].id).toBe(referenceId);
  });
});

describe("an examined run", { timeout: 180_000 }, () => {
  it("has each metric of the very images that are stored, with n, interval and protocol", async () => {
    const [examination] = (await examined("fresh")).examination.encoders;
    const values = new Map<string, { value: number; low: number; high: number; metric: object }>(
      examination.metrics.flatMap((metric) =>
        metric.values.map((value) => [`${metric.name}.${value.key}`, { ...value, metric }] as const),
      ),
    );
    const fake = await Promise.all(Array.from({ length: PROMPTS }, (_, i) => noisePng(32, 32, `fresh ${i}`)));
    const expected = await kernelDistance(await features(real), await features(fake));
    const kid = values.get("kid.exact");
    expect(kid?.value).toBeCloseTo(expected.value, 9);
    expect(kid?.low).toBeLessThan(expected.value);
    expect(kid?.high).toBeGreaterThan(expected.value);
    for (const key of [
      "pr.precision",
      "prdc.coverage",
      "c2st.accuracy",
      "authpct.authentic",
      "fd_infinity.value",
    ]) {
      expect(values.get(key)?.metric, key).toMatchObject({
        n: PROMPTS,
        nReference: REAL,
        protocol: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      });
    }
    expect(examination.distanceLabel).toBe("FD-toybox");
    const curve = examination.curve!;
    expect(curve.points.at(-1)?.n).toBe(PROMPTS);
    expect(curve.infinity).toBeLessThan(curve.points[0].distance);
  });

  it("shows a copied reference image as the nearest of all, with the image it copies", async () => {
    const { examination } = await examined("odd");
    const [copy] = examination.encoders[0].closest;
    expect(copy).toMatchObject({ prompt: "prompt 3", score: 0 });
    expect(copy.neighbours[0]).toEqual({ url: `/media/references/${referenceId}/7`, distance: 0 });
    const shown = await readReferenceImage({ referenceId, index: 7, voterId: null }, database.db);
    const [a, b] = await Promise.all([shown.bytes, real[7]].map((bytes) => sharp(bytes).raw().toBuffer()));
    expect(a.equals(b)).toBe(true);
  });

  it("lists what is odd about the files", async () => {
    const { forensics } = (await examined("odd")).examination;
    expect(forensics).toMatchObject({ badge: "bad", n: PROMPTS - 1, formats: { png: PROMPTS - 2, jpeg: 1 } });
    expect(forensics?.exactDuplicates.map((group) => group.map(({ prompt }) => prompt))).toEqual([
      ["prompt 5", "prompt 6"],
    ]);
    expect(forensics?.narrowRange.map(({ prompt }) => prompt)).toEqual(["prompt 9"]);
    expect(forensics?.corrupt).toEqual([
      { name: "prompt 11", reason: expect.stringContaining("truncated or damaged") as string },
    ]);
    expect(forensics?.remarks).toContainEqual({
      code: "other_formats",
      samples: ["jpeg"],
      reference: ["png"],
    });
    expect((await examined("fresh")).examination.forensics).toMatchObject({ badge: "clean", remarks: [] });
  });

  it("is examined once, however often it is asked to be", async () => {
    const { runId } = await examined("fresh");
    const { db } = database;
    const before = await db.runExamination.findUniqueOrThrow({ where: { runId } });
    const { signal } = new AbortController();
    await Promise.all([examineRun(runId, db, signal), examineRun(runId, db, signal)]);
    expect(await db.runExamination.findUniqueOrThrow({ where: { runId } })).toEqual(before);
    // Two workers at once on a run that has none give one examination with the same numbers.
    await db.runExamination.delete({ where: { runId } });
    await Promise.all([examineRun(runId, db, signal), examineRun(runId, db, signal)]);
    const { createdAt: _then, ...numbers } = before;
    expect(await db.runExamination.findUniqueOrThrow({ where: { runId } })).toMatchObject(numbers);
  });

  it("that has neither an examination nor a job for it is queued, once", async () => {
    const { runId } = await examined("fresh");
    const { db } = database;
    const before = await db.runExamination.findUniqueOrThrow({ where: { runId } });
    expect(await enqueueUnexamined(db)).not.toContain(runId);
    await db.runExamination.delete({ where: { runId } });
    expect(await enqueueUnexamined(db)).toContain(runId);
    await vi.waitUntil(() => db.runExamination.findUnique({ where: { runId } }), { timeout: 150_000 });
    const { createdAt: _then, ...numbers } = before;
    expect(await db.runExamination.findUniqueOrThrow({ where: { runId } })).toMatchObject(numbers);
  });

  it("is compared with another over the same prompts, each of its metrics and influences paired", async () => {
    const [fresh, other] = [await examined("fresh"), await examined("other")];
    const same = await compareRuns(
      { runId: fresh.runId, against: other.runId, voterId: SUBMITTER },
      database.db,
    );
    expect(same).toMatchObject({ state: "ready", prompts: PROMPTS, isWhole: true, alignment: null });
    const [{ comparable, values }] = same.encoders;
    expect(comparable).toBe(true);
    const kid = values.find(({ metric, key }) => metric === "kid" && key === "exact")!;
    expect(kid.difference).toBeCloseTo(kid.first - kid.second, 12);
    expect(kid.low).toBeLessThan(kid.difference!);
    expect(values.filter(({ paired }) => !paired)).toEqual([]);
    expect(values.map(({ metric }) => metric)).toContain("c2st");
    const back = await compareRuns(
      { runId: other.runId, against: fresh.runId, voterId: SUBMITTER },
      database.db,
    );
    const mirrored = back.encoders[0].values.find(({ metric, key }) => metric === "kid" && key === "exact")!;
    expect(mirrored).toMatchObject({ first: kid.second, second: kid.first, pValue: kid.pValue });
  });

  it("is compared with one that lacks samples over the prompts both have, at equal n, once that is computed", async () => {
    const [fresh, fewer] = [await examined("fresh"), await examined("fewer", 24)];
    const { db } = database;
    const ask = { runId: fewer.runId, against: fresh.runId, voterId: SUBMITTER };
    const needed = await compareRuns(ask, db);
    expect(needed).toMatchObject({ state: "needed", prompts: 24, isWhole: false, encoders: [] });
    await requestComparison(ask, db);
    await vi.waitUntil(async () => (await compareRuns(ask, db)).state === "ready", {
      timeout: 150_000,
      interval: 200,
    });
    const { encoders } = await compareRuns(ask, db);
    const [{ values }] = encoders;
    expect(values.every(({ n, paired, differences }) => n === 24 && paired && differences.length === 0)).toBe(
      true,
    );
    // The very numbers of the first 24 images of either, recomputed from the images alone.
    const kid = values.find(({ metric, key }) => metric === "kid" && key === "exact")!;
    const firstOf = async (model: string) =>
      features(await Promise.all(Array.from({ length: 24 }, (_, i) => noisePng(32, 32, `${model} ${i}`))));
    const realFeatures = await features(real);
    expect(kid.first).toBeCloseTo((await kernelDistance(realFeatures, await firstOf("fewer"))).value, 9);
    expect(kid.second).toBeCloseTo((await kernelDistance(realFeatures, await firstOf("fresh"))).value, 9);
  });

  it("warns where models of its board were scored under another protocol", async () => {
    const { runId } = await examined("fewer", 24);
    const [fresh] = await Promise.all([examined("fresh"), examined("other")]);
    const { db } = database;
    await db.model.updateMany({ where: { name: { in: ["fresh", "other", "odd"] } }, data: { listed: true } });
    const { mismatches } = await readExamination({ runId, voterId: SUBMITTER }, db);
    expect(mismatches).toContainEqual(
      expect.objectContaining({
        metric: "fd-toybox",
        board: { slug: "text-to-image", name: "text-to-image" },
        differences: expect.arrayContaining([
          { field: "samples", first: "24", second: expect.any(String) as string },
        ]) as unknown[],
      }),
    );
    const run = await readRun({ runId: fresh.runId, voterId: SUBMITTER }, db);
    expect(run.state).toBe("PUBLISHED");
  });

  it("of a private model is nobody else's", async () => {
    const { runId } = await examined("private");
    await database.db.model.updateMany({ where: { name: "private" }, data: { listed: false } });
    const ask = { runId, voterId: newId("voter") };
    await expect(readExamination(ask, database.db)).rejects.toMatchObject({ code: "not_found" });
    await expect(compareRuns({ ...ask, against: runId }, database.db)).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

it("the folder of a reference stays as it was", async () => {
  const names = await readdir(realFolder);
  expect(names).toHaveLength(REAL);
  expect(await readFile(path.join(realFolder, names[0]))).toEqual(real[0]);
});
