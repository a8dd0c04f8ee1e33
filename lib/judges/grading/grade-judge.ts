import { inTransaction, type Db } from "@/lib/db/client";
import { measureJudge } from "@/lib/judges/grading/measure-judge";
import type { JudgeReport } from "@/lib/schemas/judges/judge-report";

/**
 * Measure a judge on every board, keep its report cards and set its badge: demoted while it falls below a bar on one of them. A demoted judge goes on
 * judging, so that it can recover. Doing it twice changes nothing.
 */
export function gradeJudge(judgeId: string, db: Db): Promise<void> {
  return inTransaction(async (tx) => {
    const judge = await tx.judge.findUnique({ where: { id: judgeId } });
    if (judge === null) return;
    const reports: JudgeReport[] = [];
    for (const board of await tx.board.findMany({ orderBy: { slug: "asc" } })) {
      const report = await measureJudge(judge, board, tx);
      if (report !== null) reports.push(report);
    }
    const demoted = reports.some(({ standing }) => standing.standing === "demoted");
    await tx.judge.update({
      where: { id: judgeId },
      data: {
        reports,
        gradedAt: new Date(),
        demotedAt: demoted ? (judge.demotedAt ?? new Date()) : null,
      },
    });
  }, db);
}
