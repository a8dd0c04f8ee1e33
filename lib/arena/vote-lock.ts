import type { Tx } from "@/lib/db/client";

/**
 * Orders votes and refits of one board. A vote holds the lock shared until it commits; a refit takes it alone for
 * the moment in which it reads its inputs. So a refit sees every vote up to one event number and none after it, and
 * a vote that finds a refit waiting in the queue may rely on being in it.
 */
export async function holdVoteLock(boardId: string, tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock_shared(hashtextextended(${"salon-votes:" + boardId}, 0))`;
}

/** Read something while no vote of the board is half-way in. Votes wait for as long as `read` takes. */
export async function readBetweenVotes<T>(boardId: string, read: () => Promise<T>, tx: Tx): Promise<T> {
  // Rolling back to the savepoint gives the lock back long before the transaction ends.
  await tx.$executeRawUnsafe("savepoint between_votes");
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${"salon-votes:" + boardId}, 0))`;
  const result = await read();
  await tx.$executeRawUnsafe("rollback to savepoint between_votes");
  return result;
}
