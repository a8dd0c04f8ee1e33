import { revealedModel } from "@/lib/battles/model-columns";
import type { Movement } from "@/lib/votes/store-vote";
import { reveal, type RevealedModel } from "@/lib/battles/reveal";
import { toPublicOutcome } from "@/lib/votes/vote-outcome";
import { db, type Tx } from "@/lib/db/client";
import type { VoteOutcome } from "@/lib/db/generated/enums";
import { SalonError } from "@/lib/errors";
import { LIVE_CATEGORY } from "@/lib/schemas/live-category";
import type { CriteriaOutcomes, VoteResponse } from "@/lib/schemas/battles";

type ResultRow = Movement & {
  voteId: string;
  outcome: VoteOutcome;
  counted: boolean;
  apart: boolean;
  answers: Record<string, VoteOutcome> | null;
  left: RevealedModel;
  right: RevealedModel;
};

/**
 * What a battle's vote revealed and moved, as it was logged when it was counted.
 * @throws SalonError "not_found" when nobody has voted on it
 */
export async function getVoteResult(input: { battleId: string }, tx: Tx = db()): Promise<VoteResponse> {
  const [row] = await tx.$queryRaw<ResultRow[]>`
    select v.id as "voteId", v.outcome, v.status = 'COUNTED' as counted,
      p.category = ${LIVE_CATEGORY} and not (select counts_live_votes from boards where id = v.board_id) as apart, ${revealedModel("l")} as "left", ${revealedModel("r")} as "right",
      e.left_before as "leftBefore", e.left_after as "leftAfter", e.right_before as "rightBefore", e.right_after as "rightAfter",
      (select json_object_agg(a.criterion, a.outcome) from vote_answers a where a.vote_id = v.id) as answers
    from votes v
    join rating_events e on e.vote_id = v.id
    join battles b on b.id = v.battle_id
    join prompts p on p.id = b.prompt_id
    join models l on l.id = v.left_model_id
    join models r on r.id = v.right_model_id
    where v.battle_id = ${input.battleId}`;
  if (row === undefined) {
    throw new SalonError("not_found", "This battle has no vote yet.", { field: "battleId" });
  }
  const answers = Object.entries(row.answers ?? {}).map(([name, answer]) => [name, toPublicOutcome(answer)]);
  const criteria = Object.fromEntries(answers) as CriteriaOutcomes;
  return reveal({ ...row, outcome: toPublicOutcome(row.outcome), criteria, movement: row });
}
