import { applyElo } from "@/lib/arena/apply-elo";
import { readBattleToken } from "@/lib/arena/battle-token";
import { getVoteResult } from "@/lib/arena/get-vote-result";
import { requestRefit } from "@/lib/arena/request-refit";
import { toPairOutcome, toStoredOutcome } from "@/lib/arena/vote-outcome";
import { holdVoteLock } from "@/lib/arena/vote-lock";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import type { BattleState } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/new-id";
import { SalonError } from "@/lib/errors";
import type { VoteRequest, VoteResponse } from "@/lib/schemas/api";

/** The voter of the request's cookie; null where there is none: then the token alone says who votes. */
export type CastVoteInput = VoteRequest & { voterId?: string | null };

/**
 * Count a vote, once: the vote, the pair's count, both Elo ratings, the rating event and the refit's job in one
 * transaction. A second vote on the battle changes nothing and is answered with the first one's result.
 * @throws SalonError "unauthorised" for a stale or tampered token, "forbidden" for another battle's or voter's,
 * "not_ready" while a live battle is being generated
 */
export async function castVote(input: CastVoteInput, tx?: Tx): Promise<VoteResponse> {
  const claims = await readBattleToken(input.token, Date.now());
  if (claims.battleId !== input.battleId) {
    throw new SalonError("forbidden", "This token belongs to another battle.", { field: "token" });
  }
  if (input.voterId && input.voterId !== claims.voterId) {
    throw new SalonError("forbidden", "This battle was handed to someone else.", { field: "token" });
  }
  return atomically(tx, async (tx) => {
    const battle = await findBattle(claims.battleId, tx);
    if (battle === undefined || battle.voterId !== claims.voterId) {
      throw new SalonError("not_found", "There is no such battle.", { field: "battleId" });
    }
    if (battle.state !== "READY") {
      throw new SalonError("not_ready", "This battle has no two images to choose from.", {
        field: "battleId",
        retryable: battle.state === "GENERATING",
      });
    }
    await holdVoteLock(battle.boardId, tx);
    const voteId = newId("vote");
    const inserted = await tx.$executeRaw`
      insert into "Vote" (id, "battleId", "boardId", "voterId", "leftModelId", "rightModelId", outcome, "decisionMs")
      values (${voteId}, ${battle.id}, ${battle.boardId}, ${battle.voterId},
        ${battle.leftModelId}, ${battle.rightModelId}, ${toStoredOutcome(input.outcome)}::"VoteOutcome",
        ${decisionMs(battle.createdAt)}::int)
      on conflict ("battleId") do nothing`;
    if (inserted === 1) {
      await requestRefit(battle.boardId, tx);
      await applyElo({ ...battle, voteId, outcome: toPairOutcome(input.outcome) }, tx);
    }
    return getVoteResult({ battleId: battle.id }, tx);
  });
}

type BattleRow = {
  id: string;
  boardId: string;
  voterId: string;
  state: BattleState;
  leftModelId: string;
  rightModelId: string;
  createdAt: Date;
  category: string;
};

async function findBattle(id: string, tx: Tx): Promise<BattleRow | undefined> {
  const [battle] = await tx.$queryRaw<BattleRow[]>`
    select b.id, b."boardId", b."voterId", b.state, b."leftModelId", b."rightModelId", b."createdAt", p.category
    from "Battle" b join "Prompt" p on p.id = b."promptId" where b.id = ${id}`;
  return battle;
}

/** Never negative, should the database's clock run ahead of ours. */
function decisionMs(createdAt: Date): number {
  return Math.max(0, Date.now() - createdAt.getTime());
}
