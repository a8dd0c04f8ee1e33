import type { Tx } from "@/lib/db/client";
import { readExcludedVotes, type ExcludedVote } from "@/lib/leaderboard/excluded-votes";

/** A point of a board's vote log: what a fit made then saw, whatever happens to the votes later. */
export type LogCut = {
  /** The last rating event (RatingEvent.seq) it saw; it saw every earlier one too. */
  lastEvent: bigint;
  /** Events among those whose votes were not counted then (quarantined or excluded). */
  exclusions: bigint[];
};

/** Where the log stands now. Read it between votes (vote-lock.ts), so that none is half-way in. */
export async function readLogCut(boardId: string, tx: Tx): Promise<LogCut & { excluded: ExcludedVote[] }> {
  const last = await tx.ratingEvent.findFirst({
    where: { boardId },
    orderBy: { seq: "desc" },
    select: { seq: true },
  });
  const excluded = await readExcludedVotes(boardId, tx);
  return { lastEvent: last?.seq ?? 0n, exclusions: excluded.map((vote) => vote.seq), excluded };
}
