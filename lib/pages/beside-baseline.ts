import { onBoard } from "@/lib/boards/board-models";
import type { Tx } from "@/lib/db/client";
import type { SnapshotWithRows } from "@/lib/snapshots/find-snapshot";

/** Each ranked model of a snapshot that stands on the board, best first, beside what it was by another fit of the same votes. */
export async function besideBaseline<B extends { model: string; rank: number | null }>(
  board: Parameters<typeof onBoard>[0],
  snapshot: SnapshotWithRows,
  baseline: readonly B[],
  tx: Tx,
) {
  const before = new Map(baseline.map((row) => [row.model, row]));
  const models = await tx.model.findMany({
    where: { id: { in: snapshot.rows.map((row) => row.modelId) }, ...onBoard(board) },
    select: { id: true, slug: true, name: true },
  });
  const named = new Map(models.map(({ id, slug: model, name }) => [id, { model, name }]));
  return snapshot.rows.flatMap(({ modelId, rank, ...row }) => {
    const [names, was] = [named.get(modelId), before.get(modelId)];
    if (!names || !was || rank === null || was.rank === null) return [];
    return [{ names, row: { ...row, rank }, was: { ...was, rank: was.rank } }];
  });
}
