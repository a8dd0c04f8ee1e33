import type { Tx } from "@/lib/db/client";
import { countSamples } from "@/lib/judging/judge-samples";
import type { RunResponse } from "@/lib/schemas/runs";

/** How far judges are with a run: one line a judge and rubric. */
export async function readRunJudging(runId: string, tx: Tx): Promise<RunResponse["judging"]> {
  const tasks = await tx.judgeTask.findMany({
    where: { runId },
    include: { judge: true },
    orderBy: [{ createdAt: "asc" }, { rubric: "asc" }],
  });
  return Promise.all(
    tasks.map(async (task) => {
      const { judge, rubric, questionSetVersion, finishedAt, waitingUntil } = task;
      const { total, done, verdicts, lastMinute } = await countSamples(task, judge.promptsPerRun, tx);
      const finished = finishedAt !== null;
      const goesOn = !finished && judge.state === "ACTIVE";
      return {
        judge: judge.slug,
        name: judge.name,
        rubric,
        questionSetVersion,
        total,
        done,
        verdicts,
        perMinute: goesOn && lastMinute > 0 ? lastMinute : null,
        etaSeconds: goesOn && lastMinute > 0 ? Math.round(((total - done) / lastMinute) * 60) : null,
        finished,
        stopped: !finished && judge.state === "PAUSED" ? (judge.stateReason ?? "The judge is paused.") : null,
        waitingUntil:
          goesOn && waitingUntil !== null && waitingUntil > new Date() ? waitingUntil.toISOString() : null,
      };
    }),
  );
}
