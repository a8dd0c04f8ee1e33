import { z } from "zod";

/** Of the environment (lib/env.ts): who looks at images before they are shown. */
export const MODERATION_VARIABLES = {
  MODERATION_CHECK_URL: z
    .url({ protocol: /^https?$/, error: "must be an http or https address" })
    .optional()
    .describe(
      "An address of yours that looks at images of visitors' own prompts and of uploads before they are shown.",
    ),
  MODERATION_CHECK_TOKEN: z.string().optional().describe("Sent to it as Authorization: Bearer."),
};
