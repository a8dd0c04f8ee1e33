import { inTransaction, type Db } from "@/lib/db/client";
import { measureJudge } from "@/lib/judging/measure-judge";

/**
 * Measure a judge on every board and set its badge: demoted while it falls below a bar on one of them. A demoted judge goes on
 * judging, so that it can recover. Doing it twice changes nothing.
 */
export function gradeJudge(judgeId: string, db: Db): Promise<void> {
  return inTransaction(async (tx) => {
    const judge = await tx.judge.findUnique({ where: { id: judgeId } });
    if (judge === null) return;
    const reasons: string[] = [];
    for (const board of await tx.board.findMany({ orderBy: { slug: "asc" } })) {
      const report = await measureJudge(judge, board, tx);
      if (report?.standing.standing === "demoted") {
        reasons.push(...report.standing.reasons.map((reason) => `${board.name}: ${reason}`));
      }
    }
    const demoted = reasons.length > 0;
    await tx.judge.update({
      where: { id: judgeId },
      data: {
        demotedAt: demoted ? (judge.demotedAt ?? new Date()) : null,
        demotedReason: demoted ? reasons.join(" ") : null,
      },
    });
  }, db);
}
