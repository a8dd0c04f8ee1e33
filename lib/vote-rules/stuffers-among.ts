import type { Crowd } from "@/lib/vote-rules/crowd";
import { byVoter, modelsOf, type RuleFinding, type VoteGroup } from "@/lib/vote-rules/group";
import { logSum, probableStuffers, stuffingEvidence } from "@/lib/vote-rules/stuffing-evidence";

/** Chance of catching a group without a stuffer, however often one looks; shared by its models and directions. */
const ALPHA = 1e-4;
/** Shares of stuffers that are reckoned with. */
const MIXTURES = [0.05, 0.2, 0.6];

/**
 * Are some voters behind an address or in a network stuffers, hidden among others who are not? Each voter's likelihood ratio
 * of stuffing against honesty with a taste, mixed with its absence and multiplied over voters: an e-value, so that looking again
 * and again costs little (Ville's inequality; Shafer 2021, Ramdas et al. 2023).
 */
export function stuffersAmong(group: VoteGroup, crowd: Crowd): RuleFinding | null {
  if (group.kind === "voter") return null;
  const others = crowd.without(group);
  const voters = byVoter(group.battles);
  const models = modelsOf(group.battles);
  const needed = Math.log((2 * models.length) / ALPHA);
  let found: (RuleFinding & { logE: number }) | null = null;
  for (const model of models) {
    for (const direction of ["for", "against"] as const) {
      const share = others.share(model, direction);
      const ratios = new Map(
        [...voters].map(([id, own]) => [
          id,
          stuffingEvidence(own, model, direction, Math.min(share.high, 0.95)),
        ]),
      );
      const logE = logEvidence([...ratios.values()]);
      if (logE < needed || logE <= (found?.logE ?? 0)) continue;
      const suspects = probableStuffers(ratios);
      const evidence = {
        voters: voters.size,
        suspects: suspects.size,
        crowdVotes: share.votes,
        crowdShare: share.value,
        logEvidence: logE,
      };
      found = { logE, modelId: model, evidence, suspects };
    }
  }
  return found && { modelId: found.modelId, evidence: found.evidence, suspects: found.suspects };
}

/** ln of the mean over mixtures of the product over voters. */
function logEvidence(logRatios: readonly number[]): number {
  const products = MIXTURES.map((mixture) =>
    logRatios.reduce((sum, log) => sum + logSum([Math.log1p(-mixture), Math.log(mixture) + log]), 0),
  );
  return logSum(products) - Math.log(MIXTURES.length);
}
