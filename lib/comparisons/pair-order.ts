import type { Random } from "@/lib/numerics/random";

/** Two runs of a comparison, and how often they were voted on. */
export interface PairTally {
  first: string;
  second: string;
  /** By this voter, pairs on their screen among them. */
  own: number;
  /** By everybody. */
  votes: number;
}

/**
 * In which order pairs of runs are tried for a voter's next pair of images: those that this voter has met least first, of them
 * those with the fewest votes, of them by chance. So every voter sees each pair of runs as often as the others, give or take one, and so
 * do all voters together.
 */
export function pairOrder<P extends PairTally>(pairs: readonly P[], random: Random): P[] {
  return pairs
    .map((pair) => ({ pair, chance: random.uniform() }))
    .sort((a, b) => a.pair.own - b.pair.own || a.pair.votes - b.pair.votes || a.chance - b.chance)
    .map(({ pair }) => pair);
}
