import type { JobName } from "@/lib/queue/jobs";
import type { ExhaustedHandler, Handler } from "@/workers/context";
import { advanceRunJob } from "@/workers/jobs/advance-run";
import { buildReferenceJob, failReferenceOf } from "@/workers/jobs/build-reference";
import { checkVotesJob } from "@/workers/jobs/check-votes";
import { comparePairJob } from "@/workers/jobs/compare-pair";
import { computeMetricsJob } from "@/workers/jobs/compute-metrics";
import { drawPromptJob, endDrawingOf } from "@/workers/jobs/draw-prompt";
import { examineRunJob } from "@/workers/jobs/examine-run";
import { extractFeaturesJob } from "@/workers/jobs/extract-features";
import { failRunOf } from "@/workers/jobs/fail-run-of";
import { generateLiveBattleJob } from "@/workers/jobs/generate-live-battle";
import { generateSamplesJob } from "@/workers/jobs/generate-samples";
import { gradeJudgeJob } from "@/workers/jobs/grade-judge";
import { judgeCanariesJob } from "@/workers/jobs/judge-canaries";
import { judgePairsJob } from "@/workers/jobs/judge-pairs";
import { judgeSamplesJob } from "@/workers/jobs/judge-samples";
import { paintDemosJob } from "@/workers/jobs/paint-demos";
import { proposeQuestionsJob } from "@/workers/jobs/propose-questions";
import { refitJudgedJob } from "@/workers/jobs/refit-judged";
import { refitRatingsJob } from "@/workers/jobs/refit-ratings";
import { refitStyleJob } from "@/workers/jobs/refit-style";
import { registerBundledModelsJob } from "@/workers/jobs/register-bundled-models";
import { startJudgingJob } from "@/workers/jobs/start-judging";
import { rescoreRunJob } from "@/workers/jobs/rescore-run";
import { scoreCommonJob } from "@/workers/jobs/score-common";

/**
 * Which slots of a worker process a job runs in: `prompt` work is short and someone waits for it, so it never
 * stands behind `bulk` work, however much of that there is.
 */
export type Lane = "prompt" | "bulk";

interface Registration<N extends JobName> {
  lane: Lane;
  handle: Handler<N>;
  exhausted?: ExhaustedHandler<N>;
}

/** Every job's handler; the compiler asks for each. */
export const REGISTRY: { [N in JobName]: Registration<N> } = {
  "register-bundled-models": { lane: "prompt", handle: registerBundledModelsJob },
  "advance-run": { lane: "prompt", handle: advanceRunJob, exhausted: failRunOf },
  "generate-live-battle": { lane: "prompt", handle: generateLiveBattleJob },
  "draw-prompt": { lane: "prompt", handle: drawPromptJob, exhausted: endDrawingOf },
  "check-votes": { lane: "prompt", handle: checkVotesJob },
  "refit-ratings": { lane: "prompt", handle: refitRatingsJob },
  "generate-samples": { lane: "bulk", handle: generateSamplesJob, exhausted: failRunOf },
  "paint-demos": { lane: "bulk", handle: paintDemosJob },
  "refit-judged": { lane: "bulk", handle: refitJudgedJob },
  "refit-style": { lane: "bulk", handle: refitStyleJob },
  "extract-features": { lane: "bulk", handle: extractFeaturesJob, exhausted: failRunOf },
  "compute-metrics": { lane: "bulk", handle: computeMetricsJob, exhausted: failRunOf },
  "examine-run": { lane: "bulk", handle: examineRunJob },
  "start-judging": { lane: "prompt", handle: startJudgingJob },
  "judge-samples": { lane: "bulk", handle: judgeSamplesJob },
  "judge-pairs": { lane: "bulk", handle: judgePairsJob },
  "judge-canaries": { lane: "bulk", handle: judgeCanariesJob },
  "grade-judge": { lane: "prompt", handle: gradeJudgeJob },
  "propose-questions": { lane: "bulk", handle: proposeQuestionsJob },
  "rescore-run": { lane: "bulk", handle: rescoreRunJob },
  "score-common": { lane: "bulk", handle: scoreCommonJob },
  "compare-pair": { lane: "bulk", handle: comparePairJob },
  "build-reference": { lane: "bulk", handle: buildReferenceJob, exhausted: failReferenceOf },
};
