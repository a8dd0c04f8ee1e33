import { z } from "zod";
import { judgeReport, type Demotion, type JudgeReport } from "@/lib/schemas/judges/judge-report";

/** A judge's report cards as they are stored (Judge.reports). */
export function storedReports(reports: unknown): JudgeReport[] {
  return z.array(judgeReport).parse(reports ?? []);
}

/** The bars that a judge is beyond, board by board; null: it is not demoted. */
export function demotedFor(judge: { demotedAt: Date | null; reports: unknown }): Demotion[] | null {
  if (judge.demotedAt === null) return null;
  return storedReports(judge.reports).flatMap(({ board, standing: { standing, reasons } }) =>
    standing === "demoted" ? reasons.map((reason) => ({ board: board.name, reason })) : [],
  );
}
