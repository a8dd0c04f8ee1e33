import { z } from "zod";
import { env } from "@/lib/env";
import { SalonError } from "@/lib/errors";
import type { GuardedClient, JsonResponse } from "@/lib/providers/guarded-client";
import type { JsonLimits } from "@/lib/providers/json-reader";
import { plainText } from "@/lib/schemas/plain-text";

/** What Salon's own backend can be asked beyond OpenAI's images format. */
export interface DemoOrder {
  model: string;
  prompt: string;
  seed: number;
  sampler: string;
  steps: number;
  guidanceScale: number;
  /** Steps of the way to be shown as well, from first to last. */
  frames: number;
}

/** A drawn image. Every image is lossless WebP without metadata. */
export interface DrawnDemo {
  image: Buffer;
  frames: { step: number; noise: number; sample: Buffer; estimate: Buffer }[];
  /** The image's share of its batch's compute; null: the backend did not say. */
  computeMs: number | null;
  /** Words of the prompt that the model was not taught, and how many at its end it did not come to. */
  unknownWords: string[];
  unreadWords: number;
}

/** What the backend may answer: one image of at most 512 x 512 with the steps of its way, a text, a card, a list of its models. */
const LIMITS: JsonLimits = { maxBytes: 8_000_000, maxItems: 1_000, maxValues: 20_000 };
/** A busy backend may have 64 images to draw first. */
const DEADLINE_MS = 120_000;

const image = z.object({ b64_json: z.base64().transform((text) => Buffer.from(text, "base64")) });
const drawnReply = z.object({
  data: z
    .array(
      image.extend({
        frames: z
          .array(z.object({ step: z.number(), noise: z.number(), sample: image, estimate: image }))
          .default([]),
      }),
    )
    .length(1),
  salon: z.object({
    computeMs: z.number().nullish(),
    unknownWords: z.array(z.string()).default([]),
    unreadWords: z.number().int().default(0),
  }),
});

/**
 * Have the bundled backend draw one image.
 * @throws SalonError not_ready (retryable) while it is away or busy; invalid_request when it refuses the order
 */
export async function drawDemo(
  { guidanceScale, frames, ...order }: DemoOrder,
  client: GuardedClient,
  signal?: AbortSignal,
): Promise<DrawnDemo> {
  const body = JSON.stringify({
    ...order,
    guidance_scale: guidanceScale,
    output_format: "webp",
    ...(frames > 0 ? { frames } : {}),
  });
  const reply = drawnReply.parse(await askBackend("/v1/images/generations", client, body, signal));
  const [drawn] = reply.data;
  return {
    image: drawn.b64_json,
    frames: drawn.frames.map(({ step, noise, sample, estimate }) => ({
      step,
      noise,
      sample: sample.b64_json,
      estimate: estimate.b64_json,
    })),
    computeMs: reply.salon.computeMs ?? null,
    unknownWords: reply.salon.unknownWords,
    unreadWords: reply.salon.unreadWords,
  };
}

const writtenReply = z.object({ choices: z.array(z.object({ text: z.string() })).length(1) });

/**
 * A full caption for a terse prompt.
 * @throws SalonError not_ready (retryable) while the backend is away or busy; invalid_request when it refuses
 */
export async function enhancePrompt(
  order: { model: string; prompt: string; steps: number; seed: number },
  client: GuardedClient,
  signal?: AbortSignal,
): Promise<string> {
  const reply = await askBackend("/v1/completions", client, JSON.stringify(order), signal);
  return writtenReply.parse(reply).choices[0].text;
}

const reconstructedReply = z.object({
  data: z.array(image).length(1),
  salon: z.object({
    psnr: z.number().nullable(),
    weights: z.object({ encoder: z.string(), decoder: z.string() }),
  }),
});

/**
 * An image through an autoencoder of the backend and back.
 * @returns the result as WebP, its PSNR in dB (null: a perfect copy), and the hashes of the two networks
 * @throws SalonError not_ready (retryable) while the backend is away or busy; invalid_request when it refuses
 */
export async function reconstruct(
  order: { model: string; image: Buffer },
  client: GuardedClient,
  signal?: AbortSignal,
): Promise<{ image: Buffer; psnr: number | null; weights: string }> {
  const body = JSON.stringify({
    model: order.model,
    image: order.image.toString("base64"),
    output_format: "webp",
  });
  const { data, salon } = reconstructedReply.parse(
    await askBackend("/v1/salon/reconstructions", client, body, signal),
  );
  const weights = `${salon.weights.encoder} ${salon.weights.decoder}`;
  return { image: data[0].b64_json, psnr: salon.psnr, weights };
}

/**
 * The card of a bundled model, whole.
 * @throws SalonError not_ready (retryable) while the backend is away; invalid_request when it has no such model
 */
export async function fetchBundledCard(model: string, client: GuardedClient, signal?: AbortSignal) {
  return z
    .json()
    .parse(await askBackend(`/v1/models/${encodeURIComponent(model)}/card`, client, undefined, signal));
}

/**
 * What the bundled backend serves, as its own list says: a model's id, and what Salon is told beside OpenAI's format.
 * @throws SalonError not_ready (retryable) while the backend is not up
 */
export async function listServed(client: GuardedClient, signal?: AbortSignal) {
  return modelList.parse(await askBackend("/v1/models", client, undefined, signal)).data;
}

const modelList = z.object({
  data: z.array(z.looseObject({ id: z.string(), salon: z.looseObject({ endpoint: z.string() }) })),
});

/**
 * What the bundled backend answers, as JSON.
 * @param body of a POST; undefined: GET
 * @throws SalonError not_ready (retryable) while it is away or busy; invalid_request when it refuses
 */
export async function askBackend(
  path: string,
  client: GuardedClient,
  body: string | undefined,
  signal?: AbortSignal,
): Promise<unknown> {
  const response = await client
    .sendForJson(
      {
        url: `${env().generationUrl}${path}`,
        owner: "bundled",
        method: body === undefined ? "GET" : "POST",
        headers: body === undefined ? {} : { "content-type": "application/json" },
        body,
        deadlineMs: DEADLINE_MS,
        signal,
      },
      LIMITS,
    )
    .catch((cause: unknown) => {
      if (signal?.aborted) throw signal.reason;
      throw new SalonError("not_ready", "The generation backend does not answer.", { cause });
    });
  if (response.status === 200) return response.json;
  throw refusal(response);
}

function refusal({ status, text }: JsonResponse): SalonError {
  const said = plainText(text, 500);
  return status === 429 || status >= 500
    ? new SalonError("not_ready", `The generation backend is busy or in trouble (HTTP ${status}): ${said}`)
    : new SalonError("invalid_request", `The generation backend refuses (HTTP ${status}): ${said}`);
}
