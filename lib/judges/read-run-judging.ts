import type { Tx } from "@/lib/db/client";
import { countSamples } from "@/lib/judges/count-samples";
import { controlsJudge, judgesSeenBy } from "@/lib/judges/judge-scope";
import type { Visitor } from "@/lib/models/visibility";
import { storedJudgePause } from "@/lib/schemas/reasons/judge-pause";
import type { RunView } from "@/lib/schemas/runs";

/** How far the judges that a visitor may know of are with a run: one line a judge and rubric. */
export async function readRunJudging(runId: string, by: Visitor, tx: Tx): Promise<RunView["judging"]> {
  const tasks = await tx.judgeTask.findMany({
    where: { runId, judge: judgesSeenBy(by) },
    include: { judge: true },
    orderBy: [{ createdAt: "asc" }, { rubric: "asc" }],
  });
  return Promise.all(
    tasks.map(async (task) => {
      const { judge, rubric, questionSetVersion, finishedAt, waitingUntil } = task;
      const { total, done, verdicts, lastMinute } = await countSamples(task, judge.promptsPerRun, tx);
      const finished = finishedAt !== null;
      const paused = !finished && judge.state === "PAUSED";
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
        paused,
        // What its endpoint said is between a judge and its owner.
        pausedFor:
          paused && controlsJudge(judge, by) ? storedJudgePause.nullable().parse(judge.stateReason) : null,
        waitingUntil:
          goesOn && waitingUntil !== null && waitingUntil > new Date() ? waitingUntil.toISOString() : null,
      };
    }),
  );
}
