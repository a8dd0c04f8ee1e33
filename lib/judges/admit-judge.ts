import { recordChange } from "@/lib/audit/record-change";
import type { Actor } from "@/lib/audit/actor";
import { db as processDb, inTransaction, type Db } from "@/lib/db/client";
import { claimEdit } from "@/lib/edits/claim-edit";
import { SalonError } from "@/lib/errors";
import { startJudging } from "@/lib/judges/start-judging";

/**
 * Admit a visitor's judge to the public boards: it judges what the operator's judges do, and everybody sees what it says. Or take that back: it is its owner's alone again. Doing it twice changes nothing.
 * @throws SalonError not_found; conflict for a judge that is no visitor's
 */
export function admitJudge(
  ask: { judgeId: string; admitted: boolean; by: Actor },
  db: Db = processDb(),
): Promise<void> {
  return inTransaction(async (tx) => {
    const judge = await tx.judge.findUnique({ where: { id: ask.judgeId } });
    if (judge === null) throw new SalonError("not_found", "There is no such judge.");
    if (judge.ownerId === null) {
      throw new SalonError("conflict", `${judge.name} is not a visitor's: it is public as it is.`);
    }
    await claimEdit({ thing: { kind: "judge", id: judge.id }, by: ask.by }, tx);
    const admittedAt = ask.admitted ? (judge.admittedAt ?? new Date()) : null;
    await tx.judge.update({ where: { id: judge.id }, data: { admittedAt } });
    await recordChange(tx, {
      by: ask.by,
      action: "judges.admit",
      subject: { kind: "judge", id: judge.id, label: judge.name },
      before: { admitted: judge.admittedAt !== null },
      after: { admitted: ask.admitted },
    });
    if (ask.admitted) await startJudging({ judgeId: judge.id }, tx);
  }, db);
}
