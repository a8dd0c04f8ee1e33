import { db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { demotedFor, storedReports } from "@/lib/judges/grading/demoted-for";
import { controlsJudge, judgesSeenBy } from "@/lib/judges/judge-scope";
import type { Visitor } from "@/lib/models/visibility";
import type { JudgeReportView } from "@/lib/schemas/judges/judge-report";

/**
 * A judge with its report cards as it was last graded.
 * @throws SalonError not_found, also for another visitor's that was not admitted
 */
export async function readJudgeReport(
  ask: { slug: string } & Visitor,
  tx: Tx = db(),
): Promise<JudgeReportView> {
  const judge = await tx.judge.findFirst({ where: { slug: ask.slug, ...judgesSeenBy(ask) } });
  if (judge === null) throw new SalonError("not_found", "There is no such judge.");
  const { name, slug, creator, bundled, gradedAt } = judge;
  return {
    ...{ name, slug, creator, bundled },
    demotedFor: demotedFor(judge),
    providerModel: controlsJudge(judge, ask) ? judge.providerModel : null,
    gradedAt: gradedAt?.toISOString() ?? null,
    reports: storedReports(judge.reports),
  };
}
