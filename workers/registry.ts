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
import type { Lane } from "@/workers/lanes";

interface Registration<N extends JobName> {
  lane: Lane;
  /** Fills the disk with pictures or features: waits while it is nearly full. */
  fillsDisk?: true;
  handle: Handler<N>;
  exhausted?: ExhaustedHandler<N>;
}

/** Every job's handler; the compiler asks for each. */
export const REGISTRY: { [N in JobName]: Registration<N> } = {
  "register-bundled-models": { lane: "bundled", handle: registerBundledModelsJob },
  "advance-run": { lane: "steps", handle: advanceRunJob, exhausted: failRunOf },
  "generate-live-battle": { lane: "live", fillsDisk: true, handle: generateLiveBattleJob },
  "draw-prompt": { lane: "drawings", fillsDisk: true, handle: drawPromptJob, exhausted: endDrawingOf },
  "check-votes": { lane: "refits", handle: checkVotesJob },
  "refit-ratings": { lane: "refits", handle: refitRatingsJob },
  "generate-samples": {
    lane: "generation",
    fillsDisk: true,
    handle: generateSamplesJob,
    exhausted: failRunOf,
  },
  "paint-demos": { lane: "bundled", fillsDisk: true, handle: paintDemosJob },
  "refit-judged": { lane: "computing", handle: refitJudgedJob },
  "refit-style": { lane: "computing", handle: refitStyleJob },
  "extract-features": {
    lane: "extraction",
    fillsDisk: true,
    handle: extractFeaturesJob,
    exhausted: failRunOf,
  },
  "compute-metrics": { lane: "computing", handle: computeMetricsJob, exhausted: failRunOf },
  "examine-run": { lane: "computing", handle: examineRunJob },
  "start-judging": { lane: "steps", handle: startJudgingJob },
  "judge-samples": { lane: "judging", handle: judgeSamplesJob },
  "judge-pairs": { lane: "judging", handle: judgePairsJob },
  "judge-canaries": { lane: "judging", handle: judgeCanariesJob },
  "grade-judge": { lane: "computing", handle: gradeJudgeJob },
  "propose-questions": { lane: "judging", handle: proposeQuestionsJob },
  "rescore-run": { lane: "computing", fillsDisk: true, handle: rescoreRunJob },
  "score-common": { lane: "computing", handle: scoreCommonJob },
  "compare-pair": { lane: "computing", handle: comparePairJob },
  "build-reference": {
    lane: "computing",
    fillsDisk: true,
    handle: buildReferenceJob,
    exhausted: failReferenceOf,
  },
};
