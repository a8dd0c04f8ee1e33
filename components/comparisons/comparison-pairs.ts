import { ApiError, callApi } from "@/components/api-client";
import { loadImages, type BattleSource } from "@/components/arena/load-battle";
import type { ComparisonVoteResponse, PairResponse } from "@/lib/schemas/comparisons";

export type Progress = PairResponse["progress"];

/** The code under which a stage that has no pair left fails. */
export const COMPLETE = "complete";

/** A comparison's pairs for the stage of the arena. @param onProgress told with each pair how far the voter is */
export function comparisonPairs(
  comparisonId: string,
  onProgress: (progress: Progress) => void,
): BattleSource<ComparisonVoteResponse> {
  const path = `/api/v1/comparisons/${comparisonId}`;
  return {
    load: async (onScreen) => {
      const body = onScreen === null ? {} : { besides: onScreen };
      const { pair, progress } = await callApi<PairResponse>(`${path}/pairs`, { body });
      onProgress(progress);
      if (pair === null) throw new ApiError(COMPLETE, "You have seen all pairs.");
      return loadImages({
        ...pair,
        battleId: pair.pairId,
        token: "",
        state: "ready",
        failureReason: null,
        criteria: [],
      });
    },
    vote: ({ battle, outcome }, keepalive) =>
      callApi<ComparisonVoteResponse>(`${path}/votes`, {
        body: { pairId: battle.battleId, outcome },
        keepalive,
      }),
  };
}
