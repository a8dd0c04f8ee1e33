import { db, type Tx } from "@/lib/db/client";
import type { ListedBoard } from "@/lib/schemas/views";

/** All boards, oldest first: the first is the front page's. */
export async function listBoards(tx: Tx = db()): Promise<ListedBoard[]> {
  const boards = await tx.board.findMany({
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { slug: true, name: true, description: true, imageWidth: true, imageHeight: true },
  });
  return boards.map(({ imageWidth, imageHeight, ...board }) => ({
    ...board,
    imageSize: `${imageWidth}x${imageHeight}`,
  }));
}
