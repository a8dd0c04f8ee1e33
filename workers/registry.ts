import { collectAll } from "@/lib/administration/collect-all";
import { measureStorage } from "@/lib/administration/measure-storage";
import { generateLiveBattle } from "@/lib/battles/generate-live-battle";
import { inTransaction } from "@/lib/db/client";
import { generateDemos } from "@/lib/demos/generate-demos";
import { drawPrompt } from "@/lib/demos/generate-own-prompt";
import { comparePair } from "@/lib/diagnostics/compare-pair";
import { examineRun } from "@/lib/diagnostics/diagnose-run";
import { proposeQuestions } from "@/lib/judges/checklists/propose-questions";
import { gradeJudge } from "@/lib/judges/grading/grade-judge";
import { judgeCanaries } from "@/lib/judges/canaries/judge-canaries";
import { judgeNewVotes } from "@/lib/judges/judge-new-votes";
import { judgePairs } from "@/lib/judges/judge-pairs";
import { judgeSamples } from "@/lib/judges/judge-samples";
import { registerBundledJudges } from "@/lib/judges/register-bundled-judges";
import { startJudging } from "@/lib/judges/start-judging";
import { probeModel } from "@/lib/models/probe/probe-model";
import { checkSamples } from "@/lib/moderation/checks/check-samples";
import type { JobName } from "@/lib/queue/jobs";
import { requestVoteCheck } from "@/lib/queue/requests/request-vote-check";
import { analyseBoard } from "@/lib/rankings/analyse-board";
import { refitJudged } from "@/lib/rankings/refit-judged";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { refitStyle } from "@/lib/rankings/refit-style";
import { buildReference } from "@/lib/references/build-reference";
import { advanceRun } from "@/lib/runs/advance-run";
import { checkDrift } from "@/lib/runs/drift/check-drift";
import { finishCheck } from "@/lib/runs/drift/finish-check";
import { generateSamples } from "@/lib/runs/generation/generate-samples";
import { registerBundledModels } from "@/lib/installation/register-bundled-models";
import { importSamples } from "@/lib/samples/import-samples";
import { computeMetrics } from "@/lib/scoring/compute-metrics";
import { extractFeatures } from "@/lib/scoring/extract-features";
import { rescoreRun } from "@/lib/scoring/rescore-run";
import { scoreProgress } from "@/lib/scoring/score-progress";
import { scoreCommon } from "@/lib/scoring/score-common";
import { checkVotes } from "@/lib/votes/checks/check-votes";
import { changeRequestedVotes } from "@/lib/votes/request-vote-change";
import { deliverWebhook } from "@/lib/webhooks/deliver-webhook";
import type { ExhaustedHandler, Handler } from "@/workers/context";
import { endDrawingOf, failReferenceOf, giveUpChecksOf, failRunOf, failUploadOf } from "@/workers/exhausted";
import type { Lane } from "@/workers/lanes";

interface Registration<N extends JobName> {
  lane: Lane;
  /** Fills the disk with images or features: waits while it is nearly full. */
  fillsDisk?: true;
  handle: Handler<N>;
  exhausted?: ExhaustedHandler<N>;
}

/** Every job: where it runs and which use case does it. The compiler asks for each. */
export const REGISTRY: { [N in JobName]: Registration<N> } = {
  // Runs
  "register-bundled-models": {
    lane: "bundled",
    async handle(_payload, context) {
      await registerBundledModels(context, context.signal);
      await registerBundledJudges(context, context.signal);
    },
  },
  "generate-samples": {
    lane: "generation",
    fillsDisk: true,
    handle: generateSamples,
    exhausted: failRunOf,
  },
  "test-endpoint": { lane: "generation", handle: ({ modelId }, context) => probeModel(modelId, context) },
  "check-drift": {
    lane: "generation",
    fillsDisk: true,
    handle: checkDrift,
    exhausted: ({ checkId }, _error, { db }) => finishCheck(checkId, db, { isGivenUp: true }),
  },
  "advance-run": {
    lane: "steps",
    handle: ({ runId }, { db }) => inTransaction(async (tx) => void (await advanceRun(runId, null, tx)), db),
    exhausted: failRunOf,
  },
  "extract-features": {
    lane: "extraction",
    fillsDisk: true,
    handle: ({ runId }, { db, signal }) => extractFeatures(runId, db, signal),
    exhausted: failRunOf,
  },
  "import-samples": {
    lane: "computing",
    fillsDisk: true,
    handle: ({ uploadId }, { db, signal }) => importSamples(uploadId, db, { signal }),
    exhausted: failUploadOf,
  },
  "compute-metrics": {
    lane: "computing",
    handle: ({ runId }, { db, signal }) => computeMetrics(runId, db, signal),
    exhausted: failRunOf,
  },
  "score-progress": {
    lane: "computing",
    fillsDisk: true,
    handle: ({ runId }, { db, signal }) => scoreProgress(runId, db, signal),
  },
  "rescore-run": {
    lane: "computing",
    fillsDisk: true,
    handle: ({ runId }, { db, signal }) => rescoreRun(runId, db, signal),
  },
  "score-common": {
    lane: "computing",
    handle: ({ boardId }, { db, signal }) => scoreCommon(boardId, db, signal),
  },
  "examine-run": {
    lane: "computing",
    handle: ({ runId }, { db, signal }) => examineRun(runId, db, signal),
  },
  "compare-pair": {
    lane: "computing",
    handle: (pair, { db, signal }) => comparePair(pair, db, signal),
  },
  "build-reference": {
    lane: "computing",
    fillsDisk: true,
    handle: ({ referenceSetId }, { db, signal }) => buildReference(referenceSetId, db, { signal }),
    exhausted: failReferenceOf,
  },

  "check-samples": { lane: "webhooks", handle: checkSamples, exhausted: giveUpChecksOf },

  // Votes and ratings
  "generate-live-battle": {
    lane: "live",
    fillsDisk: true,
    handle: ({ battleId }, context) => generateLiveBattle(battleId, context),
  },
  "check-votes": {
    lane: "refits",
    async handle({ boardId, whole }, { db, log, signal }) {
      const { held } = await checkVotes({ boardId, whole, now: Date.now() }, db, signal);
      if (held > 0) log.warn({ votes: held }, "held back votes: see salon votes quarantined");
    },
  },
  "change-votes": { lane: "refits", handle: (job, { db }) => changeRequestedVotes(job, db) },
  "refit-ratings": {
    lane: "refits",
    async handle({ boardId }, { db, signal }) {
      await refitRatings(boardId, db, signal);
      await inTransaction(async (tx) => {
        await requestVoteCheck(boardId, tx);
        await judgeNewVotes(boardId, tx);
      }, db);
    },
  },
  "analyse-board": {
    lane: "computing",
    handle: async ({ boardId }, { db, signal }) => void (await analyseBoard(boardId, db, signal)),
  },
  "refit-style": {
    lane: "computing",
    handle: async ({ boardId }, { db, signal }) => void (await refitStyle(boardId, db, signal)),
  },
  "refit-judged": {
    lane: "computing",
    handle: async ({ boardId }, { db, signal }) => void (await refitJudged(boardId, db, signal)),
  },

  // Judges
  "start-judging": {
    lane: "steps",
    handle: (payload, { db }) => inTransaction((tx) => startJudging(payload, tx), db),
  },
  "judge-samples": { lane: "judging", handle: judgeSamples },
  "judge-pairs": { lane: "judging", handle: judgePairs },
  "judge-canaries": { lane: "judging", handle: judgeCanaries },
  "grade-judge": { lane: "computing", handle: ({ judgeId }, { db }) => gradeJudge(judgeId, db) },
  "propose-questions": {
    lane: "judging",
    handle: ({ questionSetId }, context) => proposeQuestions(questionSetId, context),
  },

  // Webhooks
  "deliver-webhook": { lane: "webhooks", handle: deliverWebhook },

  // Storage
  "measure-storage": { lane: "computing", handle: (_payload, { db, signal }) => measureStorage(db, signal) },
  "collect-artifacts": { lane: "computing", handle: (_payload, { db, signal }) => collectAll(db, signal) },

  // Demonstrations
  "draw-prompt": {
    lane: "drawings",
    fillsDisk: true,
    handle: ({ drawingId }, context) => drawPrompt(drawingId, context),
    exhausted: endDrawingOf,
  },
  "draw-demos": { lane: "bundled", fillsDisk: true, handle: (_payload, context) => generateDemos(context) },
};
