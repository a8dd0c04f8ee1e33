import { encodeDerivative } from "@/lib/media/image-derivative";
import { requireCallable } from "@/lib/providers/require-callable";
import { guardedClient, type GuardedClient } from "@/lib/providers/guarded-client";
import { placeOrder } from "@/lib/providers/place-order";
import { memoryRecord } from "@/lib/providers/order-record";
import { optionsOf } from "@/lib/schemas/submissions";
import { chosenFormat, FORMATS } from "@/lib/schemas/formats/formats";
import type { ConnectionTest, ConnectionTestResponse } from "@/lib/schemas/submissions";

/** What every endpoint is asked for first. */
const PROMPT = "a teddy bear reading a book";
const NOTHING = { width: null, height: null, costUsd: null, imageDataUrl: null };
/** As long as a run waits for most endpoints. */
const LONGEST_TEST_MS = 180_000;

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
  const outcome = await placeOrder(
    {
      owner,
      format,
      options: optionsOf(input),
      baseUrl: input.endpointUrl,
      providerModel: input.providerModel,
      apiKey: input.apiKey ?? null,
      timeoutMs: Math.min(FORMATS[format].timeoutMs, LONGEST_TEST_MS),
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
