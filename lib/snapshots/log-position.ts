import { Prisma } from "@/lib/db/generated/client";
import { inFit } from "@/lib/boards/fit-votes";
import type { Tx } from "@/lib/db/client";
import { readExcludedVotes, type ExcludedVote } from "@/lib/snapshots/excluded-votes";

/** A point of a board's vote log: what a fit made then saw, whatever happens to the votes later. */
export type LogCut = {
  /** The last rating event (RatingEvent.seq) it saw; it saw every earlier one too. */
  lastEvent: bigint;
  /** Events among those whose votes were not counted then (quarantined or excluded). */
  exclusions: bigint[];
  /** Whether votes on visitors' own prompts entered the whole board's fit then. */
  countsLiveVotes: boolean;
};

/** The votes of a board that a fit was made from. */
export type VotesOfCut = LogCut & {
  boardId: string;
  /** "" for the whole board's fit, null for all votes. */
  category: string | null;
  /** Ids; votes on others are left out. */
  models: readonly string[];
};

/** Where the log stands now. Read it between votes (vote-lock.ts), so that none is half-way in. */
export async function readLogCut(boardId: string, tx: Tx): Promise<LogCut & { excluded: ExcludedVote[] }> {
  const last = await tx.ratingEvent.findFirst({
    where: { boardId },
    orderBy: { seq: "desc" },
    select: { seq: true },
  });
  const excluded = await readExcludedVotes(boardId, tx);
  const { countsLiveVotes } = await tx.board.findUniqueOrThrow({
    where: { id: boardId },
    select: { countsLiveVotes: true },
  });
  return {
    lastEvent: last?.seq ?? 0n,
    exclusions: excluded.map((vote) => vote.seq),
    countsLiveVotes,
    excluded,
  };
}

/** How many votes a board's log has after an event. */
export function countVotesSince(boardId: string, event: bigint, tx: Tx): Promise<number> {
  return tx.ratingEvent.count({ where: { boardId, seq: { gt: event } } });
}

/** SQL: `from ... where ...` of a cut's votes; e is the rating event, v the vote, b its battle, p the prompt. */
export const votesOfCut = (cut: VotesOfCut) => Prisma.sql`
  ${logOf(cut)} and e.seq <= ${cut.lastEvent} and not e.seq = any (${cut.exclusions}::bigint[])`;

/** SQL: the same of the votes that were not counted then. */
export const exclusionsOfCut = (cut: VotesOfCut) => Prisma.sql`
  ${logOf(cut)} and e.seq = any (${cut.exclusions}::bigint[])`;

const logOf = ({
  boardId,
  category,
  countsLiveVotes,
  models,
}: Pick<VotesOfCut, "boardId" | "category" | "countsLiveVotes" | "models">) => Prisma.sql`
  from rating_events e
  join votes v on v.id = e.vote_id
  join battles b on b.id = v.battle_id
  join prompts p on p.id = b.prompt_id
  where e.board_id = ${boardId}
    and v.left_model_id = any (${models}) and v.right_model_id = any (${models})
    and ${category === null ? Prisma.sql`true` : inFit({ category, countsLiveVotes })}`;
