import { db, type Tx } from "@/lib/db/client";
import { findNewestSnapshot } from "@/lib/leaderboard/find-snapshot";
import type { ModelListItem } from "@/lib/schemas/views";

/** All listed models: ranked ones first, board by board, then the others by name. */
export async function listModels(tx: Tx = db()): Promise<ModelListItem[]> {
  const models = await tx.model.findMany({
    where: { listed: true },
    select: {
      id: true,
      slug: true,
      name: true,
      creator: true,
      paradigm: true,
      architecture: true,
      representation: true,
      textConditioning: true,
      openWeights: true,
      bundled: true,
      modality: true,
    },
    orderBy: { name: "asc" },
  });
  const boards = await tx.board.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
  const places = new Map<string, { rank: number; rating: number; order: number }>();
  for (const [index, board] of boards.entries()) {
    const snapshot = await findNewestSnapshot(board.id, "", tx);
    for (const { modelId, rank, rating } of snapshot?.rows ?? []) {
      // A model on several boards of its modality is shown by the oldest.
      if (rank === null || places.has(modelId)) continue;
      places.set(modelId, { rank, rating, order: index * 1e6 + rank });
    }
  }
  return models
    .map(({ modality, ...model }) => ({
      ...model,
      board: boards.find((board) => board.modality === modality)?.slug ?? null,
      rank: places.get(model.id)?.rank ?? null,
      rating: places.get(model.id)?.rating ?? null,
    }))
    .sort((x, y) => (places.get(x.id)?.order ?? Infinity) - (places.get(y.id)?.order ?? Infinity) || 0);
}
