import type { Db } from "@/lib/db/client";
import { hasMoney } from "@/lib/judges/has-money";
import { pauseJudge } from "@/lib/judges/pause-judge";

/** Whether a judge may be asked now: active, and with money left. One whose budget is spent is paused, and says so. */
export async function mayAsk(judgeId: string, db: Db): Promise<boolean> {
  const judge = await db.judge.findUnique({
    where: { id: judgeId },
    select: { state: true, budgetUsd: true, spentUsd: true },
  });
  if (judge?.state !== "ACTIVE") return false;
  if (judge.budgetUsd === null || hasMoney(judge)) return true;
  await pauseJudge(judgeId, { code: "budget_spent", budgetUsd: judge.budgetUsd.toNumber() }, db);
  return false;
}
