import { z } from "zod";
import { capability } from "@/lib/schemas/endpoints/capabilities";
import { metricValue, metricValueResponse } from "@/lib/schemas/metric-values";
import { runParameters } from "@/lib/schemas/run-parameters";
import { runMoney } from "@/lib/schemas/costs";
import { storedJudgePause } from "@/lib/schemas/reasons/judge-pause";
import { storedRunFailure } from "@/lib/schemas/reasons/run-failure";
import { sampleUpload, sampleUploadResponse } from "@/lib/schemas/sample-uploads";
import { keptOff } from "@/lib/schemas/submissions";
import { stackFacts, submittedBy } from "@/lib/schemas/stack/stack-facts";

/** A run's body. /api/openapi.json is made from it. */

export const runState = z.enum([
  "QUEUED",
  "GENERATING",
  "PAUSED",
  "EXTRACTING",
  "SCORING",
  "PUBLISHED",
  "FAILED",
  "CANCELLED",
]);

export const runPause = z.enum(["out_of_credit", "rate_limited", "loading", "budget", "no_ffmpeg"]);

export const runSource = z.enum(["ENDPOINT", "UPLOAD"]);

const runJudging = z.object({
  judge: z.string().describe("Slug."),
  name: z.string(),
  rubric: z.string(),
  questionSetVersion: z.number().int().describe("0: the rubric asks no checklist."),
  total: z.number().int(),
  done: z.number().int().describe("Settled, with a verdict or without."),
  verdicts: z.number().int(),
  perMinute: z.number().nullable(),
  etaSeconds: z.number().nullable(),
  finished: z.boolean(),
  paused: z.boolean().describe("Whether it does not go on, because its judge is paused."),
  pausedFor: storedJudgePause
    .nullable()
    .describe("Why the judge paused by itself: its owner's to read, null for others."),
  waitingUntil: z.string().nullable().describe("When a rate limit lets it go on."),
});

export const runView = z.object({
  runId: z.string(),
  state: runState,
  source: runSource.describe("Whether its samples were made by the model's endpoint or uploaded."),
  label: z.string().nullable().describe("What tells it from other runs of the model."),
  parameters: runParameters.nullable().describe("What its endpoint is asked for; null: uploaded samples."),
  capability: capability
    .nullable()
    .describe("What its version of the endpoint was found to do; null: it was not tested."),
  failedFor: storedRunFailure
    .nullable()
    .describe(
      "Why it failed, or what the endpoint of a paused one said: its submitter's to read, null for others. A text where an earlier release stored one.",
    ),
  pausedFor: runPause
    .nullable()
    .describe("Of a paused run, what its endpoint lacks: it goes on when who submitted it resumes it."),
  weights: z.string().nullable().describe("sha256 of the bundled weights that drew it; null: unknown."),
  supersededAt: z
    .string()
    .nullable()
    .describe("When other weights took the model's name: the run no longer speaks for the model."),
  model: stackFacts.extend({
    slug: z.string(),
    name: z.string(),
    creator: z.string(),
    listed: z.boolean(),
    submittedBy,
    keptOff: keptOff.nullable().describe("What keeps it off its board, told to who submitted it."),
  }),
  promptSet: z.string(),
  total: z.number().int(),
  generated: z.number().int(),
  failed: z.number().int(),
  embedded: z.number().int(),
  samplesPerMinute: z.number().nullable().describe("Over the last minute of generating."),
  etaSeconds: z.number().nullable(),
  medianLatencyMs: z.number().nullable(),
  costUsd: z
    .number()
    .nullable()
    .describe(
      "What its calls have cost so far, failed ones too where they were probably charged; null: unknown.",
    ),
  costEstimatedUsd: z
    .number()
    .describe(
      "How much of that no reply says: calls under way, timed out, or without a price, at the price thought.",
    ),
  money: runMoney.nullable().describe("Its submitter's to read, null for others and for uploaded samples."),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  arena: z
    .object({
      width: z.number().int().describe("The size in which the board shows both sides of a battle."),
      height: z.number().int(),
      fits: z
        .boolean()
        .describe("Whether the image size that the endpoint is asked for has the board's shape."),
      seedsTellSides: z
        .boolean()
        .describe(
          "Whether its seeds are a list and everyone votes on the board: measured, but in no battle, since whoever has the weights could draw its side.",
        ),
      misshapen: z
        .number()
        .int()
        .describe("Samples of another shape than the board's: measured, but in no battle."),
      withheld: z
        .number()
        .int()
        .describe(
          "Samples of prompts in the arena: measured, but shown in battles alone, where no name stands beside them.",
        ),
    })
    .nullable()
    .describe("What the arena does with the run's samples; null: the prompt set has no board."),
  recentSamples: z.array(
    z.object({
      sampleId: z.string(),
      url: z.string(),
      prompt: z.string(),
      category: z.string(),
      sources: z
        .array(z.string())
        .describe("Addresses of the images that the prompt edits, where you may see its set."),
    }),
  ),
  failureCodes: z
    .array(z.object({ code: z.string(), count: z.number().int() }))
    .describe("Samples that could not be had, by kind of failure."),
  failures: z
    .array(
      z.object({ prompt: z.string(), code: z.string(), message: z.string(), attempts: z.number().int() }),
    )
    .describe("The latest 200, with what the endpoint said: its submitter's to read, empty for others."),
  metrics: z.record(z.string(), metricValue),
  judging: z.array(runJudging).describe("What judges have been given of it, after it was published."),
  unscored: z
    .array(z.string())
    .describe(
      "Distances that this site takes now and that this published run has no score of, by label: a new encoder, or another reference set.",
    ),
  uploads: z
    .array(sampleUpload)
    .describe("Uploads of its samples, newest first: its submitter's to read, empty for others."),
  canControl: z.boolean().describe("Whether you may cancel and resume it: its submitter may."),
});

/** The same as the API gives it: with what its codes mean in words. */
export const runResponse = runView.extend({
  failureReason: z.string().nullable().describe("`failedFor` in words."),
  metrics: z.record(z.string(), metricValueResponse),
  judging: z.array(
    runJudging.extend({
      stopped: z.string().nullable().describe("Why it does not go on; null: it does, or has ended."),
    }),
  ),
  uploads: z.array(sampleUploadResponse),
});

export type RunSource = z.output<typeof runSource>;
export type RunPause = z.output<typeof runPause>;
export type RunState = z.output<typeof runState>;
export type RunView = z.output<typeof runView>;
export type RunResponse = z.output<typeof runResponse>;
