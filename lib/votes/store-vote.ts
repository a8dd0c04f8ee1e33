import { voteLockKey } from "@/lib/boards/vote-lock";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { VoteOutcome } from "@/lib/db/generated/enums";
import { refitRequested } from "@/lib/queue/requests/request-refit";
import { ELO_START } from "@/lib/ratings/elo";
import type { AddressHash } from "@/lib/secrets/address-hash";
import type { CountChanges } from "@/lib/votes/count-changes";
import type { VoteFacts } from "@/lib/votes/vote-facts";

/** A vote's logged movement (RatingEvent). */
export type Movement = { leftBefore: number; leftAfter: number; rightBefore: number; rightAfter: number };

export type VoteToStore = {
  id: string;
  battleId: string;
  outcome: VoteOutcome;
  decisionMs: number;
  from: AddressHash | null;
  /** Why it is not counted now; null: it is. */
  hold: { reason: string; quarantineId: string | null } | null;
  answers: readonly { criterion: string; outcome: VoteOutcome }[];
  movement: Movement;
  /** The ratings that it moves, with what they were before; none for a vote that moves none. */
  elo: readonly { model: string; before: number; games: number; after: number }[];
  /** What it adds to the board's counts. */
  counts: CountChanges;
};

/**
 * Store a vote that was decided on these facts and ratings: the vote with its answers, its turn in the log, both Elo ratings, the
 * counts and the refit's job, in one statement. It waits for the board's vote lock and for both ratings, in the order of their ids, so that
 * no two votes wait for each other in a circle, and looks at the facts once it has them.
 * @returns false, and nothing is stored, when they are not what they were any more; the locks then last as long as the caller's transaction
 */
export async function storeVote(vote: VoteToStore, facts: VoteFacts, tx: Tx): Promise<boolean> {
  const { id, battleId, movement, hold, from } = vote;
  const { boardId, voterId, leftModelId, rightModelId } = facts;
  const elo = JSON.stringify(vote.elo);
  const isStored = Prisma.sql`exists (select from inserted)`;
  const [{ votes }] = await tx.$queryRaw<[{ votes: number }]>`
    with ${lockTaken(boardId)}, stands as materialized (
      select from lock where held is not null and vote_facts(${battleId}) = ${JSON.stringify(facts)}::jsonb
    ), locked as materialized (
      select model_id, rating, games from elo_ratings
      where board_id = ${boardId} and model_id = any (${vote.elo.map(({ model }) => model)})
        and exists (select from stands)
      order by model_id for no key update
    ), agreed as materialized (
      select from stands where not exists (
        select from jsonb_to_recordset(${elo}::jsonb) as w (model text, before float8, games int)
        where not exists (
          select from locked l where l.model_id = w.model and l.rating = w.before and l.games = w.games))
    ), inserted as (
      insert into votes (id, battle_id, board_id, voter_id, left_model_id, right_model_id, outcome, decision_ms,
        address_hash, network_hash, status, status_reason, quarantine_id)
      select ${id}, ${battleId}, ${boardId}, ${voterId}, ${leftModelId}, ${rightModelId},
        ${vote.outcome}::vote_outcome, ${vote.decisionMs}::int, ${from?.address ?? null}, ${from?.network ?? null},
        ${hold === null ? "COUNTED" : "QUARANTINED"}::vote_status, ${hold?.reason ?? null}, ${hold?.quarantineId ?? null}
      from agreed
      on conflict (battle_id) do nothing
      returning id
    ), answered as (
      insert into vote_answers (vote_id, criterion, outcome)
      select ${id}, criterion, outcome from jsonb_to_recordset(${JSON.stringify(vote.answers)}::jsonb)
        as a (criterion text, outcome vote_outcome) where ${isStored}
    ), logged as (
      insert into rating_events (vote_id, board_id, left_model_id, right_model_id,
        left_before, left_after, right_before, right_after)
      select ${id}, ${boardId}, ${leftModelId}, ${rightModelId}, ${movement.leftBefore}::float8,
        ${movement.leftAfter}::float8, ${movement.rightBefore}::float8, ${movement.rightAfter}::float8 from inserted
    ), moved as (
      update elo_ratings e set rating = w.after, games = e.games + 1
      from jsonb_to_recordset(${elo}::jsonb) as w (model text, after float8)
      where e.board_id = ${boardId} and e.model_id = w.model and ${isStored}
    ), counted as (${vote.counts.pairsAdded(boardId, isStored)}
    ), counted_answers as (${vote.counts.answersAdded(boardId, isStored)}
    ), refit as (${refitRequested(boardId, Prisma.sql`inserted`)})
    select (select count(*)::int from inserted) as votes, (select count(*)::int from refit) as refits`;
  return votes === 1;
}

/**
 * See that models have an Elo on a board: one that a vote is to move has a row to lock. Under the vote lock, which whoever changes a
 * board's Elo as a whole has before they write it.
 */
export async function startElo(boardId: string, models: readonly string[], tx: Tx): Promise<void> {
  await tx.$executeRaw`
    with ${lockTaken(boardId)}
    insert into elo_ratings (board_id, model_id, rating, games)
    select ${boardId}, model, ${ELO_START}::float8, 0 from lock, unnest(${models}::text[]) as m (model)
    where held is not null order by model
    on conflict do nothing`;
}

/** SQL: the board's vote lock, as the first part of a statement. */
const lockTaken = (boardId: string) => Prisma.sql`lock as materialized (
      select pg_advisory_xact_lock_shared(${voteLockKey(Prisma.sql`${boardId}::text`)})::text as held
    )`;
