import { onBoard } from "@/lib/boards/board-models";
import { db, type Tx } from "@/lib/db/client";
import { findBoard } from "@/lib/boards/find-board";
import type { RatingHistory } from "@/lib/schemas/views";

/**
 * How a board's ratings came about: its snapshots, thinned evenly to at most `points`.
 * @throws SalonError "not_found" for an unknown board
 */
export async function readRatingHistory(
  input: { board: string; category?: string | null; points?: number },
  tx: Tx = db(),
): Promise<RatingHistory> {
  const board = await findBoard(input.board, tx);
  const ids = await thinnedSnapshots(board.id, input.category ?? "", input.points ?? 120, tx);
  const snapshots = await tx.ratingSnapshot.findMany({
    where: { id: { in: ids } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: {
      createdAt: true,
      votes: true,
      rows: {
        where: { rank: { not: null }, model: onBoard(board) },
        select: {
          rating: true,
          low: true,
          high: true,
          model: { select: { slug: true, name: true } },
        },
      },
    },
  });
  const models = new Map(
    snapshots.flatMap((snapshot) => snapshot.rows.map(({ model }) => [model.slug, model] as const)),
  );
  return {
    models: [...models.values()],
    points: snapshots.map(({ createdAt, votes, rows }) => ({
      createdAt: createdAt.toISOString(),
      votes,
      ratings: rows.map(({ model, rating, low, high }) => ({ model: model.slug, rating, low, high })),
    })),
  };
}

/** Ids of at most `points` (at least 2) snapshots, evenly spread over their sequence, first and newest among them. */
export async function thinnedSnapshots(
  boardId: string,
  category: string,
  points: number,
  tx: Tx,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from (
      select id, row_number() over newest - 1 as place, count(*) over () - 1 as last
      from rating_snapshots where board_id = ${boardId} and category = ${category} and control = ''
      window newest as (order by created_at, id)
    ) s
    -- Keep where the thinned position moves on.
    where last < ${points}::int or place = 0
      or place * (${points}::int - 1) / last > (place - 1) * (${points}::int - 1) / last`;
  return rows.map((row) => row.id);
}
