import { db } from "@/lib/db/client";
import type { Call } from "@/lib/models/changed-call";
import { keepProbe } from "@/lib/models/probe/keep-probe";
import { probeAnswer } from "@/lib/models/probe/probe-answer";
import { probeOrder } from "@/lib/models/probe/probe-order";
import { probeEndpoint } from "@/lib/models/probe/probe-endpoint";
import { guardedClient, type GuardedClient } from "@/lib/providers/guarded-client";
import { requireCallable } from "@/lib/providers/require-callable";
import { chosenFormat, timeoutMsOf } from "@/lib/schemas/formats/formats";
import type { RunSeeds } from "@/lib/schemas/run-parameters";
import { optionsOf, type ConnectionTest, type ConnectionTestResponse } from "@/lib/schemas/submissions";

type Callable = Pick<
  ConnectionTest,
  "endpointUrl" | "format" | "formatOptions" | "providerModel" | "imageSize"
>;

/** Where and how what is submitted or tested would be called. */
export function callOf(input: Callable): Call {
  const { endpointUrl: baseUrl, providerModel, imageSize } = input;
  const format = chosenFormat(input.format, baseUrl);
  return { baseUrl, format, formatOptions: optionsOf(input), providerModel, imageSize };
}

/**
 * Order the images of a probe from an endpoint before it is submitted, with the parameters that its run would have. What the endpoint
 * does wrong is an answer, with a sentence that says what to change. How it ended is kept for who submits it next.
 * @param ask.voterId whose test it is; null: the operator's, of whom nothing is kept
 * @throws SalonError invalid_request when the address could never be called
 */
export async function testConnection(
  ask: { input: ConnectionTest; voterId: string | null },
  { signal, client = guardedClient() }: { signal?: AbortSignal; client?: GuardedClient } = {},
): Promise<ConnectionTestResponse> {
  const { input, voterId } = ask;
  const owner = voterId === null ? "operator" : "visitor";
  await requireCallable(input.endpointUrl, owner, { client });
  const call = callOf(input);
  const { baseUrl, format, formatOptions: options, providerModel, imageSize: size } = call;
  const board = await db().board.findUnique({ where: { slug: input.board }, select: { modality: true } });
  const wanted = await probeOrder(board?.modality ?? "TEXT_TO_IMAGE");
  const { steps, guidance, negativePrompt, extraFields, extraHeaders } = input;
  const probed = await probeEndpoint(
    {
      ...{ owner, format, options, baseUrl, providerModel, leftOut: [], learn: async () => {} },
      apiKey: input.apiKey ?? null,
      timeoutMs: timeoutMsOf(input.timeoutSeconds, format, wanted.task),
    },
    {
      order: {
        ...wanted,
        ...{ size, steps, guidance, negativePrompt: negativePrompt || null, extraFields, extraHeaders },
        seedNeeded: typeof input.seeds !== "string",
      },
      seeds: probeSeeds(input.seeds),
    },
    { client, signal },
  );
  if (voterId !== null) await keepProbe({ voterId, call, probed });
  return probeAnswer(probed);
}

/** The two seeds of a probe, as a run of these would send them; null: none. */
export function probeSeeds(seeds: RunSeeds): [number, number] | null {
  if (seeds === "none") return null;
  if (seeds === "per-prompt") return [1, 2];
  return [seeds[0], seeds[1] ?? (seeds[0] === 1 ? 2 : 1)];
}
