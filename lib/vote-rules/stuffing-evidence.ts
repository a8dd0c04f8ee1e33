import { logit, sigmoid } from "@/lib/ratings/scale";
import { speaks, type Direction } from "@/lib/vote-rules/crowd";
import type { GroupBattle } from "@/lib/vote-rules/group";

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
/** How probably a voter must be a stuffer to be held back where others of the group are not. */
const SUSPECT = 0.9;
/** Stuffers' share of a group is never taken to be none or all. */
const SHARES = { least: 0.02, most: 0.98 };
const STEPS = 100;

/**
 * ln of how much likelier a voter's votes on a model are when stuffed than from somebody honest with a taste.
 * @param share of the crowd's votes that go its way, 0 to 1, exclusive
 */
export function stuffingEvidence(
  own: readonly GroupBattle[],
  model: string,
  direction: Direction,
  share: number,
): number {
  const said = own.map((battle) => speaks(battle, model, direction)).filter((spoke) => spoke !== null);
  const hits = said.filter(Boolean).length;
  const log = (p: number) => hits * Math.log(p) + (said.length - hits) * Math.log1p(-p);
  const honest = HONEST.map(
    ({ partiality, weight }) => Math.log(weight) + log(sigmoid(logit(share) + partiality)),
  );
  return log(STUFFED) - logSum(honest);
}

/**
 * Which of a group's voters are probably stuffers, where some are: by Bayes' rule, with the share of stuffers that makes the
 * group's votes likeliest (empirical Bayes; EM). Among many honest people one has to vote for the model again and again to
 * be taken for one; among nothing but stuffers a few votes are enough. Who did not vote its way more than others never is.
 * @param logRatios by voter: stuffingEvidence
 */
export function probableStuffers(logRatios: ReadonlyMap<string, number>): Set<string> {
  const logs = [...logRatios.values()];
  let share = 0.5;
  const posterior = (log: number) => sigmoid(log + logit(share));
  for (let step = 0; step < STEPS; step++) {
    const mean = logs.reduce((sum, log) => sum + posterior(log), 0) / logs.length;
    share = Math.min(SHARES.most, Math.max(SHARES.least, mean));
  }
  return new Set([...logRatios].filter(([, log]) => log > 0 && posterior(log) > SUSPECT).map(([id]) => id));
}

/** ln of a sum, of the logarithms of what is added. */
export function logSum(logs: readonly number[]): number {
  const most = Math.max(...logs);
  return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0));
}
