import type { Movement } from "@/lib/votes/store-vote";
import { expectedScore } from "@/lib/ratings/elo";
import type { CriteriaOutcomes, Outcome, RevealedSide, VoteResponse } from "@/lib/schemas/battles";

/** What a vote tells of a model: its public facts as SQL gives them. */
export type RevealedModel = Omit<RevealedSide, "eloBefore" | "eloAfter">;

/** A vote's answer: who made the two images, and how the vote moved them. */
export function reveal(vote: {
  voteId: string;
  outcome: Outcome;
  criteria: CriteriaOutcomes;
  counted: boolean;
  apart: boolean;
  left: RevealedModel;
  right: RevealedModel;
  movement: Movement;
}): VoteResponse {
  const { voteId, outcome, criteria, counted, apart, left, right, movement } = vote;
  return {
    voteId,
    outcome,
    criteria,
    counted,
    apart,
    expected: expectedScore(movement.leftBefore, movement.rightBefore),
    left: { ...left, eloBefore: movement.leftBefore, eloAfter: movement.leftAfter },
    right: { ...right, eloBefore: movement.rightBefore, eloAfter: movement.rightAfter },
  };
}
