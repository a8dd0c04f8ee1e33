import { refitStyle } from "@/lib/rankings/refit-style";
import type { Handler } from "@/workers/context";

export const refitStyleJob: Handler<"refit-style"> = async ({ boardId }, { db, signal }) => {
  await refitStyle(boardId, db, signal);
};
