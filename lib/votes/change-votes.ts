import type { Actor } from "@/lib/audit/actor";
import { recordChange } from "@/lib/audit/record-change";
import { readLiveVotes } from "@/lib/votes/count-live-votes";
import { CountChanges } from "@/lib/votes/count-changes";
import { EloReplay } from "@/lib/votes/elo-replay";
import { requestRefit } from "@/lib/queue/requests/request-refit";
import { settleQuarantines } from "@/lib/votes/checks/settle-quarantines";
import { storeElo } from "@/lib/votes/store-elo";
import { holdVotes, lastEvent, lockChanges } from "@/lib/boards/vote-lock";
import { toPairOutcome } from "@/lib/votes/vote-outcome";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { VoteOutcome, VoteStatus } from "@/lib/db/generated/enums";

/** Which quarantine holds a voter's votes back, and what the public log says of them. */
export type Hold = { quarantineId: string; reason: string };

/**
 * To leave votes out for a reason; to hold back those of some voters until a person has looked; to count votes that did
 * not, because a person said so or, by "system", because the voter is new no more.
 */
export type VoteChange =
  | { to: "EXCLUDED"; reason: string; by: Actor }
  | { to: "QUARANTINED"; holds: ReadonlyMap<string, Hold> }
  | { to: "COUNTED"; by: Actor };

const ACTIONS = { EXCLUDED: "votes.exclude", QUARANTINED: "votes.hold", COUNTED: "votes.include" } as const;

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

/** A vote that does not stand as asked yet. */
export type VoteToChange = {
  id: string;
  battleId: string;
  seq: bigint;
  voterId: string;
  was: VoteStatus;
  reason: string | null;
  quarantineId: string | null;
  leftModelId: string;
  rightModelId: string;
  outcome: VoteOutcome;
  category: string;
  createdAt: Date;
  answers: Record<string, VoteOutcome> | null;
};

/**
 * Change whether votes count, in the caller's transaction: the votes, the pair counts, the board's Elo (replayed
 * without what is left out), what becomes of quarantines, and a refit's job, all or nothing. Votes that already stand as
 * asked are left alone. New votes wait only while the last of the log is replayed.
 * @param selected SQL: whether a vote v is meant (select-votes.ts)
 */
export async function changeVotes(
  selected: Prisma.Sql,
  change: VoteChange,
  options: { dryRun: boolean },
  tx: Tx,
): Promise<VoteChangeSummary> {
  const where = Prisma.sql`${selected} and ${standsOtherwise(change)}`;
  const boards = await tx.$queryRaw<{ id: string; slug: string; name: string }[]>`
    select b.id, b.slug, b.name from boards b
    where exists (select 1 from votes v where v.board_id = b.id and ${where}) order by b.id`;
  const summary: VoteChangeSummary = { boards: [] };
  for (const { id, slug, name } of boards) {
    const changed = options.dryRun ? await find(id, where, tx) : await changeBoard(id, where, change, tx);
    if (changed.length === 0) continue;
    const { votes, voters, reasons, ...times } = summarise(changed, change);
    summary.boards.push({ board: slug, votes, voters, reasons, ...times });
    if (options.dryRun) continue;
    await recordChange(tx, {
      by: change.to === "QUARANTINED" ? "system" : change.by,
      action: ACTIONS[change.to],
      subject: { kind: "board", id, label: name },
      before: null,
      after: { votes, voters, reasons },
    });
  }
  return summary;
}

/** SQL: votes v that the change is news to. A rule never touches what a person has excluded or let go. */
function standsOtherwise({ to }: VoteChange): Prisma.Sql {
  if (to !== "QUARANTINED") return Prisma.sql`v.status <> ${to}::vote_status`;
  return Prisma.sql`(v.status = 'COUNTED' or v.status = 'QUARANTINED' and v.quarantine_id is null)
    and not exists (select 1 from battles w where w.id = v.battle_id and w.reviewed)`;
}

async function changeBoard(
  boardId: string,
  where: Prisma.Sql,
  change: VoteChange,
  tx: Tx,
): Promise<VoteToChange[]> {
  // What is found to change here is what will be changed.
  await lockChanges(boardId, tx);
  const cut = await lastEvent(boardId, tx);
  const planned = new Set((await find(boardId, where, tx)).map((vote) => vote.seq));
  if (planned.size === 0) return [];
  const replay = new EloReplay(await readLiveVotes(boardId, tx), ({ seq, status }) =>
    planned.has(seq) ? change.to === "COUNTED" : status === "COUNTED",
  );
  await replay.advance(tx, cut);

  await holdVotes(boardId, tx);
  const changed = await find(boardId, where, tx);
  for (const { seq } of changed) planned.add(seq);
  await storeStatus(changed, change, tx);
  const counts = new CountChanges();
  for (const vote of changed) {
    // Held back ones that are excluded were not counted before either.
    if (change.to !== "COUNTED" && vote.was !== "COUNTED") continue;
    const answers = Object.entries(vote.answers ?? {}).map(([name, answer]) => [name, toPairOutcome(answer)]);
    counts.add(
      { ...vote, outcome: toPairOutcome(vote.outcome), answers: Object.fromEntries(answers) },
      change.to === "COUNTED" ? 1 : -1,
    );
  }
  await counts.store(boardId, tx);
  await replay.advance(tx);
  await storeElo(boardId, replay.ratings, tx);
  if (change.to !== "QUARANTINED" && change.by !== "system") {
    await settleQuarantines(boardId, changed, change.to, tx);
  }
  await requestRefit(boardId, tx);
  return changed;
}

async function storeStatus(votes: readonly VoteToChange[], change: VoteChange, tx: Tx): Promise<void> {
  const rows = votes.map(({ id, voterId }) => {
    if (change.to === "QUARANTINED") return { id, ...change.holds.get(voterId) };
    return { id, reason: change.to === "EXCLUDED" ? change.reason : null };
  });
  await tx.$executeRaw`
    update votes v set status = ${change.to}::vote_status, status_reason = r.reason,
      quarantine_id = coalesce(r."quarantineId", v.quarantine_id)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id text, reason text, "quarantineId" text)
    where v.id = r.id`;
}

function find(boardId: string, where: Prisma.Sql, tx: Tx): Promise<VoteToChange[]> {
  return tx.$queryRaw<VoteToChange[]>`
    select v.id, v.battle_id as "battleId", e.seq, v.voter_id as "voterId", v.status as was, v.status_reason as reason,
      v.quarantine_id as "quarantineId",
      v.left_model_id as "leftModelId", v.right_model_id as "rightModelId", v.outcome, p.category, v.created_at as "createdAt",
      (select json_object_agg(a.criterion, a.outcome) from vote_answers a where a.vote_id = v.id) as answers
    from votes v
    join rating_events e on e.vote_id = v.id
    join battles b on b.id = v.battle_id
    join prompts p on p.id = b.prompt_id
    where v.board_id = ${boardId} and ${where}
    order by e.seq`;
}

function summarise(votes: readonly VoteToChange[], change: VoteChange) {
  const reasons = new Map<string, number>();
  for (const vote of votes) {
    const reason =
      change.to === "EXCLUDED"
        ? change.reason
        : change.to === "QUARANTINED"
          ? change.holds.get(vote.voterId)!.reason
          : (vote.reason ?? vote.was.toLowerCase());
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
