import type { Tx } from "@/lib/db/client";
import { readPairCounts } from "@/lib/boards/pair-count-rows";
import { snapshotDetails, unpackCovariance } from "@/lib/snapshots/snapshot-details";
import { pairDistribution, uniformPairs, type PairDistribution } from "@/lib/ratings/active-pairs";
import { gamesOf } from "@/lib/ratings/pair-counts";
import { POINTS_PER_LOGIT, RATING_CENTRE } from "@/lib/ratings/scale";

/** Variance of the strength of a model newer than the snapshot, in logits squared: standard error 521 points. */
const UNKNOWN_VARIANCE = 9;

/**
 * Each pair's chance of being the next battle. By the newest snapshot: in proportion to what one more vote would tell
 * of the contrasts that matter (active-pairs.ts). Before the first one: all alike.
 * @param models ids; the result's indices are theirs
 */
export async function readPairPolicy(
  boardId: string,
  models: readonly string[],
  tx: Tx,
): Promise<{ policy: string; pairs: PairDistribution }> {
  const snapshot = await tx.ratingSnapshot.findFirst({
    where: { boardId, category: "", control: "" },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    include: { rows: { select: { modelId: true, rating: true } } },
  });
  if (snapshot === null) return { policy: "uniform-1", pairs: uniformPairs(models.length) };

  const n = models.length;
  const rating = new Map(snapshot.rows.map((row) => [row.modelId, row.rating]));
  const theta = Float64Array.from(
    models,
    (id) => ((rating.get(id) ?? RATING_CENTRE) - RATING_CENTRE) / POINTS_PER_LOGIT,
  );
  const { models: fitted, countsLiveVotes } = snapshotDetails.parse(snapshot.details);
  const fittedAt = new Map(fitted.map((id, i) => [id, i]));
  const stored = unpackCovariance(snapshot.covariance);
  const covariance = new Float64Array(n * n);
  models.forEach((x, i) =>
    models.forEach((y, j) => {
      const [k, l] = [fittedAt.get(x), fittedAt.get(y)];
      if (k !== undefined && l !== undefined) covariance[i * n + j] = stored[k * fitted.length + l];
      else if (i === j) covariance[i * n + j] = UNKNOWN_VARIANCE;
    }),
  );
  const games = new Float64Array(n * n);
  const at = new Map(models.map((id, i) => [id, i]));
  for (const count of (await readPairCounts({ id: boardId, countsLiveVotes }, tx)).get("")!) {
    const [i, j] = [at.get(count.a), at.get(count.b)];
    if (i !== undefined && j !== undefined) games[i * n + j] = games[j * n + i] = gamesOf(count);
  }
  return { policy: "active-1", pairs: pairDistribution(theta, covariance, games) };
}
