import type { Prisma } from "@/lib/db/generated/client";
import type { Modality } from "@/lib/db/generated/enums";

/** The models of a board: all listed ones of its modality, and imported models where they have counted votes. */
export function onBoard(board: { id: string; modality: Modality }): Prisma.ModelWhereInput {
  return {
    listed: true,
    modality: board.modality,
    OR: [{ imported: false }, { ratings: { some: { boardId: board.id } } }],
  };
}
