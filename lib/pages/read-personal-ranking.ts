import { onBoard } from "@/lib/boards/board-models";
import { requireBoard } from "@/lib/boards/require-board";
import { db, type Tx } from "@/lib/db/client";
import type { VoteOutcome } from "@/lib/db/generated/enums";
import type { Visitor } from "@/lib/models/visibility";
import { countPairs } from "@/lib/ratings/pair-counts";
import { ENOUGH_VOTES, personalRatings } from "@/lib/ratings/personal";
import type { PersonalRanking } from "@/lib/schemas/personal-ranking";
import { findNewestSnapshot } from "@/lib/snapshots/find-snapshot";
import { toPairOutcome } from "@/lib/votes/vote-outcome";

/**
 * A board as the asker's own votes rank it, all that are stored: whether one counts for everybody says nothing of their taste.
 * @throws SalonError "not_found" for a board that they may not see
 */
export async function readPersonalRanking(
  { board: slug, by }: { board: string; by: Visitor },
  tx: Tx = db(),
): Promise<PersonalRanking> {
  const board = await requireBoard({ slug, by, to: "see" }, tx);
  if (by.voterId === null) return { board: board.name, votes: 0, needed: ENOUGH_VOTES, rows: [] };
  const models = new Map(
    (await tx.model.findMany({ where: onBoard(board), select: { id: true, slug: true, name: true } })).map(
      (model) => [model.id, model],
    ),
  );
  const all = await tx.vote.findMany({
    where: { voterId: by.voterId, boardId: board.id },
    select: { leftModelId: true, rightModelId: true, outcome: true },
  });
  const votes = all.filter((vote) => models.has(vote.leftModelId) && models.has(vote.rightModelId));
  if (votes.length < ENOUGH_VOTES)
    return { board: board.name, votes: votes.length, needed: ENOUGH_VOTES - votes.length, rows: [] };
  const snapshot = await findNewestSnapshot(board.id, "", tx);
  const ranked = (snapshot?.rows ?? []).filter(({ rank }) => rank !== null);
  const everybodys = new Map(ranked.map(({ modelId, rating, se }) => [modelId, { rating, se }]));
  const personal = personalRatings(countPairs(votes.map(pairVote)), everybodys);
  const among = ranked.filter(({ modelId }) => personal.some(({ model }) => model === modelId));
  return {
    board: board.name,
    votes: votes.length,
    needed: 0,
    rows: personal.map(({ model, low, high, ...row }) => {
      const rating = everybodys.get(model)?.rating ?? null;
      return {
        ...row,
        model: models.get(model)!.slug,
        name: models.get(model)!.name,
        ratingLow: low,
        ratingHigh: high,
        boardRating: rating,
        boardRank: rating === null ? null : 1 + among.filter((other) => other.rating > rating).length,
      };
    }),
  };
}

const pairVote = (vote: { leftModelId: string; rightModelId: string; outcome: VoteOutcome }) => ({
  a: vote.leftModelId,
  b: vote.rightModelId,
  outcome: toPairOutcome(vote.outcome),
});
