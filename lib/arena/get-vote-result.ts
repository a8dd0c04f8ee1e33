import { toPublicOutcome } from "@/lib/arena/vote-outcome";
import { db, type Tx } from "@/lib/db/client";
import type { VoteOutcome } from "@/lib/db/generated/enums";
import { SalonError } from "@/lib/errors";
import { expectedScore } from "@/lib/ratings/elo";
import type { RevealedSide, VoteResponse } from "@/lib/schemas/api";

type EventRow = {
  voteId: string;
  outcome: VoteOutcome;
  leftModelId: string;
  rightModelId: string;
  leftBefore: number;
  leftAfter: number;
  rightBefore: number;
  rightAfter: number;
};

/**
 * What a battle's vote revealed and moved, as it was logged when it was counted.
 * @throws SalonError "not_found" when nobody has voted on it
 */
export async function getVoteResult(input: { battleId: string }, tx: Tx = db()): Promise<VoteResponse> {
  const [event] = await tx.$queryRaw<EventRow[]>`
    select v.id as "voteId", v.outcome, v."leftModelId", v."rightModelId",
      e."leftBefore", e."leftAfter", e."rightBefore", e."rightAfter"
    from "Vote" v join "RatingEvent" e on e."voteId" = v.id where v."battleId" = ${input.battleId}`;
  if (event === undefined) {
    throw new SalonError("not_found", "This battle has no vote yet.", { field: "battleId" });
  }
  const models = await tx.model.findMany({
    where: { id: { in: [event.leftModelId, event.rightModelId] } },
    select: {
      id: true,
      slug: true,
      name: true,
      creator: true,
      paradigm: true,
      architecture: true,
      representation: true,
      textConditioning: true,
    },
  });
  const reveal = (modelId: string, eloBefore: number, eloAfter: number): RevealedSide => {
    const { id: _, slug, ...facts } = models.find((model) => model.id === modelId)!;
    return { model: slug, ...facts, eloBefore, eloAfter };
  };
  return {
    voteId: event.voteId,
    outcome: toPublicOutcome(event.outcome),
    expected: expectedScore(event.leftBefore, event.rightBefore),
    left: reveal(event.leftModelId, event.leftBefore, event.leftAfter),
    right: reveal(event.rightModelId, event.rightBefore, event.rightAfter),
  };
}
