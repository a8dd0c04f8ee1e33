import { z } from "zod";

/** Every job: its name, what it is told (ids only), how often it is tried. The worker's registry must handle each. */
export const JOBS = {
  /** Make one model of the bundled backend known and start its run, for each that is not known yet. */
  "register-bundled-models": { payload: z.object({}), maxAttempts: 25 },
  /** Call the endpoint for the prompts [from, to) of a run that have neither sample nor failure. */
  "generate-samples": {
    payload: z.object({ runId: z.string(), from: z.number().int(), to: z.number().int() }),
    maxAttempts: 5,
  },
  /** Find out what a model's endpoint does, by a probe of it. */
  "test-endpoint": { payload: z.object({ modelId: z.string() }), maxAttempts: 3 },
  /** Draw a few images of a model, and say whether it is the one of last time. */
  "check-drift": { payload: z.object({ checkId: z.string() }), maxAttempts: 5 },
  /** Move a run to its next state if what it waits for is there. */
  "advance-run": { payload: z.object({ runId: z.string() }), maxAttempts: 10 },
  /** Embed and grade a run's samples that are not yet. */
  "extract-features": { payload: z.object({ runId: z.string() }), maxAttempts: 5 },
  /** Compute a run's metrics from its embeddings and grades. */
  "compute-metrics": { payload: z.object({ runId: z.string() }), maxAttempts: 5 },
  /** Read an upload of samples into its run. */
  "import-samples": { payload: z.object({ uploadId: z.string() }), maxAttempts: 5 },
  /** Ask the site's checks about a run's uploaded samples that wait for them. */
  "check-samples": { payload: z.object({ runId: z.string() }), maxAttempts: 12 },
  /** Score a run that is still going on over the prompts that it has answered first. */
  "score-progress": { payload: z.object({ runId: z.string() }), maxAttempts: 3 },
  /** Look at a published run's samples: input forensics, further metrics, neighbours. */
  "examine-run": { payload: z.object({ runId: z.string() }), maxAttempts: 5 },
  /** Score a published run under the encoders and reference sets that are in use now. */
  "rescore-run": { payload: z.object({ runId: z.string() }), maxAttempts: 5 },
  /** Score a board's runs over the prompts that all of them have answered. */
  "score-common": { payload: z.object({ boardId: z.string() }), maxAttempts: 5 },
  /** Compute two runs' metrics over the prompts that both have answered. */
  "compare-pair": { payload: z.object({ first: z.string(), second: z.string() }), maxAttempts: 3 },
  /** Read, embed and summarise the images of a reference set. */
  "build-reference": { payload: z.object({ referenceSetId: z.string() }), maxAttempts: 5 },
  /** Generate and grade what /stack shows of the bundled models and is not there yet. */
  "draw-demos": { payload: z.object({}), maxAttempts: 10 },
  /** Draw a visitor's own prompt on /stack, by each bundled model that has not yet. */
  "draw-prompt": { payload: z.object({ drawingId: z.string() }), maxAttempts: 3 },
  /** Generate the two samples of a live battle. */
  "generate-live-battle": { payload: z.object({ battleId: z.string() }), maxAttempts: 2 },
  /** Judge a board's new votes, or with whole those of the last week, by the vote rules, and hold back what they find. */
  "check-votes": { payload: z.object({ boardId: z.string(), whole: z.boolean() }), maxAttempts: 10 },
  /** Leave votes out of every rating, or count them again, as a curator asked. */
  "change-votes": {
    payload: z.object({
      to: z.enum(["excluded", "counted"]),
      votes: z.array(z.string()).optional(),
      voters: z.array(z.string()).optional(),
      addressOf: z.array(z.string()).optional(),
      networkOf: z.array(z.string()).optional(),
      quarantines: z.array(z.string()).optional(),
      board: z.string().optional(),
      reason: z.string().optional(),
      by: z.union([
        z.enum(["operator", "system"]),
        z.object({
          voterId: z.string().nullable(),
          via: z
            .object({
              userId: z.string().nullable(),
              tokenId: z.string().nullable(),
              addressHash: z.string().nullable(),
            })
            .optional(),
        }),
      ]),
    }),
    maxAttempts: 10,
  },
  /** Refit a board's ratings from its pair counts into a new snapshot. */
  "refit-ratings": { payload: z.object({ boardId: z.string() }), maxAttempts: 10 },
  /** Compute what the votes of a board's newest rankings say beside their order. */
  "analyse-board": { payload: z.object({ boardId: z.string() }), maxAttempts: 10 },
  /** Measure how a board's images look, where that is not known, and refit its ratings with style held equal. */
  "refit-style": { payload: z.object({ boardId: z.string() }), maxAttempts: 10 },
  /** Give active judges the published runs and the boards they have not been given yet; all of them unless told. */
  "start-judging": {
    payload: z.object({ judgeId: z.string().optional(), runId: z.string().optional() }),
    maxAttempts: 10,
  },
  /** Ask a judge about some samples of a task, in one of its lanes. */
  "judge-samples": { payload: z.object({ taskId: z.string(), lane: z.number().int() }), maxAttempts: 5 },
  /** Ask a judge about some pairs of a task, in one of its lanes. */
  "judge-pairs": { payload: z.object({ taskId: z.string(), lane: z.number().int() }), maxAttempts: 5 },
  /** Ask a judge about some of its canaries, in one lane of their task. */
  "judge-canaries": { payload: z.object({ taskId: z.string(), lane: z.number().int() }), maxAttempts: 5 },
  /** Measure a judge against people and canaries: is it in good standing? */
  "grade-judge": { payload: z.object({ judgeId: z.string() }), maxAttempts: 10 },
  /** Have a prompt set's checklists proposed, prompt by prompt. */
  "propose-questions": { payload: z.object({ questionSetId: z.string() }), maxAttempts: 5 },
  /** Refit a board's ratings from people's votes and judges' verdicts together. */
  "refit-judged": { payload: z.object({ boardId: z.string() }), maxAttempts: 10 },
  /** Measure what the disk is used for. */
  "measure-storage": { payload: z.object({}), maxAttempts: 3 },
  /** Delete what nothing refers to any more, in the whole store, and measure then. */
  "collect-artifacts": { payload: z.object({}), maxAttempts: 3 },
  /** Make one attempt at a webhook's delivery; a failed one queues the next by itself. */
  "deliver-webhook": { payload: z.object({ deliveryId: z.string() }), maxAttempts: 10 },
} as const satisfies Record<string, { payload: z.ZodType; maxAttempts: number }>;

export type JobName = keyof typeof JOBS;
export type JobPayload<N extends JobName> = z.output<(typeof JOBS)[N]["payload"]>;
