import { inTransaction } from "@/lib/db/client";
import { startJudging } from "@/lib/judges/start-judging";
import type { Handler } from "@/workers/context";

export const startJudgingJob: Handler<"start-judging"> = (payload, { db }) =>
  inTransaction((tx) => startJudging(payload, tx), db);
