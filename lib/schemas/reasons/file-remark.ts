import { z } from "zod";

const files = z.number().int();

/** What is odd about a set of images before any model looks at it (lib/metrics/forensics.ts). */
export const fileRemark = z.discriminatedUnion("code", [
  z.object({ code: z.literal("unreadable"), files }),
  z
    .object({ code: z.literal("exact_copies"), files })
    .describe("Files that another one equals, less one of each."),
  z.object({ code: z.literal("alike"), files }).describe("The same of images that only look alike."),
  z.object({ code: z.literal("mixed_resolutions"), resolutions: z.number().int() }),
  z.object({ code: z.literal("mixed_formats"), formats: z.array(z.string()) }),
  z.object({ code: z.literal("lossy") }).describe("JPEG files are among them."),
  z.object({ code: z.literal("narrow_range"), files }).describe("Nearly flat images, or of few values."),
  z
    .object({
      code: z.enum(["other_formats", "other_resolutions"]),
      samples: z.array(z.string()),
      reference: z.array(z.string()),
    })
    .describe("What samples have and their reference has not, and what the reference has."),
]);

/** As examinations keep it: those of earlier releases are sentences. */
export const storedFileRemark = z.union([z.string(), fileRemark]);

export type FileRemark = z.output<typeof fileRemark>;
export type StoredFileRemark = z.output<typeof storedFileRemark>;
