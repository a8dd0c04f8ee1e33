import { CountChanges } from "@/lib/votes/count-changes";
import type { Tx } from "@/lib/db/client";
import { ELO_START, kFactor, updateElo } from "@/lib/ratings/elo";
import { canonicalPair } from "@/lib/ratings/pair-counts";
import type { Outcome } from "@/lib/ratings/outcome";

/** A vote's logged movement (RatingEvent). */
export type Movement = { leftBefore: number; leftAfter: number; rightBefore: number; rightAfter: number };

export type CountedVote = {
  voteId: string;
  boardId: string;
  category: string;
  leftModelId: string;
  rightModelId: string;
  /** a is the left side. */
  outcome: Outcome;
};

type EloRow = { modelId: string; rating: number; games: number };

/**
 * Move both Elo ratings by one vote, log the movement and bump the pair's count. Everything that could be done
 * before was done before: from the lock to the commit, all other votes on the two models wait.
 */
export async function applyElo(vote: CountedVote, tx: Tx): Promise<Movement> {
  const { boardId, leftModelId, rightModelId } = vote;
  const rows = await lockRatings(boardId, [leftModelId, rightModelId], tx);
  const left = rows.find((row) => row.modelId === leftModelId)!;
  const right = rows.find((row) => row.modelId === rightModelId)!;
  const after = updateElo(left.rating, right.rating, vote.outcome, kFactor(left.games), kFactor(right.games));
  const pair = canonicalPair(leftModelId, rightModelId, vote.outcome);
  const add = (outcome: Outcome) => (pair.outcome === outcome ? 1 : 0);
  await tx.$executeRaw`
    with moved as (
      update elo_ratings e set rating = to_rating, games = games + 1
      from (values (${leftModelId}, ${after.a}::float8), (${rightModelId}, ${after.b}::float8)) as v (model, to_rating)
      where e.board_id = ${boardId} and e.model_id = v.model
    ), counted as (
      insert into pair_counts as c (board_id, category, model_a, model_b, wins_a, wins_b, ties, both_bad)
      values (${boardId}, ${vote.category}, ${pair.a}, ${pair.b},
        ${add("a")}::int, ${add("b")}::int, ${add("tie")}::int, ${add("both_bad")}::int)
      on conflict (board_id, category, model_a, model_b) do update set
        wins_a = c.wins_a + excluded.wins_a, wins_b = c.wins_b + excluded.wins_b,
        ties = c.ties + excluded.ties, both_bad = c.both_bad + excluded.both_bad
    )
    insert into rating_events (vote_id, board_id, left_model_id, right_model_id,
      left_before, left_after, right_before, right_after)
    values (${vote.voteId}, ${boardId}, ${leftModelId}, ${rightModelId},
      ${left.rating}::float8, ${after.a}::float8, ${right.rating}::float8, ${after.b}::float8)`;
  return { leftBefore: left.rating, leftAfter: after.a, rightBefore: right.rating, rightAfter: after.b };
}

/** Count a vote on a visitor's own prompt where these count apart: in the pair counts of its category, and in no Elo. */
export async function countApart(vote: CountedVote, tx: Tx): Promise<Movement> {
  const movement = await logUnmoved(vote, tx);
  const counts = new CountChanges();
  counts.add({ ...vote, answers: {} }, 1);
  await counts.store(vote.boardId, tx);
  return movement;
}

/** Give a vote that moves nothing its turn in the log, and nothing is what its voter is shown. */
export async function logUnmoved(vote: CountedVote, tx: Tx): Promise<Movement> {
  const { voteId, boardId, leftModelId, rightModelId } = vote;
  const rows = await tx.eloRating.findMany({
    where: { boardId, modelId: { in: [leftModelId, rightModelId] } },
    select: { modelId: true, rating: true },
  });
  const ratingOf = (model: string) => rows.find(({ modelId }) => modelId === model)?.rating ?? ELO_START;
  const [left, right] = [ratingOf(leftModelId), ratingOf(rightModelId)];
  const movement = { leftBefore: left, leftAfter: left, rightBefore: right, rightAfter: right };
  await tx.ratingEvent.create({ data: { voteId, boardId, leftModelId, rightModelId, ...movement } });
  return movement;
}

/**
 * Both rows, locked in model-id order so that no two votes wait for each other in a circle. Where one is missing none is
 * locked: who held the later one while making the earlier one would close such a circle.
 */
async function lockRatings(boardId: string, models: [string, string], tx: Tx): Promise<EloRow[]> {
  const lock = () => tx.$queryRaw<EloRow[]>`
    select model_id as "modelId", rating, games from elo_ratings
    where board_id = ${boardId} and model_id in (${models[0]}, ${models[1]})
      and 2 = (select count(*) from elo_ratings where board_id = ${boardId} and model_id in (${models[0]}, ${models[1]}))
    order by model_id for no key update`;
  const rows = await lock();
  if (rows.length === 2) return rows;
  const [first, second] = [...models].sort();
  await tx.$executeRaw`
    insert into elo_ratings (board_id, model_id, rating, games)
    values (${boardId}, ${first}, ${ELO_START}::float8, 0), (${boardId}, ${second}, ${ELO_START}::float8, 0)
    on conflict do nothing`;
  return lock();
}
