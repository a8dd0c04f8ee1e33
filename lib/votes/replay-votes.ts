import { EloReplay, type Elo } from "@/lib/votes/elo-replay";
import { readLiveVotes } from "@/lib/votes/count-live-votes";
import { db, type Tx } from "@/lib/db/client";

/**
 * A board's Elo ratings from its counted votes alone, in the order in which they were applied. The log is the truth:
 * the result equals the stored ratings to the last bit, or the stored ones are wrong.
 */
export async function replayVotes(boardId: string, tx: Tx = db()): Promise<Map<string, Elo>> {
  const replay = new EloReplay(await readLiveVotes(boardId, tx));
  await replay.advance(tx);
  return replay.ratings;
}
