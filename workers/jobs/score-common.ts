import { scoreCommon } from "@/lib/scoring/score-common";
import type { Handler } from "@/workers/context";

export const scoreCommonJob: Handler<"score-common"> = ({ boardId }, { db, signal }) =>
  scoreCommon(boardId, db, signal);
