import { refitRatings } from "@/lib/leaderboard/refit-ratings";
import type { Handler } from "@/workers/context";

export const refitRatingsJob: Handler<"refit-ratings"> = async ({ boardId }, { db, signal }) => {
  await refitRatings(boardId, db, signal);
};
