import { applyElo, countApart, logUnmoved } from "@/lib/votes/apply-elo";
import { readBattleToken } from "@/lib/battles/battle-token";
import { readLiveVotes } from "@/lib/votes/count-live-votes";
import { CountChanges } from "@/lib/votes/count-changes";
import type { Hold } from "@/lib/votes/change-votes";
import { getVoteResult } from "@/lib/battles/get-vote-result";
import { revealedModel } from "@/lib/battles/model-columns";
import { NEW_VOTER_REASON } from "@/lib/votes/checks/prove-voters";
import { refitIsWaiting, requestRefit } from "@/lib/queue/requests/request-refit";
import { reveal, type RevealedModel } from "@/lib/battles/reveal";
import { voteLockKey } from "@/lib/boards/vote-lock";
import { toPairOutcome, toStoredOutcome } from "@/lib/votes/vote-outcome";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { BattleState } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/new-id";
import { SalonError } from "@/lib/errors";
import type { CriteriaOutcomes, Outcome, VoteRequest, VoteResponse } from "@/lib/schemas/battles";
import { LIVE_CATEGORY } from "@/lib/schemas/live-category";
import { hashAddress, type AddressHash } from "@/lib/secrets/address-hash";

export type CastVoteInput = VoteRequest & {
  /** Of the request's cookie; null where there is none. */
  voterId: string | null;
  /** The client's, as app/api/client-address.ts gives it; null or absent: not known. */
  address?: string | null;
};

/**
 * Count a vote, once: the vote with what it says of single criteria, the pair's counts, both Elo ratings, the rating event
 * and the refit's job in one transaction. One on the voter's own prompt counts apart, and moves no Elo, unless the board says
 * otherwise. It is logged and moves nothing while its voter is new on a strict board, or has
 * votes that a rule holds back. A second vote on the battle changes nothing and is answered with the first one's
 * result; so no criterion is ever answered by someone who has seen the names.
 * @throws SalonError "unauthorised" for a stale or tampered token or without a cookie, "forbidden" for another battle's or
 * voter's, "not_ready" while a live battle is being generated, "conflict" when its prompt has left the arena meanwhile,
 * "invalid_request" for a criterion the board does not ask about
 */
export async function castVote(input: CastVoteInput, tx?: Tx): Promise<VoteResponse> {
  const claims = await readBattleToken(input.token, Date.now());
  if (claims.battleId !== input.battleId) {
    throw new SalonError("forbidden", "This token belongs to another battle.", { field: "token" });
  }
  if (input.voterId === null) {
    throw new SalonError(
      "unauthorised",
      "A vote needs the cookie that came with its battle. Allow cookies for this site, then take another pair.",
    );
  }
  if (input.voterId !== claims.voterId) {
    throw new SalonError("forbidden", "This battle was handed to someone else.", { field: "token" });
  }
  const from = await hashAddress(input.address ?? null, Date.now());
  return atomically(tx, async (tx) => {
    const battle = await lockBattle(claims.battleId, tx);
    if (battle === undefined || battle.voterId !== claims.voterId) {
      throw new SalonError("not_found", "There is no such battle.", { field: "battleId" });
    }
    if (battle.state !== "READY") {
      throw new SalonError("not_ready", "This battle has no two images to choose from.", {
        field: "battleId",
        retryable: battle.state === "GENERATING",
      });
    }
    if (battle.isRetired) {
      throw new SalonError(
        "conflict",
        "This prompt has just left the arena, and its images may be seen with names. Take another pair.",
        { field: "battleId" },
      );
    }
    const criteria = offeredCriteria(input.criteria ?? {}, battle.criteria);
    const hold = holdOf(battle);
    const vote = await insertVote(battle, { outcome: input.outcome, from, hold }, tx);
    if (!vote.isNew) return getVoteResult({ battleId: battle.id }, tx);
    // A held vote needs the refit's checks, and a snapshot says how many are left out.
    if (!vote.refitWaits) await requestRefit(battle.boardId, tx);
    const turn = { ...battle, voteId: vote.id, outcome: toPairOutcome(input.outcome) };
    const counted = hold === null;
    // Read under the vote lock: who changes it waits for this vote, or this vote for them.
    const apart =
      battle.category === LIVE_CATEGORY && !(await readLiveVotes(battle.boardId, tx)).countsLiveVotes;
    const move = !counted ? logUnmoved : apart ? countApart : applyElo;
    const movement = await move(turn, tx);
    await storeAnswers(vote.id, { ...battle, outcome: input.outcome, criteria, counted }, tx);
    const { left, right } = battle;
    return reveal({
      voteId: vote.id,
      outcome: input.outcome,
      criteria,
      counted,
      apart,
      left,
      right,
      movement,
    });
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
  criteria: string[];
  /** Without a vote, and of a prompt that has left the arena since it was handed out. */
  isRetired: boolean;
  left: RevealedModel;
  right: RevealedModel;
  /** A rule holds back other votes of this voter on the board. */
  hold: Hold | null;
  /** The voter is new, and the board strict. */
  waits: boolean;
};

/** The battle, and with it the board's vote lock (vote-lock.ts). One statement: each is a round trip of every vote. */
async function lockBattle(id: string, tx: Tx): Promise<BattleRow | undefined> {
  const [battle] = await tx.$queryRaw<BattleRow[]>`
    select b.id, b.board_id as "boardId", b.voter_id as "voterId", b.state, b.left_model_id as "leftModelId",
      b.right_model_id as "rightModelId", b.created_at as "createdAt", p.category,
      (select criteria from boards where id = b.board_id) as criteria,
      p.retired_at is not null and not exists (select from votes v where v.battle_id = b.id) as "isRetired",
      ${revealedModel("l")} as "left", ${revealedModel("r")} as "right",
      (select json_build_object('quarantineId', v.quarantine_id, 'reason', v.status_reason) from votes v
        where v.voter_id = b.voter_id and v.board_id = b.board_id and v.status = 'QUARANTINED'
          and v.quarantine_id is not null limit 1) as hold,
      u.proven_at is null and (select new_voters from boards where id = b.board_id) = 'WAIT' as waits,
      pg_advisory_xact_lock_shared(${voteLockKey(Prisma.sql`b.board_id`)})::text as lock
    from battles b
    join prompts p on p.id = b.prompt_id
    join voters u on u.id = b.voter_id
    join models l on l.id = b.left_model_id
    join models r on r.id = b.right_model_id
    where b.id = ${id}`;
  return battle;
}

/** The vote, unless the battle has one: a copy that comes at the same time waits here for the first to commit. */
async function insertVote(
  battle: BattleRow,
  { outcome, from, hold }: { outcome: Outcome; from: AddressHash | null; hold: Waiting | null },
  tx: Tx,
): Promise<{ id: string; isNew: boolean; refitWaits: boolean }> {
  const id = newId("vote");
  const [row] = await tx.$queryRaw<{ isNew: boolean; refitWaits: boolean }[]>`
    with inserted as (
      insert into votes (id, battle_id, board_id, voter_id, left_model_id, right_model_id, outcome, decision_ms,
        address_hash, network_hash, status, status_reason, quarantine_id)
      values (${id}, ${battle.id}, ${battle.boardId}, ${battle.voterId},
        ${battle.leftModelId}, ${battle.rightModelId}, ${toStoredOutcome(outcome)}::vote_outcome,
        ${decisionMs(battle.createdAt)}::int, ${from?.address ?? null}, ${from?.network ?? null},
        ${hold === null ? "COUNTED" : "QUARANTINED"}::vote_status, ${hold?.reason ?? null},
        ${hold?.quarantineId ?? null})
      on conflict (battle_id) do nothing
      returning 1
    )
    select exists (select 1 from inserted) as "isNew", ${refitIsWaiting(battle.boardId)} as "refitWaits"`;
  return { id, ...row };
}

type Waiting = { reason: string; quarantineId: string | null };

/** Why a vote on this battle is not counted now; null: it is. */
function holdOf({ hold, waits }: BattleRow): Waiting | null {
  return hold ?? (waits ? { reason: NEW_VOTER_REASON, quarantineId: null } : null);
}

/** The criteria a vote speaks of, all of them asked about by the board. */
function offeredCriteria(criteria: CriteriaOutcomes, offered: readonly string[]): CriteriaOutcomes {
  const given = Object.entries(criteria).filter(([, outcome]) => outcome !== undefined);
  const refused = given.find(([name]) => !offered.includes(name));
  if (refused !== undefined) {
    const asks = offered.length === 0 ? "overall alone" : `overall and about ${offered.join(", ")}`;
    throw new SalonError("invalid_request", `This board asks ${asks}, not about ${refused[0]}.`, {
      field: `criteria.${refused[0]}`,
    });
  }
  return Object.fromEntries(given);
}

async function storeAnswers(
  voteId: string,
  vote: Omit<BattleRow, "criteria"> & { outcome: Outcome; criteria: CriteriaOutcomes; counted: boolean },
  tx: Tx,
): Promise<void> {
  const given = Object.entries(vote.criteria);
  if (given.length === 0) return;
  await tx.voteAnswer.createMany({
    data: given.map(([criterion, outcome]) => ({ voteId, criterion, outcome: toStoredOutcome(outcome) })),
  });
  if (!vote.counted) return;
  const counts = new CountChanges();
  const answers = Object.fromEntries(given.map(([name, outcome]) => [name, toPairOutcome(outcome)]));
  counts.add({ ...vote, outcome: toPairOutcome(vote.outcome), answers }, 1);
  await counts.storeAnswers(vote.boardId, tx);
}

/** Never negative, should the database's clock run ahead of ours. */
function decisionMs(createdAt: Date): number {
  return Math.max(0, Date.now() - createdAt.getTime());
}
