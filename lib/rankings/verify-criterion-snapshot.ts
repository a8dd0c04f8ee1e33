import { db, type Tx } from "@/lib/db/client";
import { criterionDetails, unpackFits } from "@/lib/snapshots/criterion-details";
import { criterionVotesOfLog } from "@/lib/votes/criterion-votes";
import { noSnapshot } from "@/lib/snapshots/missing-snapshot";
import type { Verification } from "@/lib/rankings/verify-snapshot";
import { fitCriteria, hashCriteria } from "@/lib/ratings/multi-criterion";
import { POINTS_PER_LOGIT } from "@/lib/ratings/scale";
import { METHODOLOGY_VERSION } from "@/lib/ratings/inputs-hash";

const TOLERANCE = 1e-9;

/**
 * Recompute a fit by criteria from the vote log alone and compare every strength (in points) and covariance to 1e-9.
 * @throws SalonError "not_found"
 */
export async function verifyCriterionSnapshot(id: string, tx: Tx = db()): Promise<Verification> {
  const stored = await tx.criterionSnapshot.findUnique({ where: { id } });
  if (stored === null) throw await noSnapshot(id, tx);
  const details = criterionDetails.parse(stored.details);
  const { models, criteria, options } = details;
  const votes = await criterionVotesOfLog({ ...stored, ...details }, tx);
  const fits = fitCriteria(votes, criteria, models, options.ties);
  const was = unpackFits(stored, details);
  const differences: string[] = [];
  const compare = (name: string, before: string | number, now: string | number) => {
    const close =
      typeof before === "number" && typeof now === "number" && Math.abs(before - now) <= TOLERANCE;
    if (before !== now && !close) differences.push(`${name}: stored ${before}, recomputed ${now}`);
  };
  compare("methodology", stored.methodology, METHODOLOGY_VERSION);
  compare("inputsHash", stored.inputsHash, hashCriteria(votes, criteria, models, options));
  const overall = votes.reduce((sum, { votes: times = 1 }) => sum + times, 0);
  compare("votes", stored.votes, overall);
  criteria.forEach((criterion, c) => {
    models.forEach((model, i) => {
      compare(
        `${criterion} of ${model}`,
        POINTS_PER_LOGIT * was.theta[c][i],
        POINTS_PER_LOGIT * fits.theta[c][i],
      );
    });
    criteria.forEach((other, d) => {
      const [before, now] = [was.covariance[c][d], fits.covariance[c][d]];
      const worst = before.reduce((most, value, at) => Math.max(most, Math.abs(value - now[at])), 0);
      compare(`covariance of ${criterion} and ${other}`, worst, 0);
    });
  });
  return { ok: differences.length === 0, votes: overall, differences };
}
