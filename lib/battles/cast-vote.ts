import { readBattleToken } from "@/lib/battles/battle-token";
import { getVoteResult } from "@/lib/battles/get-vote-result";
import { revealedModel } from "@/lib/battles/model-columns";
import { reveal, type RevealedModel } from "@/lib/battles/reveal";
import { atomically } from "@/lib/db/atomically";
import { db, type Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { SalonError } from "@/lib/errors";
import { ELO_START } from "@/lib/ratings/elo";
import type { CriteriaOutcomes, VoteRequest, VoteResponse } from "@/lib/schemas/battles";
import { LIVE_CATEGORY } from "@/lib/schemas/live-category";
import { hashAddress, type AddressHash } from "@/lib/secrets/address-hash";
import { NEW_VOTER_REASON } from "@/lib/votes/checks/prove-voters";
import { CountChanges } from "@/lib/votes/count-changes";
import { moveRatings, type Elo } from "@/lib/votes/elo-replay";
import { startElo, storeVote, type VoteToStore } from "@/lib/votes/store-vote";
import type { VoteFacts } from "@/lib/votes/vote-facts";
import { toPairOutcome, toStoredOutcome } from "@/lib/votes/vote-outcome";

export type CastVoteInput = VoteRequest & {
  /** Of the request's cookie; null where there is none. */
  voterId: string | null;
  /** The client's, as app/api/client-address.ts gives it; null or absent: not known. */
  address?: string | null;
};

/**
 * Count a vote, once: the vote with what it says of single criteria, the pair's counts, both Elo ratings, the rating event
 * and the refit's job, all or nothing. One on the voter's own prompt counts apart, and moves no Elo, unless the board says
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
  const ask = {
    ...input,
    voterId: claims.voterId,
    from: await hashAddress(input.address ?? null, Date.now()),
    now: Date.now(),
  };
  // Read in one statement and stored in another, so that no other vote waits while this one is thought about. Now and then one on the
  // same models comes in between: then both are one transaction, which has the locks from its first try on.
  const stored = await tryVote(ask, tx ?? db());
  if (stored !== null) return stored;
  return atomically(tx, async (tx) => {
    for (;;) {
      const stored = await tryVote(ask, tx);
      if (stored !== null) return stored;
    }
  });
}

type Ask = VoteRequest & { voterId: string; from: AddressHash | null; now: number };

/** Null when what the vote was decided on has changed before it could be stored. */
async function tryVote(ask: Ask, tx: Tx): Promise<VoteResponse | null> {
  const read = await readBattle(ask.battleId, tx);
  requireOpen(read, ask);
  const { facts, left, right } = read;
  const criteria = offeredCriteria(ask.criteria ?? {}, facts.criteria);
  if (facts.isVoted) return getVoteResult({ battleId: ask.battleId }, tx);
  const { vote, apart } = decideVote(read, { ...ask, criteria });
  const isNew = (model: string) => read.elo[model] === undefined;
  const models = vote.elo.map(({ model }) => model);
  if (models.some(isNew)) await startElo(facts.boardId, models, tx);
  if (!(await storeVote(vote, facts, tx))) return null;
  const { id: voteId, movement, hold } = vote;
  return reveal({
    voteId,
    outcome: ask.outcome,
    criteria,
    counted: hold === null,
    apart,
    left,
    right,
    movement,
  });
}

type BattleRead = {
  facts: VoteFacts;
  left: RevealedModel;
  right: RevealedModel;
  /** By model id; without those that no vote has moved yet. */
  elo: Partial<Record<string, Elo>>;
};

/** All that a vote on the battle needs, in one statement: each is a round trip of every vote. */
async function readBattle(id: string, tx: Tx): Promise<BattleRead | undefined> {
  const [battle] = await tx.$queryRaw<BattleRead[]>`
    select vote_facts(b.id) as facts, ${revealedModel("l")} as "left", ${revealedModel("r")} as "right",
      coalesce((
        select json_object_agg(e.model_id, json_build_object('rating', e.rating, 'games', e.games)) from elo_ratings e
        where e.board_id = b.board_id and e.model_id in (l.id, r.id)), '{}') as elo
    from battles b
    join models l on l.id = b.left_model_id
    join models r on r.id = b.right_model_id
    where b.id = ${id}`;
  return battle;
}

function requireOpen(read: BattleRead | undefined, ask: Ask): asserts read is BattleRead {
  if (read === undefined || read.facts.voterId !== ask.voterId) {
    throw new SalonError("not_found", "There is no such battle.", { field: "battleId" });
  }
  const { state, isRetired, isVoted } = read.facts;
  if (state !== "READY") {
    throw new SalonError("not_ready", "This battle has no two images to choose from.", {
      field: "battleId",
      retryable: state === "GENERATING",
    });
  }
  if (isRetired && !isVoted) {
    throw new SalonError(
      "conflict",
      "This prompt has just left the arena, and its images may be seen with names. Take another pair.",
      { field: "battleId" },
    );
  }
}

/** What a vote does, by what was read of its battle: whether it counts, and how it moves the two ratings. */
function decideVote(
  { facts, elo }: BattleRead,
  ask: Ask & { criteria: CriteriaOutcomes },
): { vote: VoteToStore; apart: boolean } {
  const { leftModelId, rightModelId, category, waits } = facts;
  const hold = facts.hold ?? (waits ? { reason: NEW_VOTER_REASON, quarantineId: null } : null);
  const apart = category === LIVE_CATEGORY && !facts.countsLiveVotes;
  const isCounted = hold === null;
  const outcome = toPairOutcome(ask.outcome);
  const given = Object.entries(ask.criteria);
  const counts = new CountChanges();
  if (isCounted) {
    const answers = Object.fromEntries(given.map(([name, answer]) => [name, toPairOutcome(answer)]));
    counts.add({ category, leftModelId, rightModelId, outcome, answers }, 1);
  }
  const sides = [leftModelId, rightModelId];
  const ratings = new Map(sides.flatMap((id) => (elo[id] === undefined ? [] : [[id, elo[id]]])));
  if (isCounted && !apart) moveRatings(ratings, leftModelId, rightModelId, outcome);
  const before = (id: string) => elo[id]?.rating ?? ELO_START;
  const after = (id: string) => ratings.get(id)?.rating ?? ELO_START;
  const vote = {
    id: newId("vote"),
    battleId: ask.battleId,
    outcome: toStoredOutcome(ask.outcome),
    // Never negative, should the database's clock run ahead of ours.
    decisionMs: Math.max(0, ask.now - facts.handedOutAt),
    from: ask.from,
    hold,
    answers: given.map(([criterion, answer]) => ({ criterion, outcome: toStoredOutcome(answer) })),
    movement: {
      leftBefore: before(leftModelId),
      leftAfter: after(leftModelId),
      rightBefore: before(rightModelId),
      rightAfter: after(rightModelId),
    },
    elo:
      isCounted && !apart
        ? sides.map((model) => ({
            model,
            before: before(model),
            games: elo[model]?.games ?? 0,
            after: after(model),
          }))
        : [],
    counts,
  };
  return { vote, apart };
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
