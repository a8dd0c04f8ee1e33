import type { Elo } from "@/lib/votes/elo-replay";
import type { Tx } from "@/lib/db/client";

/** Make a board's stored Elo exactly this. The caller holds the board's vote lock alone (vote-lock.ts). */
export async function storeElo(boardId: string, ratings: ReadonlyMap<string, Elo>, tx: Tx): Promise<void> {
  const rows = JSON.stringify([...ratings].map(([model, elo]) => ({ model, ...elo })));
  await tx.eloRating.deleteMany({ where: { boardId, modelId: { notIn: [...ratings.keys()] } } });
  await tx.$executeRaw`
    insert into elo_ratings (board_id, model_id, rating, games)
    select ${boardId}, model, rating, games
    from jsonb_to_recordset(${rows}::jsonb) as r (model text, rating float8, games int)
    order by model
    on conflict (board_id, model_id) do update set rating = excluded.rating, games = excluded.games`;
}
