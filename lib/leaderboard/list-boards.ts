import { db, type Tx } from "@/lib/db/client";
import type { BoardView } from "@/lib/schemas/views";

/** All boards, oldest first: the first is the front page's. */
export function listBoards(tx: Tx = db()): Promise<BoardView[]> {
  return tx.board.findMany({
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { slug: true, name: true, description: true },
  });
}
