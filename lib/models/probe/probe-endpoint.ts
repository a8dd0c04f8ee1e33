import { imageFacts } from "@/lib/encoders/image-facts";
import { MAX_PIXELS, type CheckedImage } from "@/lib/media/check-image";
import { decodeImage } from "@/lib/media/decode-image";
import { findMetadata } from "@/lib/media/file-metadata";
import { isTransparent } from "@/lib/media/is-transparent";
import { judgeSeed } from "@/lib/models/probe/judge-seed";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import { memoryRecord } from "@/lib/providers/order-record";
import type { GenerationOrder, ModelEndpoint } from "@/lib/providers/outcome";
import { placeOrder } from "@/lib/providers/place-order";
import { judgeSize, wrongSizeText } from "@/lib/providers/size-verdict";
import type { Capability, TestCall } from "@/lib/schemas/capabilities";
import { FORMATS } from "@/lib/schemas/formats/formats";

/** What every endpoint is asked for first. */
export const PROBE_PROMPT = "a teddy bear reading a book";

export interface Probed {
  capability: Capability;
  /** What to change, in a sentence; null: an image of the right size came. */
  failure: string | null;
  image: CheckedImage | null;
}

/**
 * Find out what an endpoint does by three small orders: of a seed, of another, and of the first again; where it takes no seeds two
 * draws tell whether they differ, and where the first order fails or comes in a wrong size that is all that is asked. Each order may
 * take the endpoint's own time. Nothing is stored.
 * @param ask.seeds the first two that are sent, null where none are
 */
export async function probeEndpoint(
  endpoint: ModelEndpoint,
  ask: { order: Omit<GenerationOrder, "prompt" | "seed">; seeds: readonly [number, number] | null },
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
    const outcome = await placeOrder(learning, { ...ask.order, prompt: PROBE_PROMPT, seed }, client, {
      record: memoryRecord(),
      signal,
      anySize: true,
    });
    if (outcome.kind === "pending") throw new Error("An order without a turn is never left pending.");
    const { kind, latencyMs } = outcome;
    const told = outcome.kind === "ok" ? outcome : { seedSent: null, inferenceMs: null, costUsd: null };
    const { seedSent, inferenceMs, costUsd } = told;
    calls.push({ seed: seedSent, outcome: kind, latencyMs, inferenceMs, costUsd });
    return outcome;
  };

  const first = await call(ask.seeds?.[0] ?? null);
  const found = { testedAt: new Date(now()).toISOString(), calls };
  if (first.kind !== "ok") {
    const capability: Capability = {
      ...{ ...found, outcome: first.kind, size: { asked: ask.order.size, came: null, verdict: null } },
      ...{ seed: judgeSeed(NO_IMAGES), mediaType: null, transparent: null, metadata: [], textKeys: [] },
    };
    return { capability, failure: first.message, image: null };
  }
  const { image } = first;
  const came = `${image.width}x${image.height}`;
  const size = {
    asked: ask.order.size,
    came,
    verdict: judgeSize(FORMATS[endpoint.format].size, ask.order.size, image),
  };
  const file = {
    mediaType: image.mediaType,
    transparent: await isTransparent(image.bytes),
    ...findMetadata(image.bytes),
  };
  if (size.verdict === "other") {
    const failure = wrongSizeText(size.asked, image);
    const capability = { ...found, outcome: "invalid" as const, size, seed: judgeSeed(NO_IMAGES), ...file };
    return { capability, failure, image };
  }
  const seeded = first.seedSent !== null;
  const other = await call(ask.seeds?.[1] ?? null);
  const again = seeded && other.kind === "ok" ? await call(ask.seeds?.[0] ?? null) : null;
  const seed = judgeSeed({
    seeded,
    first: await thumbnailOf(first.image),
    other: other.kind === "ok" ? await thumbnailOf(other.image) : null,
    again: again?.kind === "ok" ? await thumbnailOf(again.image) : null,
  });
  return { capability: { ...found, outcome: "ok", size, seed, ...file }, failure: null, image };
}

const NO_IMAGES = { seeded: true, first: null, other: null, again: null };

async function thumbnailOf({ bytes }: CheckedImage): Promise<Uint8Array> {
  return imageFacts("", bytes, await decodeImage(bytes, { maxPixels: MAX_PIXELS })).thumbnail;
}
