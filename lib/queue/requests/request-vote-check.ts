import type { Tx } from "@/lib/db/client";
import { enqueue } from "@/lib/queue/enqueue";

/** Votes of this long are judged together. */
const CHECK_DELAY_MS = 10_000;

/** See that the vote rules will look at a board after the caller's transaction. A board's checks run one after the other. */
export function requestVoteCheck(boardId: string, tx: Tx): Promise<void> {
  const key = `check-votes:${boardId}`;
  return enqueue("check-votes", { boardId, whole: false }, { key, queue: key, delayMs: CHECK_DELAY_MS }, tx);
}

/** Have everyone who voted within the last week judged again, on all boards: what others say has become clearer. */
export async function requestWholeVoteChecks(tx: Tx): Promise<void> {
  const boards = await tx.board.findMany({
    where: { battles: { some: { kind: { not: "IMPORTED" } } } },
    select: { id: true },
  });
  for (const { id } of boards) {
    const queue = `check-votes:${id}`;
    await enqueue("check-votes", { boardId: id, whole: true }, { key: `${queue}:whole`, queue }, tx);
  }
}
