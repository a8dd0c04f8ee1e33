import { z } from "zod";

/** What a model is made of, as the board, the run and the form say it. */

export const stackFacts = z.object({
  paradigm: z.string().nullable(),
  architecture: z.string().nullable(),
  representation: z.string().nullable(),
  textConditioning: z.string().nullable(),
});

/** Who brought a model in: it ships with Salon, the operator added it, or a visitor did, without an account. */
export const submittedBy = z.enum(["bundled", "operator", "visitor"]);

export type SubmittedBy = z.output<typeof submittedBy>;
export type StackFacts = z.output<typeof stackFacts>;
