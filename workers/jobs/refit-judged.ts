import { refitJudged } from "@/lib/rankings/refit-judged";
import type { Handler } from "@/workers/context";

export const refitJudgedJob: Handler<"refit-judged"> = async ({ boardId }, { db, signal }) => {
  await refitJudged(boardId, db, signal);
};
