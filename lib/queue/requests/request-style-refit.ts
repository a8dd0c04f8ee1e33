import type { Tx } from "@/lib/db/client";
import { enqueue } from "@/lib/queue/enqueue";

/** Unlike the ranking's, the style fit reads the votes themselves: nobody waits for it, and many votes share one. */
const STYLE_DELAY_MS = 30_000;

/** See that a board's style-controlled fit is looked after once the caller's transaction has committed. */
export function requestStyleRefit(boardId: string, tx: Tx): Promise<void> {
  const options = { key: `refit-style:${boardId}`, delayMs: STYLE_DELAY_MS, priority: -1 };
  return enqueue("refit-style", { boardId }, options, tx);
}
