import { z } from "zod";
import { caveat } from "@/lib/schemas/metrics/caveat";

const asked = z.number().int();

/** Why a value of `salon eval` is missing. */
export const missingValue = z.discriminatedUnion("code", [
  z.object({ code: z.enum(["no_reference", "no_baseline", "no_judge"]) }).describe("It was not given."),
  z.object({ code: z.literal("statistics_only") }).describe("The reference has no images, which it needs."),
  z.object({ code: z.literal("not_compared") }).describe("It is not compared with a baseline."),
  z.object({ code: z.literal("refused"), said: z.string() }).describe("The metric refused, and said why."),
  z.object({ code: z.literal("no_verdict"), asked }).describe("The judge gave none on any of those asked."),
  z.object({ code: z.literal("nothing_in_common") }).describe("Images and baseline share no image."),
  z.object({ code: z.enum(["no_images", "no_truth"]) }),
]);

/** What must be known to read a value of `salon eval`. */
export const reportCaveat = z.discriminatedUnion("code", [
  ...caveat.options,
  z.object({ code: z.literal("all_alike") }).describe("There is no interval: all samples are alike."),
  z
    .object({ code: z.literal("prompts_repeat") })
    .describe("The interval takes images of one prompt for independent."),
  z.object({ code: z.literal("one_prompt") }).describe("There is no interval of one prompt."),
  z
    .object({ code: z.literal("without_verdict"), of: z.enum(["image", "video", "pair"]), count: asked })
    .describe("So many are not counted."),
]);

export type MissingValue = z.output<typeof missingValue>;
export type ReportCaveat = z.output<typeof reportCaveat>;
