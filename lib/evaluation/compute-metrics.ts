import { inTransaction, type Db } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { advanceRun } from "@/lib/evaluation/advance-run";
import { embedRun } from "@/lib/evaluation/embed-run";
import { scoreAlignment } from "@/lib/evaluation/score-alignment";
import { scoreFrechet } from "@/lib/evaluation/score-frechet";
import { scoringTools } from "@/lib/evaluation/scoring-tools";
import { protocolKey, type Protocol } from "@/lib/metrics/protocol";

/** A metric's value of one run, with everything it may only be compared under. */
export interface RunScore {
  metric: string;
  protocol: Protocol;
  value: number;
  low: number;
  high: number;
  n: number;
  caveat: string | null;
}

/** The SCORING stage of a run: compute its metrics, keep them and publish it, all or nothing. */
export async function computeMetrics(runId: string, db: Db, signal: AbortSignal): Promise<void> {
  const run = await db.run.findUnique({ where: { id: runId }, select: { state: true } });
  if (run?.state !== "SCORING") return;
  const tools = await scoringTools();
  // Normally nothing is left to embed; samples that came late (a resumed run) or new weights are caught here.
  await embedRun(runId, tools, db, signal);
  const scores: RunScore[] = [
    ...(await scoreFrechet(runId, tools.extractor, db, signal)),
    ...(await scoreAlignment(runId, tools.grader.id, db)),
  ];
  await inTransaction(async (tx) => {
    await tx.metricResult.createMany({
      data: scores.map(({ protocol, ...score }) => ({
        id: newId("metricResult"),
        runId,
        protocolHash: protocolKey(protocol),
        protocol: { ...protocol },
        ...score,
      })),
      skipDuplicates: true,
    });
    await advanceRun(runId, "scored", tx);
  }, db);
}
