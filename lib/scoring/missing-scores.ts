import type { Tx } from "@/lib/db/client";
import { scoringPlan } from "@/lib/references/encoders-in-use";
import { distanceManifest } from "@/lib/scoring/scoring-features";
import { distanceName } from "@/lib/schemas/metrics/frechet-distance";

/**
 * Labels of the distances that this site takes now and that a published run has no score of: under an encoder, or to a reference
 * set, that was chosen after it was scored.
 */
export async function missingScores(runId: string, tx: Tx): Promise<string[]> {
  const scores = await tx.metricResult.findMany({
    where: { runId, promptsHash: "" },
    select: { metric: true, protocol: true },
  });
  const missing: string[] = [];
  for (const encoder of (await scoringPlan(runId, tx)).encoders) {
    const manifest = await distanceManifest(encoder, tx);
    if (manifest === null) continue;
    const name = distanceName(encoder.distanceLabel);
    const has = scores.some(({ metric, protocol }) => {
      const { encoder: id, preprocessing, reference } = protocol as Record<string, unknown>;
      return (
        metric === name &&
        id === encoder.id &&
        preprocessing === encoder.preprocessing &&
        reference === manifest
      );
    });
    if (!has) missing.push(encoder.distanceLabel);
  }
  return missing;
}
