import { db, inTransaction, type Tx } from "@/lib/db/client";

/**
 * Do work in the caller's transaction, or in one of its own when there is none.
 * @param timeoutMs of a transaction of its own
 */
export function atomically<T>(
  tx: Tx | undefined,
  work: (tx: Tx) => Promise<T>,
  timeoutMs?: number,
): Promise<T> {
  return tx === undefined ? inTransaction(work, db(), timeoutMs) : work(tx);
}
