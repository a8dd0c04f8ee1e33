import { inTransaction, type Db } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { SalonError } from "@/lib/errors";
import { advanceKey, putOffChunk } from "@/lib/runs/generation/enqueue-generation";
import { isEndpointsFault, noteFailure, noteSuccess } from "@/lib/runs/generation/endpoint-spell";
import { failRun } from "@/lib/runs/fail-run";
import { keepOutput } from "@/lib/runs/generation/keep-output";
import { isStillThere } from "@/lib/runs/generation/keep-sample";
import { openEndpoint } from "@/lib/providers/open-endpoint";
import { orderWithRetries } from "@/lib/providers/with-retries";
import { noSampleRoom } from "@/lib/runs/sample-room";
import { parametersOf } from "@/lib/runs/run-parameters";
import { seedOf } from "@/lib/runs/generation/sample-seed";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import { isWorthRetrying } from "@/lib/providers/outcome";
import { isCharged, placeOrder } from "@/lib/providers/place-order";
import { readSources } from "@/lib/runs/generation/read-sources";
import { pauseRun, noteWaiting } from "@/lib/runs/pause-run";
import { patienceFor } from "@/lib/runs/generation/patience";
import { BudgetReached, closeOrder, openOrder } from "@/lib/runs/generation/sample-order";
import { orderTask } from "@/lib/schemas/formats/order-task";
import { takeBackOrders } from "@/lib/runs/generation/take-back-orders";
import type { SampleFailureCode } from "@/lib/db/generated/enums";
import { enqueue } from "@/lib/queue/enqueue";
import { SealedKeyError, unreadable } from "@/lib/secrets/open-key";

export interface GenerationContext {
  db: Db;
  client: GuardedClient;
  /** Aborted when the worker stops. */
  signal: AbortSignal;
  /** Whether the queue will try this job again if it fails now. */
  retriesLeft: boolean;
  /** How long a job may keep its slot before its next order; TURN_MS unless told. */
  turnMs?: number;
}

/** A place of the run in which there is neither a sample nor a failure. */
type Order = {
  promptId: string;
  promptIndex: number;
  index: number;
  text: string;
  negativePrompt: string | null;
  sourceArtifacts: string[];
  arena: boolean;
};

/** A job that has taken so long leaves its slot to who waits for one, before its next order. */
const TURN_MS = 5_000;
/** Samples that a job keeps between two looks at the room that its submitter has left. */
const LOOK_EVERY_BYTES = 32 * 2 ** 20;

/**
 * Order the samples of a run's prompts [from, to) that are neither there nor given up, one after the other.
 * Doing it twice, or twice at once, changes nothing. Ends early when the run is cancelled, or removed with its model; a slow
 * endpoint's job queues what is left for its next turn.
 * @throws SalonError endpoint_failed (retryable) when the endpoint is down or overloaded and patience is due
 */
export async function generateSamples(
  job: { runId: string; from: number; to: number },
  { db, client, signal, retriesLeft, turnMs = TURN_MS }: GenerationContext,
): Promise<void> {
  const { runId } = job;
  const run = await db.run.findUnique({
    where: { id: runId },
    include: { model: { include: { endpoint: true } } },
  });
  const endpoint = run?.model.endpoint;
  if (!run || !endpoint) return;
  await db.run.updateMany({
    where: { id: runId, state: "QUEUED" },
    data: { state: "GENERATING", startedAt: new Date() },
  });
  const address = await openEndpoint(endpoint, run.model, db).catch(unreadable);
  if (address instanceof SealedKeyError) {
    const failure = { code: "key_unreadable", said: address.message } as const;
    return inTransaction((tx) => failRun(runId, failure, tx), db);
  }
  const model = { ...run.model, endpoint };
  const parameters = parametersOf(run);
  const turnEnds = performance.now() + turnMs;

  const orders = await readOrders(run, job, db);
  const putOff = (delayMs: number) => putOffChunk(job, run, model, delayMs, db);
  let unseenBytes = Infinity;
  for (const [at, each] of orders.entries()) {
    const stands = await whereItStands(runId, db);
    if (stands === "stopped") return takeBackOrders(job, address, { db, client, signal });
    if (unseenBytes > LOOK_EVERY_BYTES) {
      const full = await noSampleRoom(run.model, db);
      if (full !== null) return inTransaction((tx) => failRun(runId, full, tx), db);
      unseenBytes = 0;
    }
    if (at > 0 && performance.now() > turnEnds) return putOff(0);
    const place = { runId, promptId: each.promptId, index: each.index };
    const money = { charged: isCharged(address), unitPriceUsd: run.unitPriceUsd };
    const record = await openOrder(place, money, db);
    if (stands === "collects" && record.job() === null) continue;
    const task = orderTask(run.model.modality, each.sourceArtifacts.length);
    const wanted = {
      ...parameters,
      task,
      // Whoever asks after an order has no use for them.
      sources: record.job() === null ? await readSources(task, each.sourceArtifacts) : [],
      prompt: each.text,
      negativePrompt: each.negativePrompt ?? parameters.negativePrompt,
      size: run.imageSize ?? endpoint.imageSize,
      seed: await seedOf(run, each),
      seedNeeded: run.seedPolicy === "FIXED",
    };
    const tried = await withinBudget(() =>
      orderWithRetries(() => placeOrder(address, wanted, client, { record, signal, turnEnds }), signal),
    );
    if (tried === null) return pauseRun(runId, "budget", null, db);
    const { outcome, attempts } = tried;
    if (outcome.kind === "pending") return putOff(outcome.afterMs);
    const ended =
      outcome.kind === "ok" ? await keepOutput({ ...place, modelId: run.modelId }, outcome, db) : outcome;
    if (ended.kind === "kept") {
      unseenBytes += ended.bytes;
      await noteSuccess(runId, db);
      continue;
    }
    if (ended.kind === "no_ffmpeg") return pauseRun(runId, ended.kind, null, db);
    const { kind, message, retryAfterMs } = ended;
    if (kind === "out_of_credit") return pauseRun(runId, kind, message, db);
    if (kind === "rate_limited" || kind === "loading") {
      const wait = patienceFor(kind, await noteWaiting(runId, db), retryAfterMs);
      return wait === "pause" ? pauseRun(runId, kind, message, db) : putOff(wait);
    }
    if (isEndpointsFault(kind)) await noteFailure(runId, message, db);
    // An endpoint that has worked deserves patience when it breaks down; one that never has does not.
    const patient =
      run.model.bundled || record.job() !== null || (await db.sample.count({ where: { runId } })) > 0;
    // What timed out may have been charged: two calls are all that are made without a person's word.
    const isOver = kind === "timeout" && !run.model.bundled;
    if (patient && retriesLeft && isWorthRetrying(kind) && !isOver)
      throw new SalonError("endpoint_failed", message, { retryable: true });
    await keepFailure({ ...place, code: kind, message, attempts }, run.modelId, db);
    // A run without hope ends now, not when its last chunk is done.
    await enqueue("advance-run", { runId }, { key: advanceKey(runId) }, db);
  }
  await enqueue("advance-run", { runId }, { key: advanceKey(runId) }, db);
}

async function readOrders(
  run: { id: string; promptSetId: string; samplesPerPrompt: number },
  { from, to }: { from: number; to: number },
  db: Db,
): Promise<Order[]> {
  return db.$queryRaw<Order[]>`
    select p.id as "promptId", p.index as "promptIndex", k as index, p.text, p.negative_prompt as "negativePrompt",
      p.source_artifacts as "sourceArtifacts", p.arena
    from prompts p cross join generate_series(0, ${run.samplesPerPrompt - 1}::int) as k
    where p.prompt_set_id = ${run.promptSetId} and p.index >= ${from} and p.index < ${to}
      and not exists (select from samples s where s.run_id = ${run.id} and s.prompt_id = p.id and s.index = k)
      and not exists (select from sample_failures f where f.run_id = ${run.id} and f.prompt_id = p.id and f.index = k)
    order by p.index, k`;
}

/** A run that its budget has paused orders nothing more, and collects what it has ordered and will pay. */
async function whereItStands(runId: string, db: Db): Promise<"generates" | "collects" | "stopped"> {
  const run = await db.run.findUnique({ where: { id: runId }, select: { state: true, pausedFor: true } });
  if (run?.state === "GENERATING" || run?.state === "QUEUED") return "generates";
  return run?.state === "PAUSED" && run.pausedFor === "budget" ? "collects" : "stopped";
}

/** @returns null where the next call could cost more than is left */
async function withinBudget<T>(order: () => Promise<T>): Promise<T | null> {
  try {
    return await order();
  } catch (error) {
    if (error instanceof BudgetReached) return null;
    throw error;
  }
}

async function keepFailure(
  failure: {
    runId: string;
    promptId: string;
    index: number;
    code: SampleFailureCode;
    message: string;
    attempts: number;
  },
  modelId: string,
  db: Db,
): Promise<void> {
  await inTransaction(async (tx) => {
    if (!(await isStillThere({ runId: failure.runId, modelId }, tx))) return;
    await tx.sampleFailure.createMany({
      data: [{ id: newId("failure"), ...failure }],
      skipDuplicates: true,
    });
    const { runId, promptId, index } = failure;
    await closeOrder({ runId, promptId, index }, tx, {
      waits: failure.code === "timeout" || failure.code === "transient",
    });
  }, db);
}
