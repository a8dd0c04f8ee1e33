import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { registerEncoders } from "@/cli/encoders";
import { registerReferences } from "@/cli/references";
import { registerRuns } from "@/cli/runs";
import { newId } from "@/lib/db/new-id";
import { encodersInUse } from "@/lib/references/encoders-in-use";
import { readExamination } from "@/lib/diagnostics/read-diagnostics";
import { readRun } from "@/lib/pages/read-run";
import { requestRescore } from "@/lib/scoring/request-rescore";
import { closeScoringTools } from "@/lib/scoring/scoring-tools";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import { decodeImage } from "@/lib/media/decode-image";
import { openEncoder } from "@/lib/encoders/open-encoder";
import { readLeaderboard } from "@/lib/pages/read-leaderboard";
import { frechetDistance, gaussianOf } from "@/lib/metrics/frechet-distance";
import { momentsOf } from "@/lib/metrics/moments";
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
import { toyEncoder } from "../../support/toy-encoder";
import { salonCommand } from "../../support/salon-command";

const folder = useDataFolder();
const database = useTestDatabase();
const SUBMITTER = newId("voter");
const PROMPTS = 30;
const REAL = 40;
const at = (name: string) => path.join(folder.path, name);

let endpoint: ImageEndpoint;
let worker: TestWorker | undefined;
let real: Buffer[];

beforeAll(async () => {
  process.env.DATABASE_URL = database.url;
  real = await Promise.all(Array.from({ length: REAL }, (_, i) => noisePng(32, 32, `real ${i}`)));
  await mkdir(at("real"), { recursive: true });
  await Promise.all(real.map((bytes, i) => writeFile(at(`real/${String(i).padStart(3, "0")}.png`), bytes)));
  endpoint = await startImageEndpoint();
  endpoint.answer = async (response, body) => {
    const number = Number(body.prompt.split(" ")[1]);
    // "leaky" cannot make two of its images.
    if (body.model === "leaky" && (number === 4 || number === 17)) {
      response.end(JSON.stringify({ data: [{ b64_json: Buffer.from("no").toString("base64") }] }));
      return;
    }
    const bytes = await noisePng(32, 32, `${body.model} ${number}`);
    response.end(JSON.stringify({ data: [{ b64_json: bytes.toString("base64") }] }));
  };
  await addBoard(database.db, PROMPTS);
  worker = await startWorker(database.db, database.url);
  await salon("references", "add", "Real", at("real"), "--encoder", "toybox-encoder");
}, 120_000);
afterAll(async () => {
  await worker?.stop();
  await endpoint?.close();
  await closeScoringTools();
});
afterEach(() => vi.restoreAllMocks());

const salon = salonCommand(registerEncoders, registerReferences, registerRuns);

const runs = new Map<string, Promise<string>>();
/** The published run of a model of the test endpoint; each is submitted once. */
function published(model: string): Promise<string> {
  const known = runs.get(model) ?? evaluate(model);
  runs.set(model, known);
  return known;
}
async function evaluate(model: string, promptCount?: number, board?: string): Promise<string> {
  const submission = submissionOf(endpoint, {
    providerModel: model,
    name: model,
    concurrency: 4,
    imageSize: "32x32",
    ...(promptCount && { promptCount }),
    ...(board && { board }),
  });
  const { runId } = await database.db.$transaction((tx) =>
    submitEndpoint({ submission, voterId: SUBMITTER }, tx),
  );
  await vi.waitUntil(async () => (await run(runId)).state === "PUBLISHED", {
    timeout: 55_000,
    interval: 100,
  });
  return runId;
}
const run = (runId: string) => readRun({ runId, voterId: SUBMITTER }, database.db);

/** The Fréchet distance under the installed encoder, from the images alone. */
async function distanceOf(model: string, numbers = Array.from({ length: PROMPTS }, (_, i) => i)) {
  const encoder = await openEncoder("quarters", { encodersDir: at("encoders") });
  const gaussian = async (files: Buffer[]) => {
    const images = await Promise.all(files.map((bytes) => decodeImage(bytes)));
    return gaussianOf(momentsOf(await encoder.extract(images), encoder.dimension));
  };
  const fake = await Promise.all(numbers.map((i) => noisePng(32, 32, `${model} ${i}`)));
  const value = frechetDistance(await gaussian(fake), await gaussian(real));
  await encoder.close();
  return value;
}

describe("an installed encoder", { timeout: 180_000 }, () => {
  it("with a reference set scores runs from then on, beside the bundled one, under its own name", async () => {
    const before = await published("before");
    expect(Object.keys((await run(before)).metrics)).toEqual(["fd-toybox"]);
    expect((await run(before)).unscored).toEqual([]);

    const manifest = await toyEncoder(at("toy"));
    await salon("encoders", "install", "quarters", "--from", manifest);
    const { out, error } = await salon("references", "add", "Quarters", at("real"), "--encoder", "quarters");
    expect(error.replace(/.*embedding.*/g, "")).toBe("");
    expect(out).toMatch(
      /Runs are scored with it from now on\. `salon runs rescore` scores published ones too/,
    );

    const { metrics } = await run(await published("after"));
    expect(Object.keys(metrics).sort()).toEqual(["fd-Quarters", "fd-toybox"]);
    const fd = metrics["fd-Quarters"];
    expect(fd.value).toBeCloseTo(await distanceOf("after"), 9);
    expect(fd.n).toBe(PROMPTS);
    expect(fd.low).toBeLessThan(fd.value);
    expect(fd.protocol).not.toBe(metrics["fd-toybox"].protocol);
    // The older run keeps its score, and says what it lacks.
    expect(await run(before)).toMatchObject({ unscored: ["FD-Quarters"] });
  });

  it("scores published runs again when asked to, once, however often that is", async () => {
    const before = await published("before");
    const toybox = (await run(before)).metrics["fd-toybox"];
    await requestRescore({ runId: before, voterId: SUBMITTER }, database.db);
    await vi.waitUntil(async () => (await run(before)).unscored.length === 0, { timeout: 50_000 });
    const { metrics } = await run(before);
    expect(metrics["fd-toybox"]).toEqual(toybox);
    expect(metrics["fd-Quarters"].value).toBeCloseTo(await distanceOf("before"), 9);

    const rows = () => database.db.metricResult.findMany({ orderBy: { id: "asc" } });
    const embeddings = () => database.db.embedding.count();
    const [stored, embedded] = [await rows(), await embeddings()];
    expect((await salon("runs", "rescore")).out).toMatch(/^2 runs are queued/);
    await vi.waitUntil(async () => (await jobsLeft("rescore-run")) === 0, { timeout: 50_000 });
    expect(await rows()).toEqual(stored);
    expect(await embeddings()).toBe(embedded);
    await expect(
      requestRescore({ runId: before, voterId: newId("voter") }, database.db),
    ).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("has its further metrics, curve and neighbours beside the bundled one's", async () => {
    const runId = await published("after");
    const read = () => readExamination({ runId, voterId: SUBMITTER }, database.db);
    await vi.waitUntil(async () => (await read()).encoders.length === 2, { timeout: 100_000, interval: 200 });
    const { encoders, pending } = await read();
    expect(pending).toEqual([]);
    expect(encoders.map(({ distanceLabel, isBundled }) => [distanceLabel, isBundled])).toEqual([
      ["FD-toybox", true],
      ["FD-Quarters", false],
    ]);
    const [, quarters] = encoders;
    expect(quarters.metrics.map(({ name }) => name)).toEqual([
      "fd_infinity",
      "kid",
      "pr",
      "prdc",
      "c2st",
      "authpct",
    ]);
    expect(quarters.metrics.every(({ protocolText }) => protocolText.includes("quarters@"))).toBe(true);
    expect(quarters.curve?.points.at(-1)?.n).toBe(PROMPTS);
    expect(quarters.most[0].neighbours).toHaveLength(3);
  });

  it("set up anew with another preprocessing neither scores runs nor lends them its old features", async () => {
    const twice = { name: "image", width: 8, height: 8, mean: [0, 0, 0], std: [0.125, 0.125, 0.125] };
    const manifest = await toyEncoder(at("toy"), { input: twice });
    await salon("encoders", "install", "quarters", "--from", manifest);
    expect((await encodersInUse("image", database.db)).map(({ name }) => name)).toEqual(["toybox-encoder"]);
    await salon("references", "add", "Twice", at("real"), "--encoder", "quarters");
    const after = await published("after");
    expect((await run(after)).unscored).toEqual(["FD-Quarters"]);
    const old = (await run(after)).metrics["fd-Quarters"].value;
    await salon("runs", "rescore", after);
    await vi.waitUntil(async () => (await run(after)).unscored.length === 0, { timeout: 50_000 });
    // Twice the scale is four times the distance.
    expect((await run(after)).metrics["fd-Quarters"].value).toBeCloseTo(4 * old, 5);
  });

  it("cannot be given the name of another encoder's distance", async () => {
    const manifest = await toyEncoder(at("toy2"), { name: "thief", distanceLabel: "FD-toybox" });
    const { error } = await salon("encoders", "install", "thief", "--from", manifest);
    expect(error).toMatch(/FD-toybox is what toybox-encoder's distance is called/);
  });
});

describe("a board", { timeout: 180_000 }, () => {
  it("compares a run that lacks samples with the others over the prompts that all have answered", async () => {
    const [leaky] = await Promise.all([published("leaky"), published("before"), published("after")]);
    const board = () => readLeaderboard({ board: "text-to-image" }, database.db);
    const fdOf = async (name: string) =>
      (await board()).rows.find((row) => row.name === name)!.metrics["fd-toybox"];
    expect((await run(leaky)).metrics["fd-toybox"].n).toBe(PROMPTS - 2);
    await vi.waitUntil(async () => (await board()).metricColumns["fd-toybox"].comparable === 3, {
      timeout: 100_000,
      interval: 200,
    });
    const column = (await board()).metricColumns["fd-toybox"];
    expect(column).toMatchObject({ n: PROMPTS - 2, commonPrompts: true, models: 3, differences: [] });
    for (const name of ["leaky", "before", "after"]) {
      expect(await fdOf(name), name).toMatchObject({
        n: PROMPTS - 2,
        comparable: true,
        commonPrompts: true,
        protocol: column.protocol,
      });
    }
    // The run's own page keeps the score of all its samples.
    expect((await run(await published("before"))).metrics["fd-toybox"].n).toBe(PROMPTS);
  });

  it("marks a score of another protocol, and compares it with nothing", async () => {
    await evaluate("few", 15);
    const board = await readLeaderboard({ board: "text-to-image", own: "x=fd_toybox" }, database.db);
    const { comparable, models, differences, protocol } = board.metricColumns["fd-toybox"];
    expect({ comparable, models }).toEqual({ comparable: 3, models: 4 });
    expect(differences).toContainEqual({ field: "samples", first: String(PROMPTS - 2), second: "15" });
    const row = (name: string) => board.rows.find((each) => each.name === name)!;
    expect(row("few").metrics["fd-toybox"]).toMatchObject({ n: 15, comparable: false });
    expect(row("few").metrics["fd-toybox"].protocol).not.toBe(protocol);
    expect(board.ownColumns[0].values).toMatchObject({
      [row("few").model]: null,
      [row("after").model]: row("after").metrics["fd-toybox"].value,
    });
  });

  it("says where another board's numbers of the same name are of another protocol", async () => {
    const { db } = database;
    const other = await addBoard(db, 12, "small");
    await evaluate("elsewhere", undefined, other.slug);
    const { metricColumns } = await readLeaderboard({ board: "text-to-image" }, db);
    const [{ board, differences }] = metricColumns["fd-toybox"].elsewhere;
    expect(board.slug).toBe("small");
    expect(differences).toContainEqual({ field: "samples", first: String(PROMPTS - 2), second: "12" });
  });
});

async function jobsLeft(task: string): Promise<number> {
  const [{ n }] = await database.db.$queryRaw<[{ n: number }]>`
    select count(*)::int as n from graphile_worker.jobs where task_identifier = ${task}`;
  return n;
}
