import { inTransaction, type Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { keepSample } from "@/lib/evaluation/keep-sample";
import { openEndpoint } from "@/lib/evaluation/open-endpoint";
import { orderWithRetries } from "@/lib/evaluation/order-with-retries";
import { noSampleRoom } from "@/lib/evaluation/sample-room";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import { ADAPTERS } from "@/lib/providers/registry";

type Contestant = Prisma.ModelGetPayload<{ include: { endpoint: true } }>;
type Drawn = { sampleId: string } | { failure: string };

/** Voters wait for it: shorter than a run's patience. */
const TIMEOUT_MS = 60_000;

/**
 * Draw both samples of a live battle at the same time, from the same seed, and make it READY; or FAILED with the
 * reason. A battle that is settled already is left alone.
 */
export async function generateLiveBattle(
  battleId: string,
  { db, client, signal }: { db: Db; client: GuardedClient; signal: AbortSignal },
): Promise<void> {
  const battle = await db.battle.findUnique({ where: { id: battleId }, include: { prompt: true } });
  if (battle === null || battle.kind !== "LIVE" || battle.state !== "GENERATING") return;
  const draw = async (modelId: string): Promise<Drawn> => {
    const model = await db.model.findUnique({ where: { id: modelId }, include: { endpoint: true } });
    return drawLive(model, battle.prompt, { db, client, signal });
  };
  const [left, right] = await Promise.all([draw(battle.leftModelId), draw(battle.rightModelId)]);
  const failures = [left, right].flatMap((side) => ("failure" in side ? [side.failure] : []));
  await inTransaction(async (tx) => {
    await tx.battle.updateMany({
      where: { id: battleId, state: "GENERATING" },
      data:
        "sampleId" in left && "sampleId" in right
          ? { state: "READY", leftSampleId: left.sampleId, rightSampleId: right.sampleId }
          : { state: "FAILED", failureReason: failures.join(" ") },
    });
  }, db);
}

async function drawLive(
  model: Contestant | null,
  prompt: { id: string; index: number; text: string },
  { db, client, signal }: { db: Db; client: GuardedClient; signal: AbortSignal },
): Promise<Drawn> {
  const endpoint = model?.endpoint;
  if (!model || !endpoint) return { failure: "The model has no endpoint." };
  const full = await noSampleRoom(model, db);
  if (full !== null) return { failure: `${model.name}: ${full}` };
  const address = await openEndpoint(endpoint, model);
  address.timeoutMs = Math.min(address.timeoutMs, TIMEOUT_MS);
  // Both sides get the same seed, and every live prompt another one.
  const seed = 1 + prompt.index;
  const order = { prompt: prompt.text, size: endpoint.imageSize, seed };
  const { outcome } = await orderWithRetries(
    () => ADAPTERS[endpoint.wireFormat](address, order, client, signal),
    signal,
  );
  if (outcome.kind !== "ok") return { failure: `${model.name}: ${outcome.message}` };
  const place = { runId: null, modelId: model.id, promptId: prompt.id, index: 0, seedRequested: seed };
  const sampleId = await keepSample(place, outcome, db);
  return sampleId === null ? { failure: "The model has been removed." } : { sampleId };
}
