import { Prisma } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/client";

/**
 * A board's vote lock orders votes and refits. A vote holds it shared until it commits; a refit takes it alone for the
 * moment in which it reads its inputs. So a refit sees every vote up to one event number and none after it, and a vote
 * that finds a refit waiting in the queue may rely on being in it.
 * @param boardId a value or a column
 */
export const voteLockKey = (boardId: Prisma.Sql) =>
  Prisma.sql`hashtextextended('salon-votes:' || ${boardId}, 0)`;

/** Read something while no vote of the board is half-way in. Votes wait for as long as `read` takes. */
export async function readBetweenVotes<T>(boardId: string, read: () => Promise<T>, tx: Tx): Promise<T> {
  // Rolling back to the savepoint gives the lock back long before the transaction ends.
  await tx.$executeRawUnsafe("savepoint between_votes");
  await tx.$executeRaw`select pg_advisory_xact_lock(${voteLockKey(Prisma.sql`${boardId}::text`)})`;
  const result = await read();
  await tx.$executeRawUnsafe("rollback to savepoint between_votes");
  return result;
}

/** Let no vote of the board go on until the caller's transaction ends. */
export async function holdVotes(boardId: string, tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${voteLockKey(Prisma.sql`${boardId}::text`)})`;
}

/** One change at a time of which of a board's votes count, or for what, until the caller's transaction ends. Taken before the vote lock. */
export async function lockChanges(boardId: string, tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${"salon-vote-changes:" + boardId}, 0))`;
}

/**
 * The board's last rating event. Every earlier one is there to be read: between votes, none is still on its way with
 * a lower number.
 */
export function lastEvent(boardId: string, tx: Tx): Promise<bigint> {
  return readBetweenVotes(
    boardId,
    async () => {
      const where = { boardId };
      const last = await tx.ratingEvent.findFirst({ where, orderBy: { seq: "desc" }, select: { seq: true } });
      return last?.seq ?? 0n;
    },
    tx,
  );
}
