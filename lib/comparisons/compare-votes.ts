import type { VoteOutcome } from "@/lib/db/generated/enums";
import { clusteredShare } from "@/lib/numerics/clustered-share";
import type { ComparedPair, ComparisonShare } from "@/lib/schemas/comparisons";

/** A vote on two runs of a comparison. */
export interface ComparedVote {
  first: string;
  second: string;
  firstIsLeft: boolean;
  outcome: VoteOutcome;
  voterId: string;
  promptId: string;
  category: string;
}

const GROUPINGS = ["voters", "prompts"] as const;

/** What a vote says of the first run: a win 1, a loss 0, a tie or two bad ones 1/2, as everywhere in the arena. */
export function firstScore({ outcome, firstIsLeft }: Pick<ComparedVote, "outcome" | "firstIsLeft">): number {
  if (outcome !== "LEFT" && outcome !== "RIGHT") return 0.5;
  return (outcome === "LEFT") === firstIsLeft ? 1 : 0;
}

/** The first run's win share, with an interval that speaks of other voters and other prompts where there are enough of them. */
export function shareOf(votes: readonly ComparedVote[]): ComparisonShare {
  const groups = [votes.map(({ voterId }) => voterId), votes.map(({ promptId }) => promptId)];
  const { value, low, high, used } = clusteredShare(votes.map(firstScore), groups);
  return { votes: votes.length, value, low, high, speaksFor: used.map((at) => GROUPINGS[at]) };
}

/** Two runs by the votes on them, all together and by category of prompt. */
export function comparePair(
  runs: { first: string; second: string },
  all: readonly ComparedVote[],
): ComparedPair {
  const votes = all.filter(({ first, second }) => first === runs.first && second === runs.second);
  const scores = votes.map(firstScore);
  const distinct = (of: (vote: ComparedVote) => string) => new Set(votes.map(of)).size;
  const categories = [...new Set(votes.map(({ category }) => category))].sort();
  return {
    ...runs,
    votes: votes.length,
    voters: distinct(({ voterId }) => voterId),
    prompts: distinct(({ promptId }) => promptId),
    firstWins: scores.filter((score) => score === 1).length,
    secondWins: scores.filter((score) => score === 0).length,
    ties: votes.filter(({ outcome }) => outcome === "TIE").length,
    bothBad: votes.filter(({ outcome }) => outcome === "BOTH_BAD").length,
    share: votes.length === 0 ? null : shareOf(votes),
    categories: categories.map((category) => ({
      category,
      share: shareOf(votes.filter((vote) => vote.category === category)),
    })),
  };
}
