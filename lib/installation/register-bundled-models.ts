import { z } from "zod";
import { readBundledBoards, type BundledBoard } from "@/lib/installation/bundled-boards";
import { isThere, seedBoard } from "@/lib/installation/seed-board";
import { joinBoard } from "@/lib/boards/join-board";
import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import { addModel } from "@/lib/models/add-model";
import { listBundled } from "@/lib/providers/list-bundled";
import { lockRun } from "@/lib/runs/lock-run";
import { restartRun } from "@/lib/runs/resume-run";
import { startRun } from "@/lib/runs/start-run";
import { supersedeRuns } from "@/lib/runs/supersede-runs";
import { fetchBundledCard } from "@/lib/providers/generation-backend";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import { enqueue } from "@/lib/queue/enqueue";
import { bundledCardSchema, weightsOf } from "@/lib/schemas/stack/bundled-card";

/** A fresh installation's arena comes before its /stack. */
const DEMOS_AFTER_MS = 30_000;
/** The backend draws up to eight orders in one batch: more than one at a time keeps its batches full. */
const CONCURRENCY = 4;

/** Fewer make no board: there would be nothing to compare. */
const FEWEST_MODELS = 2;

const sizes = z.array(z.string()).min(1);
const bundledModel = z.object({
  id: z.string(),
  salon: z.object({
    name: z.string(),
    creator: z.string(),
    paradigm: z.string(),
    architecture: z.string(),
    representation: z.string(),
    text_conditioning: z.string(),
    image_sizes: sizes.optional(),
    video_sizes: sizes.optional(),
    parameters: z.number().optional(),
    released: z.iso.date(),
    license: z.string().optional(),
    open_weights: z.boolean(),
  }),
});
type Bundled = z.output<typeof bundledModel> & { board: BundledBoard };

type JsonCard = Awaited<ReturnType<typeof fetchBundledCard>>;
/** A model by its id, and the slug of the board it stands on. */
type OnBoard = { id: string; board: string };
/** A model's card and the sha256 of its weights. */
type Weighed = { card: NonNullable<JsonCard> | undefined; weights: string };

/**
 * Bring each model of the bundled backend that draws onto its board by the path of every submission: model, endpoint, run.
 * Known ones are left as they are, but a run of theirs that failed is taken up again, and one whose weights are others than
 * at the last start is evaluated anew: its earlier runs stay, as runs of the earlier weights.
 * @throws SalonError not_ready (retryable) while the backend is not up
 */
export async function registerBundledModels(
  { db, client }: { db: Db; client: GuardedClient },
  signal?: AbortSignal,
): Promise<void> {
  for (const board of await readBundledBoards()) {
    const served = await listBundled(board.endpoint, client, signal);
    const there = await isThere(board, db);
    if (there === "taken" || (!there && served.length < FEWEST_MODELS)) continue;
    for (const each of served) {
      const bundled = { ...bundledModel.parse(each), board };
      const card = await fetchBundledCard(bundled.id, client, signal);
      await inTransaction((tx) => register(bundled, card, tx), db);
    }
  }
}

async function register(bundled: Bundled, card: JsonCard, tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('salon:bundled-models', 0))`;
  await enqueue("draw-demos", {}, { key: "draw-demos", delayMs: DEMOS_AFTER_MS }, tx);
  if (!(await isThere(bundled.board, tx))) await seedBoard(bundled.board, tx);
  const weights = weightsOf(bundledCardSchema.pick({ files: true, drawnBy: true }).parse(card));
  const known = await tx.model.findUnique({ where: { slug: bundled.id } });
  if (known === null) await addBundled(bundled, { card: card ?? undefined, weights }, tx);
  else if (known.bundled)
    await renew({ ...known, board: bundled.board.settings.slug }, { card: card ?? undefined, weights }, tx);
}

/** A model that is known: the backend may listen elsewhere than at the last start, and serve other weights. */
async function renew(known: OnBoard, { card, weights }: Weighed, tx: Tx): Promise<void> {
  const { id: modelId } = known;
  await tx.endpoint.updateMany({ where: { modelId }, data: { baseUrl: `${env().generationUrl}/v1` } });
  await tx.model.update({ where: { id: modelId }, data: { card } });
  const superseded = await supersedeRuns({ modelId, weights }, tx);
  const run = await tx.run.findFirst({
    where: { modelId, supersededAt: null },
    orderBy: { createdAt: "desc" },
  });
  if (run?.state === "FAILED") await restartRun(await lockRun(run.id, tx), tx);
  if (run === null && superseded > 0) await startBundledRun(known, weights, tx);
}

async function addBundled(
  { id, salon, board: { settings } }: Bundled,
  { card, weights }: Weighed,
  tx: Tx,
): Promise<void> {
  const { slug } = settings;
  const board = await tx.board.findUniqueOrThrow({ where: { slug } });
  const model = await addModel(
    {
      slug: id,
      name: salon.name,
      creator: salon.creator,
      modality: board.modality,
      description: describe(salon),
      paradigm: salon.paradigm,
      architecture: salon.architecture,
      representation: salon.representation,
      textConditioning: salon.text_conditioning,
      openWeights: salon.open_weights,
      releasedAt: new Date(salon.released),
      bundled: true,
      listed: true,
      card,
    },
    {
      baseUrl: `${env().generationUrl}/v1`,
      providerModel: id,
      apiKey: null,
      concurrency: CONCURRENCY,
      imageSize: (salon.image_sizes ?? salon.video_sizes)?.[0],
    },
    tx,
  );
  await startBundledRun({ id: model.id, board: slug }, weights, tx);
}

async function startBundledRun({ id: modelId, board }: OnBoard, weights: string, tx: Tx): Promise<void> {
  const { id, promptSetId } = await tx.board.findUniqueOrThrow({ where: { slug: board } });
  await joinBoard({ id, listing: "AUTOMATIC" }, [modelId], tx);
  const all = await tx.prompt.count({ where: { promptSetId } });
  const promptCount = Math.min(env().SEED_PROMPT_COUNT ?? all, all);
  await startRun({ modelId, promptSetId, promptCount, listsModel: true, weights }, tx);
}

function describe({ parameters, license }: Bundled["salon"]): string {
  const size = parameters === undefined ? "" : ` with ${(parameters / 1e6).toFixed(1)} million parameters`;
  const terms = license === undefined ? "" : ` Licence: ${license}.`;
  return `A small model${size}, trained by this project on Toybox scenes and served by Salon itself.${terms}`;
}
