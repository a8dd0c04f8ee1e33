import { encodeDerivative } from "@/lib/media/image-derivative";
import { requireCallable } from "@/lib/providers/require-callable";
import { guardedClient, type GuardedClient } from "@/lib/providers/guarded-client";
import { placeOrder } from "@/lib/providers/place-order";
import { memoryRecord } from "@/lib/providers/order-record";
import { optionsOf } from "@/lib/schemas/submissions";
import { LONGEST_TEST_S } from "@/lib/schemas/endpoint-fields";
import { chosenFormat, timeoutMsOf } from "@/lib/schemas/formats/formats";
import type { ConnectionTest, ConnectionTestResponse } from "@/lib/schemas/submissions";

/** What every endpoint is asked for first. */
const PROMPT = "a teddy bear reading a book";
const NOTHING = { width: null, height: null, costUsd: null, imageDataUrl: null };

/**
 * Order one image from an endpoint before it is submitted, with the parameters that its run would have; nothing is stored. What the endpoint does wrong is an
 * answer (ok: false), with a sentence that says what to change.
 * @throws SalonError invalid_request when the address could never be called
 */
export async function testConnection(
  input: ConnectionTest,
  owner: "operator" | "visitor",
  signal?: AbortSignal,
  client: GuardedClient = guardedClient(),
): Promise<ConnectionTestResponse> {
  await requireCallable(input.endpointUrl, owner, { client });
  const format = chosenFormat(input.format, input.endpointUrl);
  // The operator asks at a terminal, which waits as long as a run does.
  const longestMs = owner === "operator" ? Infinity : LONGEST_TEST_S * 1000;
  const outcome = await placeOrder(
    {
      owner,
      format,
      options: optionsOf(input),
      baseUrl: input.endpointUrl,
      providerModel: input.providerModel,
      apiKey: input.apiKey ?? null,
      timeoutMs: Math.min(timeoutMsOf(input.timeoutSeconds, format), longestMs),
      leftOut: [],
      learn: async () => {},
    },
    {
      prompt: PROMPT,
      size: input.imageSize,
      seed: input.seeds === "none" ? null : typeof input.seeds === "string" ? 1 : input.seeds[0],
      seedNeeded: typeof input.seeds !== "string",
      steps: input.steps,
      guidance: input.guidance,
      negativePrompt: input.negativePrompt || null,
      extraFields: input.extraFields,
      extraHeaders: input.extraHeaders,
    },
    client,
    { record: memoryRecord(), signal },
  );
  if (outcome.kind === "pending") throw new Error("An order without a turn is never left pending.");
  const answer = { outcome: outcome.kind, latencyMs: outcome.latencyMs, prompt: PROMPT };
  if (outcome.kind !== "ok") {
    return { ...answer, ok: false, message: outcome.message, ...NOTHING };
  }
  const { bytes, width, height } = outcome.image;
  const image = await encodeDerivative(bytes);
  return {
    ...answer,
    ok: true,
    message: `It works: an image of ${width}x${height} pixels in ${(outcome.latencyMs / 1000).toFixed(1)} s.`,
    width,
    height,
    costUsd: outcome.costUsd,
    imageDataUrl: `data:image/webp;base64,${image.toString("base64")}`,
  };
}
