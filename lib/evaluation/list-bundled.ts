import { z } from "zod";
import { env } from "@/lib/env";
import { SalonError } from "@/lib/errors";
import type { GuardedClient } from "@/lib/providers/guarded-client";

const modelList = z.object({
  data: z.array(z.looseObject({ id: z.string(), salon: z.looseObject({ endpoint: z.string() }) })),
});

/**
 * What the bundled backend serves at a path, as its own list of models says.
 * @throws SalonError not_ready (retryable) while the backend is not up
 */
export async function listBundled(endpoint: string, client: GuardedClient, signal?: AbortSignal) {
  const response = await client
    .send({ url: `${env().generationUrl}/v1/models`, deadlineMs: 10_000, maxBytes: 1_000_000, signal })
    .catch((cause: unknown) => {
      throw new SalonError("not_ready", "The generation backend is not up yet.", { cause });
    });
  const { data } = modelList.parse(JSON.parse(response.body.toString("utf8")));
  return data.filter(({ salon }) => salon.endpoint === endpoint);
}
