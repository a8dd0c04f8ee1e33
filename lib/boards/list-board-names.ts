import { db, type Tx } from "@/lib/db/client";

/** Every board's slug and name, for who runs the site; the oldest first. */
export function listBoardNames(tx: Tx = db()): Promise<{ slug: string; name: string }[]> {
  return tx.board.findMany({
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { slug: true, name: true },
  });
}
