import type { Board } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";

/**
 * The board of a slug.
 * @throws SalonError "not_found"
 */
export async function findBoard(slug: string, tx: Tx): Promise<Board> {
  const board = await tx.board.findUnique({ where: { slug } });
  if (board === null) {
    throw new SalonError("not_found", `There is no board ${JSON.stringify(slug)}.`, { field: "board" });
  }
  return board;
}
