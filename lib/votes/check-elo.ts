import { replayVotes } from "@/lib/votes/replay-votes";
import { db, type Tx } from "@/lib/db/client";
import { ELO_START } from "@/lib/ratings/elo";

export interface EloCheck {
  models: number;
  /** A sentence for each model whose stored Elo is not what its votes make. */
  differences: string[];
}

/** Compare a board's stored Elo, to the last bit, with what its vote log makes. */
export async function checkElo(boardId: string, tx: Tx = db()): Promise<EloCheck> {
  const replayed = await replayVotes(boardId, tx);
  const rows = await tx.eloRating.findMany({
    where: { boardId },
    include: { model: { select: { slug: true } } },
    orderBy: { modelId: "asc" },
  });
  const differences = rows.flatMap(({ modelId, rating, games, model }) => {
    const is = replayed.get(modelId) ?? { rating: ELO_START, games: 0 };
    return rating === is.rating && games === is.games
      ? []
      : [`Elo of ${model.slug}: stored ${rating} (${games}), replayed ${is.rating} (${is.games})`];
  });
  const stored = new Set(rows.map(({ modelId }) => modelId));
  for (const [modelId, { rating, games }] of replayed) {
    if (!stored.has(modelId))
      differences.push(`Elo of ${modelId}: none stored, replayed ${rating} (${games})`);
  }
  return { models: rows.length, differences };
}
