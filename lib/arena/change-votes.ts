import { CountChanges } from "@/lib/arena/count-changes";
import { EloReplay } from "@/lib/arena/elo-replay";
import { findVoters } from "@/lib/arena/find-voters";
import { requestRefit } from "@/lib/arena/request-refit";
import { storeElo } from "@/lib/arena/store-elo";
import { holdVotes, lastEvent } from "@/lib/arena/vote-lock";
import { toPairOutcome } from "@/lib/arena/vote-outcome";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { VoteOutcome, VoteStatus } from "@/lib/db/generated/enums";
import { SalonError } from "@/lib/errors";

/** Which votes: all that are named by id or by voter, on one board or on any. */
export type VoteSelection = {
  voteIds?: readonly string[];
  /** By id, or by the pseudonym of an exported log. */
  voters?: readonly string[];
  /** Slug. */
  board?: string;
};

/** To leave votes out for a reason; or to count again those left out, for a given reason only where one is given. */
export type VoteChange = { to: "EXCLUDED"; reason: string } | { to: "COUNTED"; reason?: string };

/** What was changed, or would be. */
export type VoteChangeSummary = {
  boards: {
    board: string;
    votes: number;
    voters: number;
    /** Reasons the votes now have, or had until they were counted again. */
    reasons: { reason: string; votes: number }[];
    first: string | null;
    last: string | null;
  }[];
};

type Changed = {
  id: string;
  seq: bigint;
  voterId: string;
  was: VoteStatus;
  reason: string | null;
  leftModelId: string;
  rightModelId: string;
  outcome: VoteOutcome;
  category: string;
  createdAt: Date;
  answers: Record<string, VoteOutcome> | null;
};

/**
 * Change whether votes count, in the caller's transaction: the votes, the pair counts, the board's Elo (replayed
 * without what is left out) and a refit's job, all or nothing. Votes that already stand as asked are left alone. New
 * votes wait only while the last of the log is replayed.
 * @throws SalonError "not_found" for a vote, voter or board that is not there, "invalid_request" for no selection
 */
export async function changeVotes(
  selection: VoteSelection,
  change: VoteChange,
  options: { dryRun: boolean },
  tx: Tx,
): Promise<VoteChangeSummary> {
  const where = await matching(selection, change, tx);
  const boards = await tx.$queryRaw<{ id: string; slug: string }[]>`
    select b.id, b.slug from "Board" b
    where exists (select 1 from "Vote" v where v."boardId" = b.id and ${where}) order by b.id`;
  const summary: VoteChangeSummary = { boards: [] };
  for (const { id, slug } of boards) {
    const changed = options.dryRun ? await find(id, where, tx) : await changeBoard(id, where, change, tx);
    if (changed.length > 0) summary.boards.push({ board: slug, ...summarise(changed, change) });
  }
  return summary;
}

async function changeBoard(
  boardId: string,
  where: Prisma.Sql,
  change: VoteChange,
  tx: Tx,
): Promise<Changed[]> {
  // One change of a board at a time: what is found to change here is what will be changed.
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${"salon-vote-changes:" + boardId}, 0))`;
  const cut = await lastEvent(boardId, tx);
  const planned = new Set((await find(boardId, where, tx)).map((vote) => vote.seq));
  if (planned.size === 0) return [];
  const replay = new EloReplay(boardId, ({ seq, status }) =>
    planned.has(seq) ? change.to === "COUNTED" : status === "COUNTED",
  );
  await replay.advance(tx, cut);

  await holdVotes(boardId, tx);
  const changed = await find(boardId, where, tx);
  for (const { seq } of changed) planned.add(seq);
  await tx.$executeRaw`
    update "Vote" set status = ${change.to}::"VoteStatus",
      "statusReason" = ${change.to === "EXCLUDED" ? change.reason : null}
    where id = any (${changed.map((vote) => vote.id)})`;
  const counts = new CountChanges();
  for (const vote of changed) {
    // Quarantined votes were not counted before either.
    if (change.to === "EXCLUDED" && vote.was !== "COUNTED") continue;
    const answers = Object.entries(vote.answers ?? {}).map(([name, answer]) => [name, toPairOutcome(answer)]);
    counts.add(
      { ...vote, outcome: toPairOutcome(vote.outcome), answers: Object.fromEntries(answers) },
      change.to === "COUNTED" ? 1 : -1,
    );
  }
  await counts.store(boardId, tx);
  await replay.advance(tx);
  await storeElo(boardId, replay.ratings, tx);
  await requestRefit(boardId, tx);
  return changed;
}

function find(boardId: string, where: Prisma.Sql, tx: Tx): Promise<Changed[]> {
  return tx.$queryRaw<Changed[]>`
    select v.id, e.seq, v."voterId", v.status as was, v."statusReason" as reason, v."leftModelId", v."rightModelId",
      v.outcome, p.category, v."createdAt",
      (select json_object_agg(a.criterion, a.outcome) from "VoteAnswer" a where a."voteId" = v.id) as answers
    from "Vote" v
    join "RatingEvent" e on e."voteId" = v.id
    join "Battle" b on b.id = v."battleId"
    join "Prompt" p on p.id = b."promptId"
    where v."boardId" = ${boardId} and ${where}
    order by e.seq`;
}

/** SQL: the votes v that are selected and do not stand as asked yet. */
async function matching(selection: VoteSelection, change: VoteChange, tx: Tx): Promise<Prisma.Sql> {
  const ids = [...new Set(selection.voteIds ?? [])];
  const voters = await findVoters(selection.voters ?? [], tx);
  const anyOfReason = change.to === "COUNTED" && change.reason !== undefined;
  if (ids.length === 0 && voters.length === 0 && !anyOfReason) {
    throw new SalonError("invalid_request", "Say which votes: ids, or voters.");
  }
  const known = await tx.vote.findMany({ where: { id: { in: ids } }, select: { id: true } });
  const missing = ids.find((id) => !known.some((vote) => vote.id === id));
  if (missing !== undefined)
    throw new SalonError("not_found", `There is no vote ${JSON.stringify(missing)}.`);
  const conditions = [
    change.to === "EXCLUDED" ? Prisma.sql`v.status <> 'EXCLUDED'` : Prisma.sql`v.status <> 'COUNTED'`,
  ];
  if (ids.length > 0 || voters.length > 0) {
    conditions.push(Prisma.sql`(v.id = any (${ids}) or v."voterId" = any (${voters}))`);
  }
  if (change.to === "COUNTED" && change.reason !== undefined) {
    conditions.push(Prisma.sql`v."statusReason" = ${change.reason}`);
  }
  if (selection.board !== undefined) {
    const board = await tx.board.findUnique({ where: { slug: selection.board }, select: { id: true } });
    if (board === null)
      throw new SalonError("not_found", `There is no board ${JSON.stringify(selection.board)}.`);
    conditions.push(Prisma.sql`v."boardId" = ${board.id}`);
  }
  return Prisma.join(conditions, " and ");
}

function summarise(votes: readonly Changed[], change: VoteChange) {
  const reasons = new Map<string, number>();
  for (const vote of votes) {
    const reason = change.to === "EXCLUDED" ? change.reason : (vote.reason ?? vote.was.toLowerCase());
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const times = votes.map((vote) => vote.createdAt.getTime()).sort((x, y) => x - y);
  return {
    votes: votes.length,
    voters: new Set(votes.map((vote) => vote.voterId)).size,
    reasons: [...reasons].map(([reason, votes]) => ({ reason, votes })),
    first: new Date(times[0]).toISOString(),
    last: new Date(times[times.length - 1]).toISOString(),
  };
}
