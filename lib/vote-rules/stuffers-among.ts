import { logit, sigmoid } from "@/lib/ratings/scale";
import { speaks, type Crowd, type Direction } from "@/lib/vote-rules/crowd";
import {
  byVoter,
  modelsOf,
  type GroupBattle,
  type RuleFinding,
  type VoteGroup,
} from "@/lib/vote-rules/group";

/** Chance of catching a group without a stuffer, however often one looks; shared by its models and directions. */
const ALPHA = 1e-4;
/** Of a stuffer's votes on the model, the share that goes its way. */
const STUFFED = 0.95;
/** How far honest people's liking of a model may lie from the crowd's, in log-odds, and how common that is. */
const HONEST: readonly { partiality: number; weight: number }[] = [
  { partiality: -0.75, weight: 0.25 },
  { partiality: 0, weight: 0.5 },
  { partiality: 0.75, weight: 0.2 },
  { partiality: 1.5, weight: 0.04 },
  { partiality: 2.25, weight: 0.01 },
];
/** Shares of stuffers that are reckoned with. */
const MIXTURES = [0.05, 0.2, 0.6];
/** So much likelier stuffed than honest must a voter's own votes be to be held back with others': of forty honest people less than one. */
const SUSPECT = 50;

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
        [...voters].map(([id, own]) => [id, logRatio(own, model, direction, Math.min(share.high, 0.95))]),
      );
      const logE = logEvidence([...ratios.values()]);
      if (logE < needed || logE <= (found?.logE ?? 0)) continue;
      const suspects = new Set([...ratios].filter(([, log]) => log > Math.log(SUSPECT)).map(([id]) => id));
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

/** ln of how much likelier a voter's votes on the model are when stuffed than from somebody honest. */
function logRatio(own: readonly GroupBattle[], model: string, direction: Direction, share: number): number {
  const said = own.map((battle) => speaks(battle, model, direction)).filter((spoke) => spoke !== null);
  const hits = said.filter(Boolean).length;
  const log = (p: number) => hits * Math.log(p) + (said.length - hits) * Math.log1p(-p);
  const honest = HONEST.map(
    ({ partiality, weight }) => Math.log(weight) + log(sigmoid(logit(share) + partiality)),
  );
  return log(STUFFED) - logSum(honest);
}

/** ln of the mean over mixtures of the product over voters. */
function logEvidence(logRatios: readonly number[]): number {
  const products = MIXTURES.map((mixture) =>
    logRatios.reduce((sum, log) => sum + logSum([Math.log1p(-mixture), Math.log(mixture) + log]), 0),
  );
  return logSum(products) - Math.log(MIXTURES.length);
}

function logSum(logs: readonly number[]): number {
  const most = Math.max(...logs);
  return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0));
}
