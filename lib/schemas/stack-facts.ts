import { z } from "zod";

/** What a model is made of, as the board, the run and the form say it. */

export const stackFacts = z.object({
  paradigm: z.string().nullable(),
  architecture: z.string().nullable(),
  representation: z.string().nullable(),
  textConditioning: z.string().nullable(),
});

export type StackFacts = z.output<typeof stackFacts>;
