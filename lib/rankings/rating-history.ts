import { onBoard } from "@/lib/boards/board-models";
import { db, type Tx } from "@/lib/db/client";
import { findBoard } from "@/lib/boards/find-board";
import type { RatingHistory } from "@/lib/schemas/views";

/** So many ratings at most, over all snapshots and models. */
const MOST_RATINGS = 20_000;

/**
 * How a board's ratings came about: its snapshots, thinned evenly to at most `points`, to fewer where there are many models.
 * @param input.first of so many models alone, the best of the newest snapshot
 * @throws SalonError "not_found" for an unknown board
 */
export async function readRatingHistory(
  input: { board: string; category?: string | null; points?: number; first?: number },
  tx: Tx = db(),
): Promise<RatingHistory> {
  const board = await findBoard(input.board, tx);
  const category = input.category ?? "";
  const ranked = (await rankedModels(board.id, category, tx)).slice(0, input.first);
  const most = Math.max(2, Math.floor(MOST_RATINGS / Math.max(1, ranked.length)));
  const ids = await thinnedSnapshots(board.id, category, Math.min(input.points ?? 120, most), tx);
  const snapshots = await tx.ratingSnapshot.findMany({
    where: { id: { in: ids } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: {
      createdAt: true,
      votes: true,
      rows: {
        where: {
          rank: { not: null },
          model: onBoard(board),
          ...(input.first !== undefined && { modelId: { in: ranked } }),
        },
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

/** Ids of a board's models by its newest snapshot, best first. */
async function rankedModels(boardId: string, category: string, tx: Tx): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select model_id as id from rating_snapshot_rows
    where rank is not null and snapshot_id = (
      select id from rating_snapshots where board_id = ${boardId} and category = ${category} and control = ''
      order by created_at desc, id desc limit 1)
    order by rank, rating desc`;
  return rows.map(({ id }) => id);
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
