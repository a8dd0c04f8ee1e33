import { db, type Tx } from "@/lib/db/client";
import { capability as stored, type Capability } from "@/lib/schemas/endpoints/capabilities";

/** Keep what a version of a model's endpoint was found to do, in place of what was found of it before. */
export async function keepCapability(
  kept: { endpointId: string; version: number; capability: Capability; failure: string | null },
  tx: Tx,
): Promise<void> {
  const { endpointId, version, capability, failure } = kept;
  const found = { capability, failure, createdAt: new Date() };
  await tx.endpointCapability.upsert({
    where: { endpointId_version: { endpointId, version } },
    create: { endpointId, version, ...found },
    update: found,
  });
}

/** What a version of a model's endpoint was found to do; null: it was not tested. @param version the newest unless told */
export async function readCapability(
  which: { modelId: string; version?: number },
  tx: Tx = db(),
): Promise<Capability | null> {
  return (await readTest(which, tx))?.capability ?? null;
}

/** The same with what its owner is to change; failure null: it works. */
export async function readTest(
  { modelId, version }: { modelId: string; version?: number },
  tx: Tx = db(),
): Promise<{ capability: Capability; failure: string | null } | null> {
  const endpoint = await tx.endpoint.findUnique({ where: { modelId }, select: { id: true, version: true } });
  if (endpoint === null) return null;
  const row = await tx.endpointCapability.findUnique({
    where: { endpointId_version: { endpointId: endpoint.id, version: version ?? endpoint.version } },
  });
  return row === null ? null : { capability: stored.parse(row.capability), failure: row.failure };
}
