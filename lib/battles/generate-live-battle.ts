import { randomInt } from "node:crypto";
import { fitsBoard, type BoardShape } from "@/lib/boards/board-shape";
import { bestRuns } from "@/lib/runs/best-runs";
import { parametersOf } from "@/lib/runs/run-parameters";
import type { Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { checkNow } from "@/lib/moderation/checks/check-image";
import { keepSample } from "@/lib/runs/generation/keep-sample";
import { openEndpoint } from "@/lib/providers/open-endpoint";
import { orderWithRetries } from "@/lib/providers/with-retries";
import {
  battleRecord,
  forgetBattleOrders,
  noteSample,
  readBattleOrder,
  type KnownOrder,
} from "@/lib/battles/battle-order";
import { ownPromptRecord } from "@/lib/battles/own-prompt-record";
import { settleOwnPrompt, takeOwnPrompt, type CountedCall } from "@/lib/models/own-prompts";
import { thoughtPrice } from "@/lib/runs/money/thought-price";
import { noSampleRoom } from "@/lib/runs/sample-room";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import { placeOrder } from "@/lib/providers/place-order";
import { SealedKeyError, unreadable } from "@/lib/secrets/open-key";
import type { SideFailure } from "@/lib/schemas/reasons/battle-failure";

type LiveModel = Prisma.ModelGetPayload<{ include: { endpoint: true } }>;
type StandingBoard = BoardShape & { id: string; promptSetId: string };
/** null: this side was not called, since the other cannot be. */
type Drawn = { sampleId: string } | { failure: SideFailure | null };

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
  const settle = async (to: Prisma.BattleUncheckedUpdateManyInput) => {
    await db.battle.updateMany({ where: { id: battleId, state: "GENERATING" }, data: to });
    await forgetBattleOrders(battleId, db);
  };
  const sides = await Promise.all([
    findSide("left", battle.leftModelId, battleId, db),
    findSide("right", battle.rightModelId, battleId, db),
  ]);
  // Both must have leave before either is called: half a battle is paid for and shown to nobody.
  const leaves = await Promise.all(sides.map((side) => askLeave(side, db)));
  const isHindered = leaves.some(({ hindrance }) => hindrance !== null);
  const [left, right] = await Promise.all(
    sides.map(async ({ side, model, known }, at): Promise<Drawn> => {
      const { hindrance, call } = leaves[at];
      if (model !== null && !isHindered)
        return drawLive({ side, model, known }, call, battle, { db, client, signal });
      if (call !== null) await settleOwnPrompt(call, 0, db);
      return { failure: hindrance };
    }),
  );
  if ("sampleId" in left && "sampleId" in right) {
    await settle({ state: "READY", leftSampleId: left.sampleId, rightSampleId: right.sampleId });
  } else {
    const failures = [left, right].flatMap((drawn) => ("failure" in drawn ? (drawn.failure ?? []) : []));
    await settle({ state: "FAILED", failureReason: failures });
  }
}

interface Standing<M = LiveModel> {
  side: SideFailure["side"];
  model: M;
  /** What a worker before this one has ordered; null: nothing. */
  known: KnownOrder | null;
}

const findSide = async (
  side: SideFailure["side"],
  id: string,
  battleId: string,
  db: Db,
): Promise<Standing<LiveModel | null>> => ({
  side,
  model: await db.model.findUnique({ where: { id }, include: { endpoint: true } }),
  known: await readBattleOrder({ battleId, isLeft: side === "left" }, db),
});

/** Whether a model may be called now: what hinders it, and where its owner counts calls, the first one, which is counted by that. */
async function askLeave(
  { side, model, known }: Standing<LiveModel | null>,
  db: Db,
): Promise<{ hindrance: SideFailure | null; call: CountedCall | null }> {
  const hindered = (hindrance: SideFailure) => ({ hindrance, call: null });
  if (!model?.endpoint) return hindered({ side, code: "no_endpoint" });
  const room = await noSampleRoom(model, db);
  if (room !== null) return hindered({ side, code: "no_room", room });
  if (model.bundled || known !== null) return { hindrance: null, call: null };
  const call = await countCall(model, db);
  return call === null ? hindered({ side, code: "own_prompts_spent" }) : { hindrance: null, call };
}

/** Count a call of a submitted model, at what an image of it is thought to cost. @returns null: there is none left today */
async function countCall({ id: modelId, endpoint }: LiveModel, db: Db): Promise<CountedCall | null> {
  const price = await thoughtPrice({ modelId, imageSize: endpoint!.imageSize, typedUsd: null }, db);
  return takeOwnPrompt(endpoint!.id, price?.usd ?? new Prisma.Decimal(0), db);
}

/** Draw one side; its first call is counted already. */
async function drawLive(
  { side, model, known }: Standing,
  first: CountedCall | null,
  { id: battleId, prompt, board }: { id: string; prompt: { id: string; text: string }; board: StandingBoard },
  { db, client, signal }: { db: Db; client: GuardedClient; signal: AbortSignal },
): Promise<Drawn> {
  if (known !== null && known.sampleId !== null) return { sampleId: known.sampleId };
  const endpoint = model.endpoint!;
  const address = await openEndpoint(endpoint, model, db).catch(unreadable);
  if (address instanceof SealedKeyError) {
    if (first !== null) await settleOwnPrompt(first, 0, db);
    return { failure: { side, code: "endpoint", kind: "invalid", said: address.message } };
  }
  address.timeoutMs = Math.min(address.timeoutMs, TIMEOUT_MS);
  // Not the other side's: the endpoint of one is told it, and the other's weights may be public.
  const seed = known?.seed ?? randomInt(2 ** 31);
  const asked = await standingParameters(model.id, board, db);
  const order = { ...asked, prompt: prompt.text, size: endpoint.imageSize, seed };
  let call = first;
  const place = { battleId, isLeft: side === "left" };
  const record = ownPromptRecord(() => call, battleRecord(place, { seed, known }, db), db);
  // The call of what is known was counted when it was made.
  let calls = known === null ? 0 : 1;
  let spent = false;
  const { outcome } = await orderWithRetries(async () => {
    if (!model.bundled && record.job() === null && calls++ > 0) {
      call = await countCall(model, db);
      spent = call === null;
    }
    if (spent) return { kind: "refused", message: "", retryAfterMs: null, latencyMs: 0, reply: "" } as const;
    return placeOrder(address, order, client, { record, signal });
  }, signal);
  if (outcome.kind === "pending") throw new Error("An order without a turn is never left pending.");
  if (spent) return { failure: { side, code: "own_prompts_spent" } };
  if (outcome.kind !== "ok") {
    return { failure: { side, code: "endpoint", kind: outcome.kind, said: outcome.message } };
  }
  if (!fitsBoard(outcome.image, board)) {
    const { width, height } = outcome.image;
    return { failure: { side, code: "other_shape", width, height } };
  }
  const { image } = outcome;
  const found = await checkNow({ prompt: prompt.text, image }, { client, signal }, db);
  const sample = { runId: null, modelId: model.id, promptId: prompt.id, index: 0 };
  const { bytes, mediaType, width, height } = image;
  const artifact = { bytes, row: { mediaType, width, height } };
  const sampleId = await keepSample(sample, { ...outcome, artifact }, db, found);
  if (sampleId === null) return { failure: { side, code: "removed" } };
  if (found === null) await noteSample(place, { seed, sampleId }, db);
  return found === null ? { sampleId } : { failure: { side, code: "held", reason: found.stateReason } };
}

/**
 * With what the run that stands for the model on the board asks its endpoint, besides prompt, size and seed: votes on a live battle
 * are of the same model.
 */
async function standingParameters(modelId: string, board: StandingBoard, db: Db) {
  const [best] = await bestRuns([modelId], board, db, { soFar: true });
  if (best === undefined) return {};
  const run = await db.run.findUniqueOrThrow({ where: { id: best.runId } });
  const { steps, guidance, negativePrompt, extraFields, extraHeaders } = parametersOf(run);
  return { steps, guidance, negativePrompt, extraFields, extraHeaders };
}
