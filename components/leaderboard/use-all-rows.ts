"use client";

import type { ApiError } from "@/components/api-client";
import { useApi } from "@/components/use-api";
import type { Leaderboard } from "@/lib/schemas/leaderboard";

/**
 * A board of which perhaps only the first rows came with the page: the others are asked for once they are needed.
 * @param of.models how many rows the board has
 * @param of.address of the whole board as the API gives it
 */
export function useAllRows(
  given: Leaderboard,
  of: { models: number; address: string; isNeeded: boolean },
): { board: Leaderboard; isWhole: boolean; error: ApiError | null } {
  const isGiven = given.rows.length >= of.models;
  // A fragment goes to no server: with another ranking it is another question.
  const { data, error } = useApi<Leaderboard>(
    of.isNeeded && !isGiven ? `${of.address}#${given.snapshot?.id}` : null,
  );
  return { board: isGiven ? given : (data ?? given), isWhole: isGiven || data !== undefined, error };
}
