import type { Tx } from "@/lib/db/client";
import { findNewestFit } from "@/lib/snapshots/find-snapshot";
import type { TieChoice } from "@/lib/snapshots/snapshot-details";
import { chooseTieModel } from "@/lib/ratings/analysis/held-out-log-loss";
import { gamesOf, pairTable, type PairCount } from "@/lib/ratings/pair-counts";

/** A choice stands until the board's votes have grown by this much: it costs more than all the fits together. */
const GROWTH = 1.02;

/**
 * The model of ties that predicts a board's unseen votes best, chosen on the whole board; its categories use it too,
 * so that they are fitted alike. The newest snapshot's choice is kept while votes are nearly those it was made from.
 * @param counts of the whole board, of listed models only
 */
export async function chooseTies(
  board: { boardId: string; counts: readonly PairCount[]; models: readonly string[] },
  tx: Tx,
): Promise<TieChoice> {
  const { boardId, counts, models } = board;
  const votes = counts.reduce((sum, count) => sum + gamesOf(count), 0);
  const newest = await findNewestFit({ boardId, category: "", control: "" }, tx);
  if (newest !== null) {
    const { details } = newest;
    const last = details.tieChoice;
    const alike =
      details.models.length === models.length && details.models.every((id, i) => id === models[i]);
    if (last && alike && votes >= last.votes && votes < GROWTH * last.votes) return last;
  }
  return { votes, ...chooseTieModel(pairTable(counts, models)) };
}
