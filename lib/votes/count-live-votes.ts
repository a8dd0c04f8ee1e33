import { holdVotes, lastEvent, lockChanges } from "@/lib/boards/vote-lock";
import type { Tx } from "@/lib/db/client";
import { requestRefit } from "@/lib/queue/requests/request-refit";
import { LIVE_CATEGORY } from "@/lib/schemas/live-category";
import { EloReplay } from "@/lib/votes/elo-replay";
import { storeElo } from "@/lib/votes/store-elo";

/** What a board does with votes on visitors' own prompts. */
export const readLiveVotes = (boardId: string, tx: Tx) =>
  tx.board.findUniqueOrThrow({ where: { id: boardId }, select: { id: true, countsLiveVotes: true } });

/**
 * Say whether votes on visitors' own prompts count on a board or apart, in the caller's transaction: the setting, the board's
 * Elo (replayed) and a refit's job, all or nothing. New votes wait only while the last of the log is replayed.
 */
export async function countLiveVotes(boardId: string, countsLiveVotes: boolean, tx: Tx): Promise<void> {
  await lockChanges(boardId, tx);
  if ((await readLiveVotes(boardId, tx)).countsLiveVotes === countsLiveVotes) return;
  const replay = new EloReplay({ id: boardId, countsLiveVotes });
  if (await hasLiveVotes(boardId, tx)) await replay.advance(tx, await lastEvent(boardId, tx));
  await holdVotes(boardId, tx);
  await tx.board.update({ where: { id: boardId }, data: { countsLiveVotes } });
  if (!(await hasLiveVotes(boardId, tx))) return;
  await replay.advance(tx);
  await storeElo(boardId, replay.ratings, tx);
  await requestRefit(boardId, tx);
}

/** Whether any were ever counted. */
async function hasLiveVotes(boardId: string, tx: Tx): Promise<boolean> {
  return (await tx.pairCount.count({ where: { boardId, category: LIVE_CATEGORY } })) > 0;
}
