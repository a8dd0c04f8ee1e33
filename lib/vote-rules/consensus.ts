import { binomialLowerTail } from "@/lib/numerics/discrete-tails";
import type { Crowd } from "@/lib/vote-rules/crowd";
import { votersWho, type GroupBattle, type RuleFinding, type VoteGroup } from "@/lib/vote-rules/group";

const ALPHA = 1e-5;
/** Where the crowd is clear: so many decisive votes on the pair, so large a majority. */
const FEWEST_CROWD_VOTES = 12;
const CLEAR = 0.7;
const FEWEST_VOTES = 40;
/** An honest voter, however hurried, agrees at least this much as far beyond chance as the crowd with itself. */
const LEAST_SENSE = 0.5;

/**
 * On pairs that other people are clear about, does a group's voting agree with them hardly more than a coin would? Both
 * bots that press at random and those that press the wrong button. A binomial test against half the crowd's own
 * agreement beyond chance.
 */
export function consensus(group: VoteGroup, crowd: Crowd): RuleFinding | null {
  const others = crowd.without(group);
  const { votes, agreed, expected } = agreement(group.battles, others);
  if (votes < FEWEST_VOTES) return null;
  const least = 0.5 + LEAST_SENSE * (expected / votes - 0.5);
  const p = binomialLowerTail(agreed, votes, least);
  if (p >= ALPHA) return null;
  return {
    modelId: null,
    evidence: { votes, agreed, crowdAgreement: expected / votes, leastAgreement: least, p },
    suspects: votersWho(group.battles, (own) => {
      const counts = agreement(own, others);
      return counts.votes > 0 && counts.agreed < least * counts.votes;
    }),
  };
}

/** Decisive votes on clear pairs, how many go the crowd's way, and how many of the crowd's own would. */
function agreement(battles: readonly GroupBattle[], crowd: Crowd) {
  const sum = { votes: 0, agreed: 0, expected: 0 };
  for (const { left, right, outcome } of battles) {
    if (outcome !== "a" && outcome !== "b") continue;
    const { value, votes } = crowd.preference(left, right);
    const clear = Math.max(value, 1 - value);
    if (votes < FEWEST_CROWD_VOTES || clear < CLEAR) continue;
    sum.votes += 1;
    sum.expected += clear;
    if ((outcome === "a") === value > 0.5) sum.agreed += 1;
  }
  return sum;
}
