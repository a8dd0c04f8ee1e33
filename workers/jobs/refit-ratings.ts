import { requestVoteCheck } from "@/lib/queue/requests/request-vote-check";
import { inTransaction } from "@/lib/db/client";
import { judgeNewVotes } from "@/lib/judges/judge-new-votes";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import type { Handler } from "@/workers/context";

export const refitRatingsJob: Handler<"refit-ratings"> = async ({ boardId }, { db, signal }) => {
  await refitRatings(boardId, db, signal);
  await inTransaction(async (tx) => {
    await requestVoteCheck(boardId, tx);
    await judgeNewVotes(boardId, tx);
  }, db);
};
