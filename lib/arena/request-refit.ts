import type { Tx } from "@/lib/db/client";
import { enqueue } from "@/lib/queue/enqueue";

/** Votes of this long are fitted together. */
const REFIT_DELAY_MS = 1_000;

/**
 * See that a refit of the board will run after the caller's transaction. Call it holding the vote lock: then a refit
 * found waiting has not read its inputs yet, and its queue row, which all votes share, need not be written.
 */
export async function requestRefit(boardId: string, tx: Tx): Promise<void> {
  const key = `refit-ratings:${boardId}`;
  const waiting = await tx.$queryRaw<unknown[]>`
    select 1 from graphile_worker.jobs
    where key = ${key} and locked_at is null and attempts < max_attempts`;
  if (waiting.length > 0) return;
  await enqueue("refit-ratings", { boardId }, { key, delayMs: REFIT_DELAY_MS }, tx);
}
