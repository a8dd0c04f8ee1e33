import { recordChange } from "@/lib/audit/record-change";
import { inTransaction, type Db, db as processDb } from "@/lib/db/client";
import type { Judge } from "@/lib/db/generated/client";
import { claimEdit } from "@/lib/edits/claim-edit";
import { SalonError } from "@/lib/errors";
import type { Asker } from "@/lib/models/visibility";
import { controlsJudge, isPublicJudge } from "@/lib/judges/judge-scope";
import { pauseJudge, resumeJudge } from "@/lib/judges/pause-judge";
import { startJudging } from "@/lib/judges/start-judging";
import type { JudgeChange } from "@/lib/schemas/judges/judging";
import { hasMoney } from "@/lib/judges/has-money";

/**
 * Pause a judge, let it go on, give it all published runs, or set its budget. A judge whose budget was spent goes on when that is
 * raised.
 * @throws SalonError not_found, forbidden, conflict
 */
export async function changeJudge(
  ask: { judgeId: string; change: JudgeChange; by: Asker },
  db: Db = processDb(),
): Promise<void> {
  const { judgeId, change } = ask;
  const judge = await requireOwn(judgeId, ask.by, db);
  if ("budgetUsd" in change) {
    if (change.budgetUsd !== null && judge.usdPerMillionInputTokens === null) {
      throw new SalonError("conflict", "Its prices are not known, so a budget cannot be watched.", {
        field: "budgetUsd",
      });
    }
    const changed = await inTransaction(async (tx) => {
      await claimEdit({ thing: { kind: "judge", id: judgeId }, by: ask.by }, tx);
      const before = await tx.judge.findUniqueOrThrow({ where: { id: judgeId } });
      const after = await tx.judge.update({ where: { id: judgeId }, data: { budgetUsd: change.budgetUsd } });
      const budgets = { before: { budgetUsd: money(before) }, after: { budgetUsd: money(after) } };
      await recordChange(tx, { by: ask.by, action: "judges.change", subject: subjectOf(judge), ...budgets });
      return after;
    }, db);
    if (!hasMoney(judge) && hasMoney(changed) && changed.state === "PAUSED")
      await resumeJudge(judgeId, db, ask.by);
    return;
  }
  switch (change.action) {
    case "pause":
      return pauseJudge(judgeId, null, db, ask.by);
    case "resume":
      return resumeJudge(judgeId, db, ask.by);
    case "judge_all":
      return inTransaction((tx) => startJudging({ judgeId }, tx), db);
  }
}

/**
 * Remove a judge with all it has said. What it is being asked just then is written down nowhere.
 * @throws SalonError not_found, forbidden
 */
export async function removeJudge(ask: { judgeId: string; by: Asker }, db: Db = processDb()): Promise<void> {
  const judge = await requireOwn(ask.judgeId, ask.by, db);
  await inTransaction(async (tx) => {
    await claimEdit({ thing: { kind: "judge", id: judge.id }, by: ask.by }, tx);
    const { count } = await tx.judge.deleteMany({ where: { id: ask.judgeId } });
    if (count === 0) return;
    const before = { slug: judge.slug, baseUrl: judge.baseUrl, budgetUsd: money(judge) };
    await recordChange(tx, {
      by: ask.by,
      action: "judges.change",
      subject: subjectOf(judge),
      before,
      after: null,
    });
  }, db);
}

const subjectOf = ({ id, name }: Judge) => ({ kind: "judge", id, label: name });
const money = ({ budgetUsd }: Judge) => budgetUsd?.toString() ?? null;

async function requireOwn(judgeId: string, by: Asker, db: Db): Promise<Judge> {
  const judge = await db.judge.findUnique({ where: { id: judgeId } });
  if (judge === null) throw new SalonError("not_found", "There is no such judge.");
  if (!controlsJudge(judge, by)) {
    // A visitor's judge does not even exist for others until it is admitted.
    if (!isPublicJudge(judge)) throw new SalonError("not_found", "There is no such judge.");
    throw new SalonError("forbidden", "Only who added a judge may control it.");
  }
  return judge;
}
