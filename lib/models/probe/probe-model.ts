import { inTransaction, type Db } from "@/lib/db/client";
import { noteSpending } from "@/lib/models/note-spending";
import { keepCapability } from "@/lib/models/probe/capabilities";
import { probeOrder } from "@/lib/models/probe/probe-order";
import { probeEndpoint } from "@/lib/models/probe/probe-endpoint";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import { openEndpoint } from "@/lib/providers/open-endpoint";

/** As runs ask for the first samples of two prompts. */
const SEEDS = [1, 2] as const;

/**
 * Probe the endpoint of a model that is there, with its stored key, on its owner's bill. What is found is kept with the version that was
 * called, in place of what was found of it before. Doing it twice costs twice and changes nothing else.
 */
export async function probeModel(
  modelId: string,
  { db, client, signal }: { db: Db; client: GuardedClient; signal: AbortSignal },
): Promise<void> {
  const endpoint = await db.endpoint.findUnique({ where: { modelId }, include: { model: true } });
  if (endpoint === null) return;
  const { capability, failure } = await probeEndpoint(
    await openEndpoint(endpoint, endpoint.model, db),
    { order: { ...(await probeOrder(endpoint.model.modality)), size: endpoint.imageSize }, seeds: SEEDS },
    { client, signal },
  );
  await inTransaction(async (tx) => {
    // Removed meanwhile: then there is nothing to keep it with.
    if ((await tx.endpoint.count({ where: { id: endpoint.id } })) === 0) return;
    const { id: endpointId, version } = endpoint;
    await keepCapability({ endpointId, version, capability, failure }, tx);
    await noteSpending(endpointId, capability.calls, tx);
  }, db);
}
