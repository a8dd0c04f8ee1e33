import { db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { readLeaderboard } from "@/lib/pages/read-leaderboard";
import { readWeightedBoard, type Weights } from "@/lib/pages/read-weighted-board";
import type { Leaderboard, WeightedBoard } from "@/lib/schemas/leaderboard";

type Ask = Parameters<typeof readLeaderboard>[0];

export type LinkedBoard = {
  board: Leaderboard;
  weighted: WeightedBoard;
  /** What the link asks for and the board does not have: a category, a judge, a prompt set. */
  unknown: { field: "category" | "judge" | "prompts"; value: string }[];
};

/**
 * A board as a link asks for it. Links outlive categories, judges and criteria: what a board no longer has is left out,
 * and the rest is shown.
 * @throws SalonError "not_found" for an unknown board
 */
export async function readLinkedBoard(
  input: Ask & { weights?: Weights },
  tx: Tx = db(),
): Promise<LinkedBoard> {
  const { weights, ...ask } = input;
  const { board, unknown } = await readWithoutUnknown(ask, tx);
  const { category } = board;
  const weighted = await readWeightedBoard({ board: ask.board, category, weights }, tx).catch((error) => {
    if (isInvalid(error)) return readWeightedBoard({ board: ask.board, category }, tx);
    throw error;
  });
  return { board, weighted, unknown };
}

async function readWithoutUnknown(ask: Ask, tx: Tx): Promise<Omit<LinkedBoard, "weighted">> {
  try {
    return { board: await readLeaderboard(ask, tx), unknown: [] };
  } catch (error) {
    const field = isInvalid(error) ? error.details.field : undefined;
    if (field !== "category" && field !== "judge" && field !== "prompts") throw error;
    const value = ask[field];
    if (!value) throw error;
    const { board, unknown } = await readWithoutUnknown({ ...ask, [field]: null }, tx);
    return { board, unknown: [{ field, value }, ...unknown] };
  }
}

function isInvalid(error: unknown): error is SalonError {
  return error instanceof SalonError && error.code === "invalid_request";
}
