import { z } from "zod";

const ORIGIN = /^(\*|https?:\/\/(\*\.)?[\w-]+(\.[\w-]+)*(:\d{1,5})?)$/;

/** Which other sites may show boards in frames. */
export const EMBED_VARIABLES = {
  EMBED_ANCESTORS: z
    .string()
    .default("")
    .transform((list) => list.split(",").flatMap((entry) => entry.trim() || []))
    .refine(
      (sites) => sites.every((site) => ORIGIN.test(site)),
      "must be origins such as https://example.org or https://*.example.org, separated by commas, or *",
    )
    .describe(
      "Sites (comma separated origins such as https://example.org or https://*.example.org; *: any) that may show the boards that everyone sees in a frame, by /embed/BOARD; nobody when unset. No other page may be framed.",
    ),
};
