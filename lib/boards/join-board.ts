import type { Tx } from "@/lib/db/client";
import type { BoardListing } from "@/lib/db/generated/enums";

/**
 * Have models join a board: at once, or, where who runs it admits each, when they have. One that was taken off waits to be let on
 * again; one that is there already stays as it is.
 */
export async function joinBoard(
  board: { id: string; listing: BoardListing },
  modelIds: readonly string[],
  tx: Tx,
): Promise<void> {
  await tx.boardModel.createMany({
    data: modelIds.map((modelId) => ({
      boardId: board.id,
      modelId,
      state: board.listing === "AUTOMATIC" ? ("MEMBER" as const) : ("WAITING" as const),
    })),
    skipDuplicates: true,
  });
}
