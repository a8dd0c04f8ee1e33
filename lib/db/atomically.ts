import { inTransaction, type Tx } from "@/lib/db/client";

/** Do work in the caller's transaction, or in one of its own when there is none. */
export function atomically<T>(tx: Tx | undefined, work: (tx: Tx) => Promise<T>): Promise<T> {
  return tx === undefined ? inTransaction(work) : work(tx);
}
