import { z } from "zod";
import { quotaRefusal } from "@/lib/schemas/administration/quotas";

/** The body of every answer that is an error. */

export const changed = z
  .object({
    revision: z.number().int().describe("The newest revision."),
    at: z.string().nullable(),
    who: z.enum(["you", "operator", "salon", "other"]),
    name: z.string().nullable().describe("Of the account, for who runs the site."),
  })
  .describe("Who changed what you edited, after you had read it.");

export const errorResponse = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    field: z.string().nullable(),
    changed: changed.optional(),
    quota: quotaRefusal.optional(),
  }),
});

/** A thing's `revision` in answers, which a change gives back in If-Match. */
export const revision = z
  .number()
  .int()
  .describe("Counts edits. A change that says it in If-Match does not overwrite a newer one.");

export type Changed = z.output<typeof changed>;

export type ErrorResponse = z.output<typeof errorResponse>;
