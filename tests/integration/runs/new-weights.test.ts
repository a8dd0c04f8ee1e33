import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startGenerationServer, type GenerationServer } from "@/generation/server";
import { arenaPool } from "@/lib/battles/arena-pool";
import { newId } from "@/lib/db/new-id";
import { readRun } from "@/lib/pages/read-run";
import { registerBundledModels } from "@/lib/installation/register-bundled-models";
import { closeScoringTools } from "@/lib/scoring/scoring-tools";
import { seed } from "@/lib/installation/seed";
import { readModelFacts } from "@/lib/scores/model-facts";
import { readModel } from "@/lib/pages/read-model";
import { guardedClient } from "@/lib/providers/guarded-client";
import { useDataFolder } from "../../support/evaluation-world";
import { addModelCard } from "../../support/model-cards";
import { freePort } from "../../support/postgres-server";
import { useTestDatabase } from "../../support/test-database";

const folder = useDataFolder();
const database = useTestDatabase();
const SLUG = "flow-one";
const [OLD, NEW, NEWER] = ["0", "1", "2"].map((digit) => digit.repeat(64));
let backend: GenerationServer | undefined;

beforeAll(async () => {
  process.env.GENERATION_PORT = String(await freePort());
  process.env.SEED_PROMPT_COUNT = "12";
  await seed(database.db);
});
afterAll(async () => {
  await backend?.close();
  await guardedClient().close();
  await closeScoringTools();
});

/** Salon starts while the backend serves these weights under the model's name. */
async function startWith(sha256: string): Promise<void> {
  const modelsDir = path.join(folder.path, "models");
  addModelCard(modelsDir, SLUG, { files: { denoiser: { path: "denoiser.onnx", sha256, bytes: 1 } } });
  await backend?.close();
  const port = Number(process.env.GENERATION_PORT);
  backend = await startGenerationServer({ port, host: "127.0.0.1", modelsDir, queueLimit: 64 });
  await registerBundledModels({ db: database.db, client: guardedClient() });
}

const runs = async () =>
  (await database.db.run.findMany({ where: { model: { slug: SLUG } }, orderBy: { createdAt: "asc" } })).map(
    ({ state, weights, supersededAt }) => [state, weights, supersededAt !== null],
  );

/** The newest run has drawn a prompt in the arena and one outside it, and was scored. */
async function publish(value: number): Promise<string> {
  const { db } = database;
  const { id, modelId, promptSetId } = await db.run.findFirstOrThrow({
    where: { model: { slug: SLUG } },
    orderBy: { createdAt: "desc" },
  });
  await db.run.update({ where: { id }, data: { state: "PUBLISHED", finishedAt: new Date() } });
  await db.metricResult.create({
    data: {
      id: newId("metricResult"),
      runId: id,
      metric: "fd-toybox",
      value,
      n: 12,
      protocol: { metric: "fd-toybox" },
      protocolHash: "p",
    },
  });
  const prompts = await db.prompt.findMany({ where: { promptSetId, index: { lt: 2 } } });
  expect(prompts.map(({ arena }) => arena).sort()).toEqual([false, true]);
  for (const { id: promptId, index } of prompts) {
    const sha256 = `${index}${value}`.padStart(64, "a");
    await db.artifact.create({ data: { sha256, bytes: 1, mediaType: "image/png", width: 64, height: 64 } });
    await db.sample.create({
      data: { id: newId("sample"), runId: id, modelId, promptId, artifactHash: sha256, latencyMs: 1 },
    });
  }
  return id;
}

/** What the board says of the model, and how many of its images the arena may show. */
async function spoken() {
  const { db } = database;
  const model = await db.model.findUniqueOrThrow({ where: { slug: SLUG } });
  const board = await db.board.findUniqueOrThrow({ where: { slug: "text-to-image" } });
  const { facts } = await readModelFacts([model.id], board, db);
  const pool = await arenaPool(board, db, true);
  return {
    score: facts.get(model.id)?.metrics["fd-toybox"]?.value ?? null,
    shown: pool.samples[pool.models.indexOf(model.id)].flat().length,
    page: (await readModel({ slug: SLUG }, db)).samples.length,
  };
}

describe("a bundled model whose weights change under its name", () => {
  let first = "";

  it("is evaluated anew: the earlier run stays to be read as one of the earlier weights, and speaks for the model no more", async () => {
    await startWith(OLD);
    expect(await runs()).toEqual([["QUEUED", OLD, false]]);
    first = await publish(40);
    expect(await spoken()).toEqual({ score: 40, shown: 1, page: 1 });

    await startWith(OLD); // the same weights change nothing
    expect(await runs()).toEqual([["PUBLISHED", OLD, false]]);

    await startWith(NEW);
    expect(await runs()).toEqual([
      ["PUBLISHED", OLD, true],
      ["QUEUED", NEW, false],
    ]);
    expect(await spoken()).toEqual({ score: null, shown: 0, page: 0 });
    const earlier = await readRun({ runId: first, voterId: null }, database.db);
    expect(earlier).toMatchObject({
      state: "PUBLISHED",
      weights: OLD,
      metrics: { "fd-toybox": { value: 40 } },
    });
    expect(earlier.supersededAt).not.toBeNull();
    expect(earlier.recentSamples).toHaveLength(1);

    await publish(30);
    expect(await spoken()).toEqual({ score: 30, shown: 1, page: 1 });
  });

  it("starts its new run with its first jobs, and the model's card is the new one", async () => {
    const { id } = await database.db.run.findFirstOrThrow({ where: { weights: NEW } });
    const [{ jobs }] = await database.db.$queryRaw<[{ jobs: number }]>`
      select count(*)::int as jobs from graphile_worker._private_jobs where payload ->> 'runId' = ${id}`;
    expect(jobs).toBeGreaterThan(0);
    const { card } = await database.db.model.findUniqueOrThrow({ where: { slug: SLUG } });
    expect(card).toMatchObject({ files: { denoiser: { sha256: NEW } } });
  });

  it("has a run that was under way cancelled: its other half would be drawn by other weights", async () => {
    await startWith(NEWER);
    await database.db.run.updateMany({ where: { weights: NEWER }, data: { state: "GENERATING" } });
    await startWith(OLD);
    expect((await runs()).slice(1)).toEqual([
      ["PUBLISHED", NEW, true],
      ["CANCELLED", NEWER, true],
    ]);
  });

  it("whose earlier weights come back is told by the run that they have, without another one", async () => {
    expect((await runs())[0]).toEqual(["PUBLISHED", OLD, false]);
    expect(await spoken()).toEqual({ score: 40, shown: 1, page: 1 });
  });

  it("counts a run of weights that nobody wrote down as one of others", async () => {
    await database.db.run.updateMany({ where: { weights: OLD }, data: { weights: null } });
    await startWith(OLD);
    expect((await runs()).filter(([, , superseded]) => !superseded)).toEqual([["QUEUED", OLD, false]]);
  });
});

it("runs of submitted endpoints, whose weights nobody knows, are left alone", async () => {
  const { db } = database;
  const { promptSetId } = await db.board.findUniqueOrThrow({ where: { slug: "text-to-image" } });
  const model = await db.model.create({
    data: { id: newId("model"), slug: "other", name: "Other", creator: "A lab", modality: "TEXT_TO_IMAGE" },
  });
  const id = newId("run");
  await db.run.create({ data: { id, modelId: model.id, promptSetId, promptCount: 1, state: "GENERATING" } });
  await startWith(NEW);
  expect(await db.run.findUnique({ where: { id } })).toMatchObject({
    state: "GENERATING",
    supersededAt: null,
  });
});
