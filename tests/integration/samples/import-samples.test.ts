import { mkdir, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { uploadFailureText } from "@/lib/schemas/reasons/failure-text";
import { getArtifact } from "@/lib/artifacts/store";
import { newId } from "@/lib/db/new-id";
import { writeZip } from "@/lib/media/files/zip";
import { readRun } from "@/lib/pages/read-run";
import { setBlockedList } from "@/lib/moderation/checks/blocked-list";
import { checkSamples } from "@/lib/moderation/checks/check-samples";
import { exportSamples } from "@/lib/samples/export-samples";
import { importSamples } from "@/lib/samples/import-samples";
import { readAnyUpload } from "@/lib/samples/read-upload";
import { startLocalImport } from "@/lib/samples/start-upload";
import { sampleUploadRequest, type SampleUploadInput } from "@/lib/schemas/sample-uploads";
import { registerSamples } from "@/cli/samples";
import { addBoard, startWorker, useDataFolder, type TestWorker } from "../../support/evaluation-world";
import { noiseAnimation } from "../../support/videos";
import { noisePng } from "../../support/images";
import { writeTar, type NamedBytes } from "../../support/sample-archives";
import { salonCommand } from "../../support/salon-command";
import { testClient } from "../../support/test-client";
import { useTestDatabase } from "../../support/test-database";

const folder = useDataFolder();
const database = useTestDatabase();
const PROMPTS = 8;
let images: NamedBytes[];
let serial = 0;
let worker: TestWorker | undefined;

beforeAll(async () => {
  process.env.DATABASE_URL = database.url;
  await addBoard(database.db, PROMPTS);
  images = await Promise.all(
    Array.from({ length: PROMPTS }, async (_, i) => ({
      name: `${String(i).padStart(5, "0")}.png`,
      bytes: await noisePng(24, 24, `sample ${i}`),
    })),
  );
});
afterAll(() => worker?.stop());

const place = (name: string) => path.join(folder.path, `${++serial}-${name}`);

async function written(name: string, bytes: Uint8Array): Promise<string> {
  const file = place(name);
  await writeFile(file, bytes);
  return file;
}

async function begin(location: string, more: Partial<SampleUploadInput> = {}) {
  const wanted = sampleUploadRequest.parse({
    ...{ file: path.basename(location), bytes: 1, name: `Model ${++serial}`, creator: "Tests" },
    ...{ promptSet: "text-to-image-prompts", ...more },
  });
  return startLocalImport({ wanted, location, enqueues: false }, database.db);
}

async function imported(location: string, more: Partial<SampleUploadInput> = {}) {
  const { uploadId, runId } = await begin(location, more);
  await importSamples(uploadId, database.db);
  return { runId, uploadId, upload: await readAnyUpload(uploadId, database.db) };
}

/** The samples of a run as "prompt/index:sha256". */
async function samplesOf(runId: string): Promise<string[]> {
  const samples = await database.db.sample.findMany({ where: { runId }, include: { prompt: true } });
  return samples.map((each) => `${each.prompt.index}/${each.index}:${each.artifactHash}`).sort();
}
const stateOf = async (runId: string) =>
  (await database.db.run.findUniqueOrThrow({ where: { id: runId } })).state;
const leftOver = async () => [
  await database.db.uploadedFile.count(),
  await database.db.sampleUpload.count({ where: { state: "READING" } }),
];

describe("an import", () => {
  it("takes a zip, a tar and a folder alike, byte for byte, and moves the run on", async () => {
    const tree = place("folder");
    await mkdir(path.join(tree, "__MACOSX"), { recursive: true });
    for (const { name, bytes } of images) await writeFile(path.join(tree, name), bytes);
    await writeFile(path.join(tree, ".DS_Store"), "x");
    const zip = await imported(await written("a.zip", writeZip(images)));
    const tar = await imported(await written("a.tar", await writeTar(images)));
    const dir = await imported(tree);
    for (const { runId, upload } of [zip, tar, dir]) {
      expect(upload).toMatchObject({ state: "DONE", added: PROMPTS, problemCount: 0, layout: "index" });
      expect(await stateOf(runId)).toBe("EXTRACTING");
      expect(await samplesOf(runId)).toEqual(await samplesOf(zip.runId));
    }
    expect(dir.upload.passedOver).toBe(2);
    expect([zip.upload.sha256, dir.upload.sha256]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), null]);
    const first = await database.db.sample.findFirstOrThrow({
      where: { runId: zip.runId, prompt: { index: 0 } },
    });
    expect(await getArtifact(first.artifactHash)).toEqual(images[0].bytes);
    expect([first.latencyMs, first.costUsd]).toEqual([null, null]);
    expect(await leftOver()).toEqual([0, 0]);
  });

  it("holds its samples until the site's checks have looked at them, where it has any", async () => {
    await setBlockedList({ list: ["prompt 3"], by: "operator" }, database.db);
    const { runId } = await imported(await written("checked.zip", writeZip(images)));
    const states = async () => {
      const samples = await database.db.sample.findMany({
        where: { runId },
        orderBy: { prompt: { index: "asc" } },
      });
      return samples.map(({ state, stateReason }) => `${state} ${stateReason}`);
    };
    expect(await states()).toEqual(Array(PROMPTS).fill("HELD unchecked"));
    const [{ n }] = await database.db.$queryRaw<[{ n: number }]>`
      select count(*)::int as n from graphile_worker.jobs where key = ${`check-samples:${runId}`}`;
    expect(n).toBe(1);
    const client = testClient("127.0.0.1");
    await checkSamples({ runId }, { db: database.db, client, signal: new AbortController().signal });
    await client.close();
    await setBlockedList({ list: [], by: "operator" }, database.db);
    expect(await states()).toEqual(
      Array.from({ length: PROMPTS }, (_, i) => (i === 3 ? "HELD blocked_words" : "VISIBLE null")),
    );
  });

  it("follows a manifest, with seeds", async () => {
    const manifest = `file,prompt,index,seed\n${images.map(({ name }, i) => `x/${name},prompt ${7 - i},0,${i}`).join("\n")}\n`;
    const files = images.map(({ name, bytes }) => ({ name: `x/${name}`, bytes }));
    const zip = writeZip([...files, { name: "manifest.csv", bytes: Buffer.from(manifest) }]);
    const { runId, upload } = await imported(await written("m.zip", zip));
    expect(upload).toMatchObject({ state: "DONE", added: PROMPTS, layout: "manifest" });
    const sample = await database.db.sample.findFirstOrThrow({
      where: { runId, prompt: { index: 7 } },
      include: { artifact: true },
    });
    expect(await getArtifact(sample.artifactHash)).toEqual(images[0].bytes);
    expect(sample.seedUsed).toBe(0);
  });

  it("lists what does not fit, and takes the rest", async () => {
    const bad = [
      { name: "00000.png", bytes: Buffer.from("no image at all") },
      { name: "00001.png", bytes: images[1].bytes.subarray(0, 200) },
      { name: "00099.png", bytes: images[2].bytes },
      { name: "notes.txt", bytes: Buffer.from("seed 7") },
    ];
    const { runId, upload } = await imported(await written("b.zip", writeZip([...bad, ...images.slice(2)])));
    expect(upload).toMatchObject({ state: "DONE", added: 6, problemCount: 4 });
    expect(upload.problems.map(({ name, code }) => `${name}: ${code}`)).toEqual([
      "00000.png: not_an_image",
      "00001.png: damaged",
      "00099.png: unknown_prompt",
      "notes.txt: not_media",
    ]);
    expect(await stateOf(runId)).toBe("EXTRACTING");
    expect(await database.db.sampleFailure.count({ where: { runId } })).toBe(0);
  });

  it.each<[string, () => Promise<Uint8Array>, RegExp]>([
    ["no archive", async () => Buffer.from("hello there"), /neither a .zip nor an uncompressed .tar/],
    ["a zip cut off", async () => writeZip(images).subarray(0, 2000), /truncated/],
    ["a tar cut off", async () => (await writeTar(images)).subarray(0, 12_000), /truncated tar/],
    [
      "a path outside",
      async () => writeZip([{ name: "../../evil.png", bytes: images[0].bytes }, ...images]),
      /outside itself/,
    ],
    [
      "nothing that fits",
      async () => writeZip([{ name: "x.png", bytes: images[0].bytes }]),
      /None of its files/,
    ],
  ])("leaves nothing of %s, and says what to do", async (_, make, reason) => {
    const samples = await database.db.sample.count();
    const { runId, upload } = await imported(await written("bad", await make()));
    expect(upload).toMatchObject({ state: "FAILED", added: 0 });
    expect(uploadFailureText(upload.failedFor!)).toMatch(reason);
    expect(await stateOf(runId)).toBe("FAILED");
    expect(await database.db.sample.count()).toBe(samples);
    expect(await leftOver()).toEqual([0, 0]);
  });

  it("run twice adds nothing; other bytes for a sample that is there are a problem", async () => {
    const half = images.slice(0, 5);
    const { runId } = await imported(await written("1.zip", writeZip(half)));
    await database.db.run.update({ where: { id: runId }, data: { state: "PUBLISHED" } });
    const before = await samplesOf(runId);
    const again = await imported(await written("2.zip", writeZip(half)), { runId });
    expect(again.upload).toMatchObject({ state: "DONE", added: 0, same: 5 });
    expect(await samplesOf(runId)).toEqual(before);
    expect(await stateOf(runId)).toBe("PUBLISHED");

    const other = [{ name: "00000.png", bytes: images[7].bytes }, ...images.slice(5)];
    const rest = await imported(await written("3.zip", writeZip(other)), { runId });
    expect(rest.upload).toMatchObject({ state: "DONE", added: 3, problemCount: 1 });
    expect(rest.upload.problems[0]).toMatchObject({ name: "00000.png", code: "other_bytes" });
    expect(await samplesOf(runId)).toHaveLength(PROMPTS);
    // What was published is scored anew with what came.
    expect(await stateOf(runId)).toBe("EXTRACTING");
  });

  it("of too few samples waits for the rest: missing ones are missing, none failed", async () => {
    const { runId } = await imported(await written("few.zip", writeZip(images.slice(0, 3))));
    const run = await readRun({ runId, voterId: null }, database.db).catch(() => null);
    expect(run).toBeNull();
    const { state, failureReason } = await database.db.run.findUniqueOrThrow({ where: { id: runId } });
    expect([state, failureReason]).toEqual([
      "FAILED",
      { code: "too_few_uploaded", here: 3, total: 8, needed: 4 },
    ]);
    await imported(await written("rest.zip", writeZip(images.slice(3))), { runId });
    expect(await stateOf(runId)).toBe("EXTRACTING");
    expect(await samplesOf(runId)).toHaveLength(PROMPTS);
  });

  /** Five samples of each prompt, whose import is stopped after its first batch. */
  async function killedImport(name: string) {
    const many = images.flatMap(({ bytes }, prompt) =>
      Array.from({ length: 5 }, (_, index) => ({
        name: `${prompt}_${index}.png`,
        // The same pixels in files of other bytes.
        bytes: Buffer.concat([bytes, Buffer.from([index])]),
      })),
    );
    const location = await written(name, await writeTar(many));
    const { uploadId, runId } = await begin(location);
    const stop = new AbortController();
    const onProgress = () => stop.abort(new Error("killed"));
    await expect(importSamples(uploadId, database.db, { signal: stop.signal, onProgress })).rejects.toThrow("killed"); // prettier-ignore
    const kept = await database.db.uploadedFile.count({ where: { uploadId } });
    expect(kept).toBeGreaterThan(0);
    return { location, uploadId, runId, kept };
  }

  it("goes on after a kill where it stopped, and makes samples only when all is read", async () => {
    const { uploadId, runId, kept } = await killedImport("killed.tar");
    expect(await samplesOf(runId)).toEqual([]);
    const seen: number[] = [];
    await importSamples(uploadId, database.db, { onProgress: (done) => seen.push(done) });
    expect(seen[0]).toBeGreaterThan(kept);
    expect(await samplesOf(runId)).toHaveLength(5 * PROMPTS);
    expect((await database.db.run.findUniqueOrThrow({ where: { id: runId } })).samplesPerPrompt).toBe(5);
  });

  it("whose archive is cut off between kill and restart leaves nothing", async () => {
    const { uploadId, runId, location } = await killedImport("lost.tar");
    await truncate(location, 3_000);
    await importSamples(uploadId, database.db);
    expect(await readAnyUpload(uploadId, database.db)).toMatchObject({ state: "FAILED" });
    expect(await samplesOf(runId)).toEqual([]);
    expect(await leftOver()).toEqual([0, 0]);
  });

  it("takes videos for a run of videos, and an image is none", async () => {
    const gif = await noiseAnimation("moves", 4, { format: "gif" });
    const videos = Array.from({ length: 4 }, (_, i) => ({ name: `prompt ${i}-0.gif`, bytes: gif }));
    const zip = writeZip([...videos, { name: "prompt 4-0.gif", bytes: images[4].bytes }]);
    const { runId, upload } = await imported(await written("v.zip", zip), { kind: "video" });
    expect(upload).toMatchObject({ state: "DONE", added: 4, layout: "text-n" });
    expect(upload.problems.map(({ code }) => code)).toEqual(["not_a_video"]);
    const sample = await database.db.sample.findFirstOrThrow({
      where: { runId },
      include: { artifact: true },
    });
    expect(sample.artifact.video).toMatchObject({ codec: "gif", frames: 4 });
  });
});

describe("samples out", () => {
  it("are the stored bytes with a manifest that imports the same run again, for who may see it", async () => {
    const { runId } = await imported(await written("out.zip", writeZip(images)));
    const ask = (voterId: string | null) => exportSamples({ runId, voterId }, database.db);
    await expect(ask(newId("voter"))).rejects.toThrow(/no such run/);
    const { modelId } = await database.db.run.findUniqueOrThrow({ where: { id: runId } });
    const submitterId = newId("voter");
    await database.db.model.update({ where: { id: modelId }, data: { submitterId } });
    const tar = Buffer.from(await new Response(await ask(submitterId)).arrayBuffer());
    const again = await imported(await written("again.tar", tar));
    expect(again.upload).toMatchObject({ layout: "manifest", added: PROMPTS, problemCount: 0 });
    expect(await samplesOf(again.runId)).toEqual(await samplesOf(runId));

    // Of a listed model, what is in the arena stays there.
    await database.db.model.update({ where: { id: modelId }, data: { listed: true } });
    const held = { promptSet: { slug: "text-to-image-prompts" }, index: 0 };
    await database.db.prompt.updateMany({ where: held, data: { arena: true } });
    const everybodys = Buffer.from(await new Response(await ask(null)).arrayBuffer());
    expect(everybodys.includes(Buffer.from(images[0].bytes).subarray(60))).toBe(false);
    expect(everybodys.includes(Buffer.from(images[1].bytes).subarray(60))).toBe(true);
    await database.db.prompt.updateMany({ where: held, data: { arena: false } });
  });
});

describe("salon samples import", () => {
  const salon = salonCommand(registerSamples);
  it("imports a folder with a summary; what does not fit is listed, and nothing at all is exit code 1", async () => {
    const file = await written(
      "cli.zip",
      writeZip([...images, { name: "stray.png", bytes: images[0].bytes }]),
    );
    const done = await salon("samples", "import", file, "--model", "By hand", "--prompts", "text-to-image-prompts"); // prettier-ignore
    expect(done).toMatchObject({ code: 0 });
    expect(done.out).toMatch(
      /8 samples added to run run_\w+ of by-hand, 0 there already, 1 of 9 files did not fit/,
    );
    expect(done.out).toContain("stray.png: No prompt of this run is called");
    const empty = await written("none.zip", writeZip([{ name: "x.png", bytes: images[0].bytes }]));
    const none = await salon(
      "samples",
      "import",
      empty,
      "--model",
      "None",
      "--prompts",
      "text-to-image-prompts",
    );
    expect(none.code).toBe(1);
    expect(none.out).toMatch(/Nothing was imported/);
  });
});

it("a run of uploaded samples is embedded, scored and published like any other", async () => {
  worker = await startWorker(database.db, database.url);
  const { runId } = await imported(await written("scored.zip", writeZip(images)), { listed: true });
  await expect.poll(() => stateOf(runId), { timeout: 150_000, interval: 200 }).toBe("PUBLISHED");
  const run = await readRun({ runId, voterId: null }, database.db);
  expect(run).toMatchObject({
    source: "UPLOAD",
    generated: PROMPTS,
    failed: 0,
    medianLatencyMs: null,
    costUsd: null,
  });
});
