import { randomInt } from "node:crypto";
import { fitsBoard, type BoardShape } from "@/lib/boards/board-shape";
import { bestRuns } from "@/lib/runs/best-runs";
import { parametersOf } from "@/lib/runs/run-parameters";
import type { Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { checkNow } from "@/lib/moderation/checks/check-image";
import { keepSample } from "@/lib/runs/keep-sample";
import { openEndpoint } from "@/lib/providers/open-endpoint";
import { orderWithRetries } from "@/lib/providers/with-retries";
import { takeOwnPrompt } from "@/lib/models/own-prompts";
import { noSampleRoom } from "@/lib/runs/sample-room";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import { orderImage } from "@/lib/providers/order-image";
import { memoryRecord } from "@/lib/providers/order-record";

type LiveModel = Prisma.ModelGetPayload<{ include: { endpoint: true } }>;
type StandingBoard = BoardShape & { id: string; promptSetId: string };
/** null: this side was not called, since the other cannot be. */
type Drawn = { sampleId: string } | { failure: string | null };

const SPENT = {
  kind: "refused",
  message: "Its owner allows no more of visitors' own prompts today.",
  retryAfterMs: null,
  latencyMs: 0,
  reply: "",
} as const;

/** Voters wait for it: shorter than a run's patience. */
const TIMEOUT_MS = 60_000;

/**
 * Draw both samples of a live battle at the same time, each from a seed that nobody can guess, and make it READY; or FAILED with the
 * reason. A battle that is settled already is left alone.
 */
export async function generateLiveBattle(
  battleId: string,
  { db, client, signal }: { db: Db; client: GuardedClient; signal: AbortSignal },
): Promise<void> {
  const battle = await db.battle.findUnique({
    where: { id: battleId },
    include: { prompt: true, board: true },
  });
  if (battle === null || battle.kind !== "LIVE" || battle.state !== "GENERATING") return;
  const settle = (to: Prisma.BattleUncheckedUpdateManyInput) =>
    db.battle.updateMany({ where: { id: battleId, state: "GENERATING" }, data: to });
  const sides = await Promise.all([findModel(battle.leftModelId, db), findModel(battle.rightModelId, db)]);
  // Both must have leave before either is called: half a battle is paid for and shown to nobody.
  const hindrances = await Promise.all(sides.map((model) => hindranceOf(model, db)));
  const [left, right] = await Promise.all(
    sides.map((model, side): Drawn | Promise<Drawn> => {
      if (model === null || hindrances.some(Boolean)) return { failure: hindrances[side] };
      return drawLive(model, battle, { db, client, signal });
    }),
  );
  if ("sampleId" in left && "sampleId" in right) {
    await settle({ state: "READY", leftSampleId: left.sampleId, rightSampleId: right.sampleId });
  } else {
    const reasons = [left, right].flatMap((side) => ("failure" in side ? (side.failure ?? []) : []));
    await settle({ state: "FAILED", failureReason: reasons.join(" ") });
  }
}

const findModel = (id: string, db: Db): Promise<LiveModel | null> =>
  db.model.findUnique({ where: { id }, include: { endpoint: true } });

/** Why a model cannot be called now; null: it can, and where its owner counts calls, the first one is counted. */
async function hindranceOf(model: LiveModel | null, db: Db): Promise<string | null> {
  if (!model?.endpoint) return "The model has no endpoint.";
  const full = await noSampleRoom(model, db);
  if (full !== null) return `${model.name}: ${full}`;
  return (await mayBeCalled(model, db)) ? null : `${model.name}: ${SPENT.message}`;
}

const mayBeCalled = async ({ bundled, endpoint }: LiveModel, db: Db): Promise<boolean> =>
  bundled || (endpoint !== null && (await takeOwnPrompt(endpoint.id, db)));

/** Draw one side; its first call is counted already. */
async function drawLive(
  model: LiveModel,
  { prompt, board }: { prompt: { id: string; text: string }; board: StandingBoard },
  { db, client, signal }: { db: Db; client: GuardedClient; signal: AbortSignal },
): Promise<Drawn> {
  const endpoint = model.endpoint!;
  const address = await openEndpoint(endpoint, model, db);
  address.timeoutMs = Math.min(address.timeoutMs, TIMEOUT_MS);
  // Not the other side's: the endpoint of one is told it, and the other's weights may be public.
  const seed = randomInt(2 ** 31);
  const asked = await standingParameters(model.id, board, db);
  const order = { ...asked, prompt: prompt.text, size: endpoint.imageSize, seed };
  const record = memoryRecord();
  let calls = 0;
  const { outcome } = await orderWithRetries(async () => {
    const isCall = record.job() === null;
    if (isCall && calls++ > 0 && !(await mayBeCalled(model, db))) return SPENT;
    return orderImage(address, order, client, { record, signal });
  }, signal);
  if (outcome.kind === "pending") throw new Error("An order without a turn is never left pending.");
  if (outcome.kind !== "ok") return { failure: `${model.name}: ${outcome.message}` };
  if (!fitsBoard(outcome.image, board)) {
    const { width, height } = outcome.image;
    return { failure: `${model.name}: an image of ${width}x${height} pixels, not of the board's shape.` };
  }
  const place = { runId: null, modelId: model.id, promptId: prompt.id, index: 0 };
  const { image } = outcome;
  const found = await checkNow({ prompt: prompt.text, image }, { client, signal }, db);
  const sampleId = await keepSample(place, outcome, db, found);
  if (sampleId === null) return { failure: "The model has been removed." };
  return found === null
    ? { sampleId }
    : { failure: `${model.name}: its image is held (${found.stateReason}).` };
}

/**
 * With what the run that stands for the model on the board asks its endpoint, besides prompt, size and seed: votes on a live battle
 * are of the same model.
 */
async function standingParameters(modelId: string, board: StandingBoard, db: Db) {
  const [best] = await bestRuns([modelId], board, db, { soFar: true });
  if (best === undefined) return {};
  const run = await db.run.findUniqueOrThrow({ where: { id: best.runId } });
  const { steps, guidance, negativePrompt, extraFields } = parametersOf(run);
  return { steps, guidance, negativePrompt, extraFields };
}
