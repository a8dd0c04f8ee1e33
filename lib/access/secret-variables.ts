import { z } from "zod";

/** Variables of what signs and seals. */
export const SECRET_VARIABLES = {
  SALON_SECRET: z
    .string()
    .min(32, "must have at least 32 characters")
    .optional()
    .describe(
      "Signs voters' cookies and battle tokens, and seals stored API keys unless there are keys for that. Made and kept in the data directory when unset; set it when several machines share one database.",
    ),
  SEALING_KEYS: z
    .string()
    .transform((list) => list.split(",").map((entry) => entry.trim()))
    .refine(
      (keys) => keys.every((key) => /^[0-9a-f]{64}$/i.test(key)),
      "must be keys of 64 hexadecimal digits, separated by commas",
    )
    .optional()
    .describe(
      "Keys (comma separated) that seal stored API keys and webhooks' secrets: the first seals, all of them open. When unset, those that `salon keys rotate` keeps in the data directory. Set it when several machines share one database.",
    ),
};
