import { Prisma } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/client";
import { enqueue } from "@/lib/queue/enqueue";

/** Votes of this long are fitted together. */
const REFIT_DELAY_MS = 1_000;

const keyOf = (boardId: string) => `refit-ratings:${boardId}`;

/**
 * SQL: whether a refit of the board waits in the queue. Ask it while holding the vote lock: then one found waiting has
 * not read its inputs yet, and its queue row, which all of a board's votes would write, need not be written.
 */
export const refitIsWaiting = (boardId: string) => Prisma.sql`exists (
  select 1 from graphile_worker.jobs
  where key = ${keyOf(boardId)} and locked_at is null and attempts < max_attempts)`;

/** See that a refit of the board will run after the caller's transaction. A board's refits run one after the other. */
export function requestRefit(boardId: string, tx: Tx): Promise<void> {
  const key = keyOf(boardId);
  return enqueue("refit-ratings", { boardId }, { key, queue: key, delayMs: REFIT_DELAY_MS }, tx);
}
