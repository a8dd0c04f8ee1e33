import { z } from "zod";
import { uploadFailure } from "@/lib/schemas/reasons/upload-failure";

const most = z.string().nullable().describe("What was said most often of a sample that could not be had.");

/** Why a run failed. */
export const runFailure = z.discriminatedUnion("code", [
  z
    .object({ code: z.literal("none_made"), failed: z.number().int(), most })
    .describe("None of its first samples could be made."),
  z.object({
    code: z.literal("too_few_made"),
    failed: z.number().int(),
    total: z.number().int(),
    needed: z.number().int().describe("Samples, for a score."),
    most,
  }),
  z.object({
    code: z.literal("too_few_uploaded"),
    here: z.number().int(),
    total: z.number().int(),
    needed: z.number().int().describe("Samples, for a score."),
  }),
  z
    .object({ code: z.literal("broke_down"), errorId: z.string(), said: z.string().nullable() })
    .describe("One of its jobs failed for good; said is null where the reason is in the log alone."),
  z
    .object({ code: z.literal("key_unreadable"), said: z.string() })
    .describe("Its endpoint's stored key cannot be opened here."),
  z
    .object({ code: z.literal("endpoint_said"), said: z.string() })
    .describe("Of a paused run: what its endpoint said when it would take no more orders."),
  ...uploadFailure.options,
]);

/** As runs keep it: those of earlier releases are sentences. */
export const storedRunFailure = z.union([z.string(), runFailure]);

export type RunFailure = z.output<typeof runFailure>;
export type StoredRunFailure = z.output<typeof storedRunFailure>;
