import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startGenerationServer, type GenerationServer } from "@/generation/server";
import { registerBundledModels } from "@/lib/installation/register-bundled-models";
import { scoringTools, closeScoringTools } from "@/lib/scoring/scoring-tools";
import { createBoard } from "@/lib/board-settings/create-board";
import { boardCreation } from "@/lib/schemas/boards";
import { seed } from "@/lib/installation/seed";
import { guardedClient } from "@/lib/providers/guarded-client";
import { addModelCard } from "../../support/model-cards";
import { freePort } from "../../support/postgres-server";
import { useDataFolder } from "../../support/evaluation-world";
import { useTestDatabase } from "../../support/test-database";

const folder = useDataFolder();
const database = useTestDatabase();
const ENHANCER_SAMPLER = { default: "masked-diffusion", steps: 8, temperature: 1 };
const modelsDir = path.join(folder.path, "models");
let backend: GenerationServer | undefined;

beforeAll(async () => {
  const port = await freePort();
  process.env.GENERATION_PORT = String(port);
  process.env.SEED_PROMPT_COUNT = "120";
});
afterAll(async () => {
  await backend?.close();
  await guardedClient().close();
  await closeScoringTools();
});

const addCard = (id: string, change: object = {}) => addModelCard(modelsDir, id, change);

async function startBackend(): Promise<void> {
  await backend?.close();
  const port = Number(process.env.GENERATION_PORT);
  backend = await startGenerationServer({ port, host: "127.0.0.1", modelsDir, queueLimit: 64 });
}
const register = () => registerBundledModels({ db: database.db, client: guardedClient() });

describe("the seed", () => {
  it("brings board, prompts and reference statistics once, however often it runs", async () => {
    const { db } = database;
    const [first, rival] = await Promise.all([seed(db), seed(db)]);
    expect([...first, ...rival].filter((line) => line.includes("board"))).toHaveLength(1);
    expect(await seed(db)).toEqual([]);
    const board = await db.board.findUniqueOrThrow({
      where: { slug: "text-to-image" },
      include: { promptSet: { include: { prompts: { orderBy: { index: "asc" } } } } },
    });
    const { prompts } = board.promptSet;
    expect(prompts.length).toBeGreaterThanOrEqual(1_000);
    expect(prompts.map(({ index }) => index)).toEqual(prompts.map((_, i) => i));
    expect(prompts.filter(({ arena }) => arena)).toHaveLength(100);
    // However short a run is, it has prompts for battles and prompts for galleries, of every category as many.
    for (let count = 2; count <= 200; count++) {
      const arena = prompts.slice(0, count).filter((prompt) => prompt.arena);
      expect(Math.abs(2 * arena.length - count)).toBeLessThanOrEqual(1);
      if (count % 12 !== 0) continue;
      const categories = new Set(arena.map(({ category }) => category));
      for (const wanted of categories) {
        expect(arena.filter(({ category }) => category === wanted)).toHaveLength(count / 12);
      }
      expect(categories.size).toBe(6);
    }
    expect(prompts.every(({ truth }) => truth !== null)).toBe(true);
    const jobs = await db.$queryRaw<
      { task: string }[]
    >`select task_identifier as task from graphile_worker.jobs`;
    expect(jobs.map(({ task }) => task).sort()).toEqual(["build-reference", "register-bundled-models"]);
  });

  it("brings a reference made with the very weights that are shipped", async () => {
    const { encoder } = await scoringTools();
    const reference = await database.db.referenceSet.findFirstOrThrow({ where: { scoresDistance: true } });
    expect(reference).toMatchObject({ encoderId: encoder.id, dimension: encoder.dimension });
    expect(reference.n).toBeGreaterThanOrEqual(10_000);
    expect(reference.mean).toHaveLength(8 * encoder.dimension);
    expect(reference.covariance).toHaveLength(8 * encoder.dimension ** 2);
  });
});

describe("bundled models", () => {
  it("wait for their backend", async () => {
    await expect(register()).rejects.toMatchObject({ code: "not_ready", retryable: true });
  });

  it("come onto the board by the path of every submission, once", async () => {
    addCard("flow-one");
    addCard("flow-two");
    // It writes prompts and draws nothing, so it is no generator.
    addCard("enhancer", { family: "masked-diffusion", sampler: ENHANCER_SAMPLER });
    await startBackend();
    await Promise.all([register(), register()]);
    await register();
    const models = await database.db.model.findMany({
      orderBy: { slug: "asc" },
      include: { endpoint: true, runs: true },
    });
    expect(models).toMatchObject(
      ["flow-one", "flow-two"].map((slug) => ({
        slug,
        name: `Model ${slug}`,
        bundled: true,
        listed: true,
        submitterId: null,
        openWeights: true,
        paradigm: "Rectified flow",
        endpoint: { providerModel: slug, imageSize: "64x64", apiKeySealed: null, concurrency: 4 },
        runs: [{ state: "QUEUED", promptCount: 120 }],
      })),
    );
  });

  it("take turns over the first hundred prompts, then finish one after the other", async () => {
    const jobs = await database.db.$queryRaw<{ slug: string; from: number }[]>`
      select m.slug, (j.payload ->> 'from')::int as "from"
      from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      join runs r on r.id = j.payload ->> 'runId' join models m on m.id = r.model_id
      where t.identifier = 'generate-samples' order by j.priority, j.run_at, j.id`;
    const [arena, rest] = [jobs.slice(0, 26), jobs.slice(26)];
    expect(arena.map(({ from }) => from)).toEqual(
      Array.from({ length: 13 }, (_, chunk) => [8 * chunk, 8 * chunk]).flat(),
    );
    expect(rest.map(({ slug }) => slug)).toEqual(["flow-one", "flow-one", "flow-two", "flow-two"]);
  });

  it("of clips bring a board of their own as soon as there are two to compare", async () => {
    const { db } = database;
    const addClips = (id: string) =>
      addCard(id, {
        ...{ task: "text-to-video", frames: 17, sharedNoise: 0.8, files: undefined },
        drawnBy: { model: "flow-one", sha256: "0".repeat(64) },
      });
    addClips("clips-one");
    await startBackend();
    await register();
    expect(await db.board.count()).toBe(1);
    addClips("clips-two");
    await startBackend();
    // A board of the operator's own under that address is left alone.
    const promptSet = await db.promptSet.findFirstOrThrow();
    const settings = boardCreation.parse({
      ...{ slug: "text-to-video", task: "text-to-video", name: "Ours", promptSet: promptSet.slug },
    });
    await db.$transaction((tx) => createBoard({ settings, by: "operator" }, tx));
    await register();
    expect(await db.model.count({ where: { modality: "TEXT_TO_VIDEO" } })).toBe(0);
    await db.board.delete({ where: { slug: "text-to-video" } });
    await Promise.all([register(), register()]);
    const standing = await db.boardModel.findMany({
      select: {
        board: { select: { slug: true } },
        model: { include: { runs: { include: { promptSet: true } } } },
      },
      orderBy: { model: { slug: "asc" } },
    });
    const clips = standing.filter(({ board }) => board.slug === "text-to-video");
    expect(clips.map(({ model }) => model)).toMatchObject(
      ["clips-one", "clips-two"].map((slug) => ({
        ...{ slug, modality: "TEXT_TO_VIDEO", bundled: true, listed: true },
        runs: [{ promptCount: 120, weights: "0".repeat(64), promptSet: { slug: "toybox-motion-v1" } }],
      })),
    );
    expect(standing.map(({ board, model }) => [board.slug, model.slug])).toHaveLength(4);
    expect(await seed(db)).toEqual([]);
  });

  it("have a failed run taken up again, and new ones join", async () => {
    const { db } = database;
    await db.run.updateMany({
      where: { model: { slug: "flow-one" } },
      data: { state: "FAILED", failureReason: "The disk was full." },
    });
    addCard("flow-three");
    await startBackend();
    await register();
    const runs = await db.run.findMany({ orderBy: { model: { slug: "asc" } }, include: { model: true } });
    expect(runs.map(({ model, state, failureReason }) => [model.slug, state, failureReason])).toEqual([
      ["clips-one", "QUEUED", null],
      ["clips-two", "QUEUED", null],
      ["flow-one", "GENERATING", null],
      ["flow-three", "QUEUED", null],
      ["flow-two", "QUEUED", null],
    ]);
  });
});
