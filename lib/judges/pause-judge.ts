import type { Actor } from "@/lib/audit/actor";
import { recordChange } from "@/lib/audit/record-change";
import { inTransaction, type Db, type Tx, db as processDb } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";
import { startJudging } from "@/lib/judges/start-judging";
import { enqueueProposal } from "@/lib/judges/checklists/start-proposal";
import { hasMoney } from "@/lib/judges/has-money";
import type { NoVerdictReason } from "@/lib/rubrics/verdicts";
import type { JudgePause } from "@/lib/schemas/reasons/judge-pause";

/**
 * Stop a judge where it is; what it has said stays.
 * @param reason why it pauses by itself; null: somebody wished it
 */
export async function pauseJudge(
  judgeId: string,
  reason: JudgePause | null,
  db: Db = processDb(),
  by: Actor = "system",
): Promise<void> {
  await inTransaction(async (tx) => {
    const { count } = await tx.judge.updateMany({
      where: { id: judgeId, state: "ACTIVE" },
      data: { state: "PAUSED", stateReason: reason ?? Prisma.DbNull },
    });
    if (count === 0) return;
    const { name } = await tx.judge.findUniqueOrThrow({ where: { id: judgeId } });
    await recordState({ id: judgeId, name, by }, { state: "ACTIVE" }, { state: "PAUSED", reason }, tx);
  }, db);
}

const recordState = (
  { id, name, by }: { id: string; name: string; by: Actor },
  before: { state: string; reason?: JudgePause | null },
  after: { state: string; reason?: JudgePause | null },
  tx: Tx,
) =>
  recordChange(tx, {
    by,
    action: "judges.change",
    subject: { kind: "judge", id, label: name },
    before,
    after,
  });

/** No verdict for these reasons may become one when the judge is asked again. */
const WORTH_ANOTHER_TRY: NoVerdictReason[] = [
  "invalid",
  "unreadable",
  "rate_limited",
  "timeout",
  "transient",
];

/**
 * Let a judge go on: it is asked again where its call failed, and judges what it has not yet.
 * @throws SalonError not_found, conflict while its budget is spent
 */
export function resumeJudge(judgeId: string, db: Db = processDb(), by: Actor = "system"): Promise<void> {
  return inTransaction(async (tx) => {
    const judge = await tx.judge.findUnique({ where: { id: judgeId } });
    if (judge === null) throw new SalonError("not_found", "There is no such judge.");
    if (!hasMoney(judge)) {
      throw new SalonError("conflict", "Its budget is spent: raise it first.", { field: "budgetUsd" });
    }
    await tx.judge.update({ where: { id: judgeId }, data: { state: "ACTIVE", stateReason: Prisma.DbNull } });
    await recordState({ id: judgeId, name: judge.name, by }, { state: judge.state }, { state: "ACTIVE" }, tx);
    const failed = { noVerdict: { in: WORTH_ANOTHER_TRY } };
    await tx.judgeCall.deleteMany({
      where: {
        judgeId,
        OR: [{ sampleVerdict: failed }, { pairVerdict: failed }, { canaryVerdict: failed }],
      },
    });
    await tx.judgeTask.updateMany({ where: { judgeId }, data: { finishedAt: null, waitingUntil: null } });
    await startJudging({ judgeId }, tx);
    const proposals = await tx.questionSet.findMany({ where: { proposedBy: judgeId, reviewedAt: null } });
    for (const { id } of proposals) await enqueueProposal(id, judgeId, tx);
  }, db);
}
