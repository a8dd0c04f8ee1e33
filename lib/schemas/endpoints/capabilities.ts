import { z } from "zod";

/** What an endpoint was found to do when it was tested. /api/openapi.json is made from it. */

/** What became of an order, as lib/providers/outcome.ts has it. */
export const orderOutcome = z.enum([
  "ok",
  "refused",
  "rate_limited",
  "out_of_credit",
  "loading",
  "invalid",
  "timeout",
  "transient",
]);

const testCall = z.object({
  seed: z.number().int().nullable().describe("As it was sent; null: none was."),
  outcome: orderOutcome,
  latencyMs: z.number().int(),
  inferenceMs: z.number().int().nullable().describe("What the endpoint says it computed."),
  costUsd: z.number().nullable().describe("What the endpoint says it charged."),
});

export const seedVerdict = z
  .enum(["honoured", "roughly", "ignored", "fixed", "none", "unknown"])
  .describe(
    "honoured: one seed gives one image, another gives another. roughly: one seed gives similar images. ignored: one seed gives images as different as two seeds do. fixed: whatever the seed, the image of a prompt is the same. none: the format has no field for a seed, or the endpoint refuses it.",
  );

export const sizeVerdict = z
  .enum(["exact", "shape", "other"])
  .describe("shape: the ratio that was asked for, with other pixels, as formats do that are told a ratio.");

export const fileMetadata = z
  .enum(["exif", "xmp", "iptc", "c2pa", "text", "comment"])
  .describe("text: text chunks of a PNG, such as the prompt and the program that drew it.");

export const capability = z.object({
  testedAt: z.string(),
  outcome: orderOutcome.describe("ok where an image of the right size came."),
  calls: z.array(testCall).describe("In their order: a seed, another, and the first again."),
  size: z.object({ asked: z.string(), came: z.string().nullable(), verdict: sizeVerdict.nullable() }),
  seed: z.object({
    verdict: seedVerdict,
    sameLevels: z
      .number()
      .nullable()
      .describe("How far two images of one seed are apart: mean difference of 8x8 averages, 0 to 255."),
    otherLevels: z.number().nullable().describe("The same of images of different seeds."),
  }),
  mediaType: z.string().nullable(),
  transparent: z.boolean().nullable(),
  metadata: z.array(fileMetadata).describe("What its files say besides the picture."),
  textKeys: z.array(z.string()).describe("Names of a PNG's text chunks."),
});

export type OrderOutcome = z.output<typeof orderOutcome>;
export type SeedVerdict = z.output<typeof seedVerdict>;
export type SizeVerdict = z.output<typeof sizeVerdict>;
export type FileMetadata = z.output<typeof fileMetadata>;
export type Capability = z.output<typeof capability>;
export type TestCall = Capability["calls"][number];
