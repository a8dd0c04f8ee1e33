import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { announceEnd } from "@/lib/runs/announce-end";

/**
 * Keep a bundled model's runs apart from those of other weights under the same name: runs of other weights than the model has now
 * (or of unknown ones) are marked as superseded, and those that were under way are cancelled, because their remaining samples
 * would be drawn by the new weights. Published runs of weights that have come back speak for the model again.
 * @returns how many runs were superseded
 */
export async function supersedeRuns(
  { modelId, weights }: { modelId: string; weights: string },
  tx: Tx,
): Promise<number> {
  const others = { modelId, OR: [{ weights: null }, { weights: { not: weights } }] };
  const cancelled = await tx.run.updateManyAndReturn({
    where: { ...others, state: { in: ["QUEUED", "GENERATING", "EXTRACTING", "SCORING"] } },
    data: { state: "CANCELLED", failureReason: Prisma.DbNull, finishedAt: new Date() },
    select: { id: true },
  });
  const { count } = await tx.run.updateMany({
    where: { ...others, supersededAt: null },
    data: { supersededAt: new Date() },
  });
  await tx.run.updateMany({
    where: { modelId, weights, state: "PUBLISHED", supersededAt: { not: null } },
    data: { supersededAt: null },
  });
  for (const { id } of cancelled) await announceEnd(id, tx);
  return count;
}
