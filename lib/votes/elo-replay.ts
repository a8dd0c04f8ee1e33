import { entersFit } from "@/lib/boards/fit-votes";
import { toPairOutcome } from "@/lib/votes/vote-outcome";
import type { Tx } from "@/lib/db/client";
import type { VoteOutcome, VoteStatus } from "@/lib/db/generated/enums";
import { ELO_START, kFactor, updateElo } from "@/lib/ratings/elo";
import type { Outcome } from "@/lib/ratings/outcome";

export type Elo = { rating: number; games: number };

/** A vote's turn in the log. */
export type LoggedVote = { seq: bigint; status: VoteStatus };

type Row = LoggedVote & { category: string; leftModelId: string; rightModelId: string; outcome: VoteOutcome };

const PAGE = 10_000;

/**
 * A board's Elo from its vote log alone, in the order in which the votes were applied, of those that enter the whole board's
 * fit. It can stop at an event and go on later, so that the long part needs no lock.
 */
export class EloReplay {
  /** By model id; models without a counted vote are not there. */
  readonly ratings = new Map<string, Elo>();
  private after = 0n;

  /** @param isCounted of votes that enter the fit: whether a vote moves ratings; unless told, whether the log says so */
  constructor(
    private readonly board: { id: string; countsLiveVotes: boolean },
    private readonly isCounted = (vote: LoggedVote) => vote.status === "COUNTED",
  ) {}

  /** Go on up to an event, itself included, or to the end of what is visible. */
  async advance(tx: Tx, upTo: bigint | null = null): Promise<void> {
    for (;;) {
      const page = await tx.$queryRaw<Row[]>`
        select e.seq, v.status, v.left_model_id as "leftModelId", v.right_model_id as "rightModelId", v.outcome, p.category
        from rating_events e
        join votes v on v.id = e.vote_id
        join battles b on b.id = v.battle_id
        join prompts p on p.id = b.prompt_id
        where e.board_id = ${this.board.id} and e.seq > ${this.after}
          and (${upTo}::bigint is null or e.seq <= ${upTo}::bigint)
        order by e.seq limit ${PAGE}`;
      for (const vote of page) {
        if (!entersFit(vote.category, { ...this.board, category: "" }) || !this.isCounted(vote)) continue;
        moveRatings(this.ratings, vote.leftModelId, vote.rightModelId, toPairOutcome(vote.outcome));
      }
      if (page.length > 0) this.after = page[page.length - 1].seq;
      if (page.length < PAGE) return;
    }
  }
}

/** One vote's effect on two of the ratings, in place. @param outcome a is the left side */
export function moveRatings(
  ratings: Map<string, Elo>,
  leftModelId: string,
  rightModelId: string,
  outcome: Outcome,
): void {
  const left = ratings.get(leftModelId) ?? { rating: ELO_START, games: 0 };
  const right = ratings.get(rightModelId) ?? { rating: ELO_START, games: 0 };
  const to = updateElo(left.rating, right.rating, outcome, kFactor(left.games), kFactor(right.games));
  ratings.set(leftModelId, { rating: to.a, games: left.games + 1 });
  ratings.set(rightModelId, { rating: to.b, games: right.games + 1 });
}
