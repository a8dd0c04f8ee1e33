import { z } from "zod";
import { demotion } from "@/lib/schemas/judges/judge-report";

/** What a reader must know of a metric's value before comparing it. */
export const caveat = z.discriminatedUnion("code", [
  z.object({
    code: z.literal("size_bias"),
    n: z.number().int(),
    dimension: z.number().int(),
    bias: z.number().nullable().describe("Expected, upward; null: not estimated."),
  }),
  z.object({ code: z.literal("rises_with_n"), n: z.number().int() }),
  z.object({ code: z.literal("no_subsets"), published: z.number().int() }),
  z.object({ code: z.literal("other_subsets"), size: z.number().int(), published: z.number().int() }),
  z.object({ code: z.literal("clip_only") }),
  z.object({ code: z.literal("vjepa_only") }),
  z.object({ code: z.literal("short_extrapolation"), from: z.number().int(), published: z.number().int() }),
  z.object({ code: z.literal("line_error") }),
  z.object({ code: z.literal("blind_to_motion") }),
  z.object({
    code: z.literal("judged"),
    unfinished: z.boolean(),
    without: z.number().int().describe("Samples without a verdict."),
    demotedFor: z.array(demotion).nullable(),
  }),
]);

/** As scores keep it: those of earlier releases are sentences. */
export const storedCaveat = z.union([z.string(), caveat]);

export type Caveat = z.output<typeof caveat>;
export type StoredCaveat = z.output<typeof storedCaveat>;
