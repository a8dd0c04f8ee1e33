import type { Tx } from "@/lib/db/client";
import type { Board, Prisma } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";
import type { Modality } from "@/lib/db/generated/enums";

/**
 * A board with the ids of its models, sorted.
 * @throws SalonError "not_found"
 */
export async function readBoardModels(boardId: string, tx: Tx): Promise<{ board: Board; models: string[] }> {
  const board = await tx.board.findUnique({ where: { id: boardId } });
  if (board === null) throw new SalonError("not_found", `There is no board ${boardId}.`);
  const listed = await tx.model.findMany({ where: onBoard(board), select: { id: true } });
  return { board, models: listed.map((model) => model.id).sort() };
}

/** The models of a board: all listed ones of its modality, and imported models where they have counted votes. */
export function onBoard(board: { id: string; modality: Modality }): Prisma.ModelWhereInput {
  return {
    listed: true,
    modality: board.modality,
    OR: [{ imported: false }, { ratings: { some: { boardId: board.id } } }],
  };
}
