import { z } from "zod";

const samples = z.enum(["image", "video"]);

/** Why a reference set could not be built. */
export const referenceFailure = z.discriminatedUnion("code", [
  z
    .object({ code: z.literal("unreadable"), said: z.string() })
    .describe("Its source cannot be read, for the reason that its reader gave; the reason names the file."),
  z
    .object({
      code: z.literal("already_here"),
      of: z.enum(["statistics", ...samples.options]),
      name: z.string(),
    })
    .describe("Another set, of this name, holds the same."),
  z.object({ code: z.literal("too_few"), of: samples, n: z.number().int() }),
  z.object({ code: z.literal("broke_down") }).describe("The worker's log has the error."),
]);

/** As sets keep it: those of earlier releases are sentences. */
export const storedReferenceFailure = z.union([z.string(), referenceFailure]);

export type ReferenceFailure = z.output<typeof referenceFailure>;
export type StoredReferenceFailure = z.output<typeof storedReferenceFailure>;
