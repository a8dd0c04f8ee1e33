import { Prisma } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/client";
import { enqueue, jobAdded } from "@/lib/queue/enqueue";

/** Votes of this long are fitted together. */
const REFIT_DELAY_MS = 1_000;

const keyOf = (boardId: string) => `refit-ratings:${boardId}`;

const optionsOf = (boardId: string) => ({
  key: keyOf(boardId),
  queue: keyOf(boardId),
  delayMs: REFIT_DELAY_MS,
});

/** See that a refit of the board will run after the caller's transaction. A board's refits run one after the other. */
export function requestRefit(boardId: string, tx: Tx): Promise<void> {
  return enqueue("refit-ratings", { boardId }, optionsOf(boardId), tx);
}

/**
 * SQL: the same for each row of `from`, of a statement that holds the vote lock. A refit that waits in the queue then has not read
 * its inputs yet, and its queue row, which all of a board's votes would write, need not be written.
 */
export const refitRequested = (boardId: string, from: Prisma.Sql) => Prisma.sql`
  select ${jobAdded("refit-ratings", { boardId }, optionsOf(boardId))} from ${from}
  where not job_waits(${keyOf(boardId)})`;
