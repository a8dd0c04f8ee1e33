import { keepArtifacts } from "@/lib/artifacts/keep-artifacts";
import { putArtifact } from "@/lib/artifacts/store";
import { inTransaction, type Db } from "@/lib/db/client";
import { imageFacts } from "@/lib/encoders/image-facts";
import { SalonError } from "@/lib/errors";
import { MAX_PIXELS } from "@/lib/media/check-image";
import { decodeImage } from "@/lib/media/decode-image";
import { noteSpending } from "@/lib/models/note-spending";
import { openEndpoint } from "@/lib/providers/open-endpoint";
import { memoryRecord } from "@/lib/providers/order-record";
import { isWorthRetrying, type GenerationOutcome } from "@/lib/providers/outcome";
import { parameterFields } from "@/lib/providers/parameter-fields";
import { placeOrder } from "@/lib/providers/place-order";
import { canaryPrompts, type CanaryPrompt } from "@/lib/runs/drift/canary-prompts";
import { enqueueCheck } from "@/lib/runs/drift/enqueue-check";
import { finishCheck } from "@/lib/runs/drift/finish-check";
import type { GenerationContext } from "@/lib/runs/generation/generate-samples";
import { arenaSeed } from "@/lib/runs/generation/sample-seed";
import { SealedKeyError, unreadable } from "@/lib/secrets/open-key";

/** No sample of a run has such an index, so no image of a look has the seed of a sample. */
const FIRST_INDEX = 1_000_000;
/** A job that has taken so long leaves its slot to who waits for one. */
const TURN_MS = 5_000;
/** How long an endpoint that turns orders away is left alone when it does not say. */
const WAIT_MS = 60_000;

/**
 * Draw what a look at a model still lacks, image by image, each kept as it comes, and then say what it found. Doing it twice, or being
 * killed in between, draws none of them again but the one that was under way.
 * @throws SalonError endpoint_failed (retryable) when the endpoint breaks down
 */
export async function checkDrift(
  { checkId }: { checkId: string },
  { db, client, signal, retriesLeft, turnMs = TURN_MS }: GenerationContext,
): Promise<void> {
  const check = await db.driftCheck.findUnique({
    where: { id: checkId },
    include: { endpoint: { include: { model: true } }, images: { select: { promptId: true, draw: true } } },
  });
  if (check === null || check.verdict !== null) return;
  const { endpoint } = check;
  const { model } = endpoint;
  // Called otherwise since, or not to be watched any more.
  if (endpoint.version !== check.version || endpoint.driftDays === null || model.hiddenAt !== null)
    return finishCheck(checkId, db, { isGivenUp: true });
  const address = await openEndpoint(endpoint, model, db).catch(unreadable);
  // Or no look would come after this one once the key is back.
  if (address instanceof SealedKeyError) return finishCheck(checkId, db, { isGivenUp: true });
  const { format } = endpoint;
  const fields = parameterFields({ format, bundled: model.bundled, task: "text-to-image" });
  const there = new Set(check.images.map(({ promptId, draw }) => `${promptId} ${draw}`));
  const wanted = placesOf(await canaryPrompts(check.promptSetId, db), check.seeded ? 1 : 2);
  const turnEnds = performance.now() + turnMs;
  for (const [at, { prompt, draw }] of wanted
    .filter(({ prompt, draw }) => !there.has(`${prompt.id} ${draw}`))
    .entries()) {
    if (at > 0 && performance.now() > turnEnds) return enqueueCheck(checkId, endpoint, 0, db);
    const place = { modelId: model.id, promptId: prompt.id, index: FIRST_INDEX + draw };
    const order = {
      prompt: prompt.text,
      negativePrompt: fields.negativePrompt === null ? null : prompt.negativePrompt,
      size: endpoint.imageSize,
      seed: await arenaSeed(place),
    };
    const outcome = await placeOrder(address, order, client, { record: memoryRecord(), signal });
    if (outcome.kind === "pending") throw new Error("An order without a turn is never left pending.");
    await keepOutcome({ checkId, promptId: prompt.id, draw, endpointId: endpoint.id }, outcome, db);
    if (outcome.kind === "ok" || outcome.kind === "refused") continue;
    if (outcome.kind === "rate_limited" || outcome.kind === "loading")
      return enqueueCheck(checkId, endpoint, outcome.retryAfterMs ?? WAIT_MS, db);
    if (retriesLeft && isWorthRetrying(outcome.kind))
      throw new SalonError("endpoint_failed", outcome.message, { retryable: true });
    return finishCheck(checkId, db, { isGivenUp: true });
  }
  await finishCheck(checkId, db);
}

/** Every prompt once before any a second time. */
const placesOf = (prompts: readonly CanaryPrompt[], draws: number) =>
  Array.from({ length: draws }, (_, draw) => prompts.map((prompt) => ({ prompt, draw }))).flat();

/** Keep what an order became, and what it cost, both or neither. */
async function keepOutcome(
  place: { checkId: string; promptId: string; draw: number; endpointId: string },
  outcome: GenerationOutcome,
  db: Db,
): Promise<void> {
  const { endpointId, ...key } = place;
  const thumbnail = outcome.kind === "ok" ? await thumbnailOf(outcome.image.bytes) : null;
  if (outcome.kind === "ok") await putArtifact(outcome.image.bytes);
  await inTransaction(async (tx) => {
    const there = await tx.$queryRaw<unknown[]>`
      select 1 from drift_checks where id = ${key.checkId} for key share`;
    if (there.length === 0) return;
    const costUsd = outcome.kind === "ok" ? outcome.costUsd : null;
    await noteSpending(endpointId, [{ outcome: outcome.kind, costUsd }], tx);
    if (outcome.kind !== "ok" && outcome.kind !== "refused") return;
    let artifactHash: string | null = null;
    if (outcome.kind === "ok") {
      const { bytes, mediaType, width, height } = outcome.image;
      [artifactHash] = await keepArtifacts([{ bytes, row: { mediaType, width, height } }], tx);
    }
    await tx.driftImage.createMany({ data: [{ ...key, artifactHash, thumbnail }], skipDuplicates: true });
  }, db);
}

async function thumbnailOf(bytes: Buffer): Promise<Uint8Array<ArrayBuffer>> {
  const { thumbnail } = imageFacts("", bytes, await decodeImage(bytes, { maxPixels: MAX_PIXELS }));
  return new Uint8Array(thumbnail);
}
