import type { Tx } from "@/lib/db/client";
import { enqueue } from "@/lib/queue/enqueue";

/** As the style fit it reads the votes themselves: nobody waits for it, and many votes and verdicts share one. */
const JUDGED_DELAY_MS = 30_000;

/** See that a board's fits of people and judges together are looked after once the caller's transaction has committed. */
export function requestJudgedRefit(boardId: string, tx: Tx): Promise<void> {
  const key = `refit-judged:${boardId}`;
  return enqueue(
    "refit-judged",
    { boardId },
    { key, queue: key, delayMs: JUDGED_DELAY_MS, priority: -1 },
    tx,
  );
}
