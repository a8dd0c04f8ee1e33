import type { Tx } from "@/lib/db/client";
import type { Endpoint, Model } from "@/lib/db/generated/client";
import { env } from "@/lib/env";
import type { ModelEndpoint } from "@/lib/providers/outcome";
import { formatOptions } from "@/lib/schemas/formats/format-options";
import { formatId } from "@/lib/schemas/formats/formats";
import { openFromRow } from "@/lib/secrets/open-key";

/**
 * What an adapter needs to call a stored endpoint, its key opened: for workers only, and never to be logged.
 * Bundled models are called where the generation backend is now, not where it was when they were registered.
 * @param tx where is kept which fields it turns out to refuse
 * @throws SealedKeyError when its key cannot be opened here
 */
export async function openEndpoint(
  endpoint: Endpoint,
  { bundled, submitterId }: Pick<Model, "bundled" | "submitterId">,
  tx: Tx,
): Promise<ModelEndpoint> {
  return {
    owner: bundled ? "bundled" : submitterId === null ? "operator" : "visitor",
    format: formatId.parse(endpoint.format),
    options: endpoint.formatOptions === null ? null : formatOptions.parse(endpoint.formatOptions),
    baseUrl: bundled ? `${env().generationUrl}/v1` : endpoint.baseUrl,
    providerModel: endpoint.providerModel,
    apiKey: endpoint.apiKeySealed === null ? null : await openFromRow(endpoint.apiKeySealed, endpoint.id),
    timeoutMs: endpoint.timeoutMs,
    leftOut: endpoint.leftOut,
    async learn(field) {
      await tx.$executeRaw`
        update endpoints set left_out = array_append(left_out, ${field})
        where id = ${endpoint.id} and not (${field} = any(left_out))`;
    },
  };
}
