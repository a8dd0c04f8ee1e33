import type { Tx } from "@/lib/db/client";
import { enqueue } from "@/lib/queue/enqueue";

/** After examinations: nobody's page waits for it, only a column that says so. */
const PRIORITY = 8;

/** Queue the common scores of every board over these prompts. */
export async function enqueueCommonScores(promptSetId: string, tx: Tx): Promise<void> {
  const boards = await tx.board.findMany({
    where: { OR: [{ promptSetId }, { furtherPromptSets: { some: { promptSetId } } }] },
    select: { id: true },
  });
  for (const { id: boardId } of boards) {
    await enqueue("score-common", { boardId }, { key: `${boardId}:common`, priority: PRIORITY }, tx);
  }
}
