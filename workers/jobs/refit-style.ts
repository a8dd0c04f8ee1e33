import { refitStyle } from "@/lib/leaderboard/refit-style";
import type { Handler } from "@/workers/context";

export const refitStyleJob: Handler<"refit-style"> = async ({ boardId }, { db, signal }) => {
  await refitStyle(boardId, db, signal);
};
