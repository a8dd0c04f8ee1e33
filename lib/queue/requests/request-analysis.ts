import type { Tx } from "@/lib/db/client";
import { enqueue } from "@/lib/queue/enqueue";

/** It takes seconds of a processor: votes that follow each other closely share one. */
const ANALYSIS_DELAY_MS = 10_000;

/** See that the analysis of a board's rankings is looked after once the caller's transaction has committed. */
export function requestAnalysis(boardId: string, tx: Tx): Promise<void> {
  const key = `analyse-board:${boardId}`;
  return enqueue(
    "analyse-board",
    { boardId },
    { key, queue: key, delayMs: ANALYSIS_DELAY_MS, priority: -1 },
    tx,
  );
}

/** The same of every board: after an upgrade, and where a job was lost. */
export async function requestAnalyses(tx: Tx): Promise<void> {
  for (const { id } of await tx.board.findMany({ select: { id: true } })) await requestAnalysis(id, tx);
}
