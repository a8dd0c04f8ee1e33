import { byVoter, type RuleFinding, type VoteGroup } from "@/lib/vote-rules/group";

const WINDOW_MS = 60 * 60 * 1000;
const FEWEST_VOTERS = 20;
/** Of the group's voters in that hour. */
const SHARE = 0.8;

/**
 * Do voters come from one address or network by the dozen, each for a single battle? The site's page fetches the next
 * battle while the first is looked at, so a visitor has two at least; who throws the cookie away after each has one.
 */
export function newcomerBurst(group: VoteGroup): RuleFinding | null {
  if (group.kind === "voter") return null;
  const voters = [...byVoter(group.battles.filter(({ at }) => at >= group.completeSince))]
    .map(([voterId, own]) => ({ voterId, at: Math.min(...own.map(({ at }) => at)), battles: own.length }))
    .sort((x, y) => x.at - y.at);
  let most: typeof voters = [];
  for (let first = 0, last = 0; last < voters.length; last++) {
    while (voters[last].at - voters[first].at >= WINDOW_MS) first++;
    const hour = voters.slice(first, last + 1);
    const single = hour.filter(({ battles }) => battles === 1);
    if (single.length < FEWEST_VOTERS || single.length < SHARE * hour.length) continue;
    if (single.length > most.length) most = single;
  }
  if (most.length === 0) return null;
  // The burst's edges are its own too.
  const single = voters.filter(({ battles }) => battles === 1);
  return {
    modelId: null,
    evidence: { voters: voters.length, singleBattleVoters: single.length, mostInAnHour: most.length },
    suspects: new Set(single.map(({ voterId }) => voterId)),
  };
}
