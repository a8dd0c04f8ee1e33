import type { Endpoint, Model } from "@/lib/db/generated/client";
import { env } from "@/lib/env";
import type { EndpointAddress } from "@/lib/providers/outcome";
import { openKey } from "@/lib/secrets/seal-key";
import { salonSecret } from "@/lib/secrets/secret";

/**
 * What an adapter needs to call a stored endpoint, its key opened: for workers only, and never to be logged.
 * Bundled models are called where the generation backend is now, not where it was when they were registered.
 */
export async function openEndpoint(
  endpoint: Endpoint,
  { bundled, submitterId }: Pick<Model, "bundled" | "submitterId">,
): Promise<EndpointAddress> {
  return {
    owner: bundled ? "bundled" : submitterId === null ? "operator" : "visitor",
    baseUrl: bundled ? `${env().generationUrl}/v1` : endpoint.baseUrl,
    providerModel: endpoint.providerModel,
    apiKey:
      endpoint.apiKeySealed === null
        ? null
        : openKey(endpoint.apiKeySealed, endpoint.id, await salonSecret()),
    timeoutMs: endpoint.timeoutMs,
  };
}
