import { z } from "zod";

/** The body of every answer that is an error. */

export const errorResponse = z.object({
  error: z.object({ code: z.string(), message: z.string(), field: z.string().nullable() }),
});
