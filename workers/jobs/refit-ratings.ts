import { inTransaction } from "@/lib/db/client";
import { refitRatings } from "@/lib/leaderboard/refit-ratings";
import type { Handler } from "@/workers/context";

export const refitRatingsJob: Handler<"refit-ratings"> = async ({ boardId }, { db }) => {
  await inTransaction((tx) => refitRatings(boardId, tx), db);
};
