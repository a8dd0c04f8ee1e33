import { z } from "zod";
import { apiKey, endpointUrl, imageSize, providerModel } from "@/lib/schemas/endpoint-fields";

/** The bodies of submitting a model and of trying its endpoint. /api/openapi.json is made from these. */

export const submission = z
  .object({
    name: z.string().trim().min(1).max(80),
    creator: z.string().trim().min(1).max(80),
    endpointUrl,
    apiKey,
    providerModel,
    pricePerImageUsd: z.number().min(0).max(1000).nullish(),
    openWeights: z.boolean().nullish(),
    releasedAt: z.iso.date().nullish(),
    paradigm: z.string().trim().max(80).nullish(),
    architecture: z.string().trim().max(80).nullish(),
    representation: z.string().trim().max(80).nullish(),
    textConditioning: z.string().trim().max(80).nullish(),
    imageSize,
    concurrency: z.number().int().min(1).max(16).default(2),
    board: z.string().max(100).default("text-to-image"),
    promptCount: z
      .number()
      .int()
      .min(1)
      .max(10_000)
      .optional()
      .describe("Run over the first so many prompts of the board's set; all of them unless told."),
    listed: z
      .boolean()
      .default(true)
      .describe("Whether the model joins arena and leaderboard once it is scored."),
  })
  .strict();

export const submissionResponse = z.object({ modelId: z.string(), model: z.string(), runId: z.string() });

export const connectionTest = submission.pick({
  endpointUrl: true,
  apiKey: true,
  providerModel: true,
  imageSize: true,
});

export const connectionTestResponse = z.object({
  ok: z.boolean(),
  outcome: z.enum(["ok", "refused", "rate_limited", "invalid", "timeout", "transient"]),
  message: z.string().describe("What happened, and what to change when it is not ok."),
  latencyMs: z.number().nullable(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  prompt: z.string(),
  imageDataUrl: z.string().nullable().describe("The sample, re-encoded."),
});

export type Submission = z.output<typeof submission>;
export type SubmissionInput = z.input<typeof submission>;
export type SubmissionResponse = z.output<typeof submissionResponse>;
export type ConnectionTest = z.output<typeof connectionTest>;
export type ConnectionTestResponse = z.output<typeof connectionTestResponse>;
