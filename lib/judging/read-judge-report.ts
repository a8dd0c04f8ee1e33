import { z } from "zod";
import { db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { judgeReport, type JudgeReportView } from "@/lib/schemas/judge-report";

/**
 * A judge with its report cards as it was last graded.
 * @throws SalonError not_found
 */
export async function readJudgeReport(slug: string, tx: Tx = db()): Promise<JudgeReportView> {
  const judge = await tx.judge.findUnique({ where: { slug } });
  if (judge === null) throw new SalonError("not_found", "There is no such judge.");
  const { name, creator, providerModel, bundled, demotedReason, gradedAt } = judge;
  return {
    ...{ name, slug, creator, providerModel, bundled, demotedReason },
    gradedAt: gradedAt?.toISOString() ?? null,
    reports: z.array(judgeReport).parse(judge.reports ?? []),
  };
}
