import { votersWho, type GroupBattle, type RuleFinding, type VoteGroup } from "@/lib/vote-rules/group";

/** Two images cannot be fetched, seen, compared and answered in less. */
const FASTEST_MS = 400;
/** One fast vote may be a slip of the finger. */
const FEWEST_FAST = 8;
const FAST_SHARE = 0.5;

/** Are votes given, most of them, before anyone could have looked at the images? */
export function decisionTime(group: VoteGroup): RuleFinding | null {
  const { votes, fast } = countFast(group.battles);
  if (fast < FEWEST_FAST || fast < FAST_SHARE * votes) return null;
  return {
    modelId: null,
    evidence: { votes, fast, fasterThanMs: FASTEST_MS },
    suspects: votersWho(group.battles, (own) => {
      const counts = countFast(own);
      return counts.fast > 0 && counts.fast >= FAST_SHARE * counts.votes;
    }),
  };
}

function countFast(battles: readonly GroupBattle[]): { votes: number; fast: number } {
  const times = battles.flatMap(({ decisionMs }) => (decisionMs === null ? [] : [decisionMs]));
  return { votes: times.length, fast: times.filter((ms) => ms < FASTEST_MS).length };
}
