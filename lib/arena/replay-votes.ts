import { toPairOutcome } from "@/lib/arena/vote-outcome";
import { db, type Tx } from "@/lib/db/client";
import type { VoteOutcome } from "@/lib/db/generated/enums";
import { ELO_START, kFactor, updateElo } from "@/lib/ratings/elo";

export type Elo = { rating: number; games: number };

const PAGE = 10_000;

/**
 * A board's Elo ratings from its vote log alone, in the order in which the votes were applied. The log is the truth:
 * the result equals the stored ratings to the last bit, or the stored ones are wrong.
 */
export async function replayVotes(boardId: string, tx: Tx = db()): Promise<Map<string, Elo>> {
  const ratings = new Map<string, Elo>();
  const of = (model: string) => ratings.get(model) ?? { rating: ELO_START, games: 0 };
  for (let after = 0n; ;) {
    const page = await tx.$queryRaw<
      { seq: bigint; leftModelId: string; rightModelId: string; outcome: VoteOutcome }[]
    >`
      select e.seq, v."leftModelId", v."rightModelId", v.outcome
      from "RatingEvent" e join "Vote" v on v.id = e."voteId"
      where e."boardId" = ${boardId} and e.seq > ${after}
      order by e.seq limit ${PAGE}`;
    for (const vote of page) {
      const [left, right] = [of(vote.leftModelId), of(vote.rightModelId)];
      const after = updateElo(
        left.rating,
        right.rating,
        toPairOutcome(vote.outcome),
        kFactor(left.games),
        kFactor(right.games),
      );
      ratings.set(vote.leftModelId, { rating: after.a, games: left.games + 1 });
      ratings.set(vote.rightModelId, { rating: after.b, games: right.games + 1 });
    }
    if (page.length < PAGE) return ratings;
    after = page[page.length - 1].seq;
  }
}
