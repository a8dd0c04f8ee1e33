import { imageFacts } from "@/lib/encoders/image-facts";
import { MAX_PIXELS, type CheckedImage } from "@/lib/media/check-image";
import { decodeImage } from "@/lib/media/decode-image";
import { findMetadata } from "@/lib/media/file-metadata";
import { isTransparent } from "@/lib/media/is-transparent";
import { judgeSeed } from "@/lib/models/probe/judge-seed";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import { memoryRecord } from "@/lib/providers/order-record";
import type { GenerationOrder, GenerationOutcome, ModelEndpoint } from "@/lib/providers/outcome";
import { placeOrder } from "@/lib/providers/place-order";
import { judgeSize, wrongSizeText } from "@/lib/providers/size-verdict";
import type { Capability, TestCall } from "@/lib/schemas/endpoints/capabilities";
import type { OrderTask } from "@/lib/schemas/formats/order-task";
import { FORMATS } from "@/lib/schemas/formats/formats";

export interface Probed {
  capability: Capability;
  /** What to change, in a sentence; null: an image of the right size came. */
  failure: string | null;
  image: CheckedImage | null;
  /** What was asked for. */
  prompt: string;
}

/**
 * Find out what an endpoint does by three small orders: of a seed, of another, and of the first again; where it takes no seeds two
 * draws tell whether they differ, and where the first order fails or comes in a wrong size that is all that is asked. Of videos, which
 * take minutes and dollars, one is. Each order may take the endpoint's own time. Nothing is stored.
 * @param ask.seeds the first two that are sent, null where none are
 */
export async function probeEndpoint(
  endpoint: ModelEndpoint,
  ask: { order: Omit<GenerationOrder<OrderTask>, "seed">; seeds: readonly [number, number] | null },
  { client, signal, now = Date.now }: { client: GuardedClient; signal?: AbortSignal; now?: () => number },
): Promise<Probed> {
  const calls: TestCall[] = [];
  const leftOut = [...endpoint.leftOut];
  // What it refuses once it is not sent again.
  const learning: ModelEndpoint = {
    ...endpoint,
    leftOut,
    async learn(field) {
      leftOut.push(field);
      await endpoint.learn(field);
    },
  };
  const call = async (seed: number | null) => {
    const order: GenerationOrder<OrderTask> = { ...ask.order, seed };
    const options = { record: memoryRecord(), signal, anySize: true };
    const outcome = await placeOrder<OrderTask>(learning, order, client, options);
    if (outcome.kind === "pending") throw new Error("An order without a turn is never left pending.");
    const { kind, latencyMs } = outcome;
    const told = outcome.kind === "ok" ? outcome : { seedSent: null, inferenceMs: null, costUsd: null };
    const { seedSent, inferenceMs, costUsd } = told;
    calls.push({ seed: seedSent, outcome: kind, latencyMs, inferenceMs, costUsd });
    return outcome;
  };

  const first = await call(ask.seeds?.[0] ?? null);
  const { prompt, size: asked } = ask.order;
  const found = { testedAt: new Date(now()).toISOString(), calls };
  if (first.kind !== "ok" || first.media === "video") {
    const capability: Capability = {
      ...{ ...found, outcome: first.kind, size: { asked, came: null, verdict: null } },
      ...{ seed: judgeSeed(NO_IMAGES), transparent: null, metadata: [], textKeys: [] },
      mediaType: first.kind === "ok" ? first.video.mediaType : null,
    };
    return { capability, failure: first.kind === "ok" ? null : first.message, image: null, prompt };
  }
  const { image } = first;
  const came = `${image.width}x${image.height}`;
  const size = {
    ...{ asked, came },
    verdict: judgeSize(FORMATS[endpoint.format].size, asked, image),
  };
  const file = {
    mediaType: image.mediaType,
    transparent: await isTransparent(image.bytes),
    ...findMetadata(image.bytes),
  };
  if (size.verdict === "other") {
    const failure = wrongSizeText(size.asked, image);
    const capability = { ...found, outcome: "invalid" as const, size, seed: judgeSeed(NO_IMAGES), ...file };
    return { capability, failure, image, prompt };
  }
  const seeded = first.seedSent !== null;
  const other = await call(ask.seeds?.[1] ?? null);
  const again = seeded && other.kind === "ok" ? await call(ask.seeds?.[0] ?? null) : null;
  const seed = judgeSeed({
    seeded,
    first: await thumbnailOf(first.image),
    other: await thumbnailOfOutput(other),
    again: again === null ? null : await thumbnailOfOutput(again),
  });
  return { capability: { ...found, outcome: "ok", size, seed, ...file }, failure: null, image, prompt };
}

const NO_IMAGES = { seeded: true, first: null, other: null, again: null };

const thumbnailOfOutput = (outcome: GenerationOutcome<OrderTask>) =>
  outcome.kind === "ok" && outcome.media === "image" ? thumbnailOf(outcome.image) : null;

async function thumbnailOf({ bytes }: CheckedImage): Promise<Uint8Array> {
  return imageFacts("", bytes, await decodeImage(bytes, { maxPixels: MAX_PIXELS })).thumbnail;
}
