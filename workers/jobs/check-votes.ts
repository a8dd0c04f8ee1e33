import { checkVotes } from "@/lib/votes/checks/check-votes";
import type { Handler } from "@/workers/context";

export const checkVotesJob: Handler<"check-votes"> = async ({ boardId, whole }, { db, log, signal }) => {
  const { held } = await checkVotes({ boardId, whole, now: Date.now() }, db, signal);
  if (held > 0) log.warn({ votes: held }, "held back votes: see salon votes quarantined");
};
