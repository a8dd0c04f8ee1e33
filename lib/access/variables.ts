import { z } from "zod";
import { parseQuotas } from "@/lib/access/quotas";
import { MODERATION_VARIABLES } from "@/lib/access/moderation-variables";

export const onOff = z.enum(["true", "false"]).transform((value) => value === "true");

/** Of the environment (lib/env.ts): what people without an account may do, who looks at their images, and whom the command line is on another Salon. */
export const ACCESS_VARIABLES = {
  ANONYMOUS_VOTING: onOff
    .default(true)
    .describe(
      "Whether one may vote without an account, until it is set on the site itself (salon settings).",
    ),
  ANONYMOUS_PROMPTS: onOff
    .default(true)
    .describe(
      "Whether one may have a prompt of one's own drawn without an account, by models whose owners allow it, until it is set on the site itself.",
    ),
  ANONYMOUS_SUBMITTING: onOff
    .optional()
    .describe(
      "Whether one may bring models, boards, prompts, reference sets and judges without an account, until it is set on the site itself. When unset, only while nobody but this machine reaches the site and no account owns it.",
    ),
  QUOTAS: z
    .string()
    .default("")
    .transform((text, context) => {
      const quotas = parseQuotas(text);
      if (typeof quotas !== "string") return quotas;
      context.addIssue({ code: "custom", message: quotas });
      return z.NEVER;
    })
    .describe(
      'What each role may use in a day or an hour (docs/access.md), where it is not as usual and not set on the site itself: "visitor.runs=5 curator.judging=none".',
    ),
  ...MODERATION_VARIABLES,
  SALON_TOKEN: z
    .string()
    .regex(/^salon_[\w-]{32}$/, "must be a token as /account/tokens makes them")
    .optional()
    .describe(
      "A token of your account on the Salon that `salon submit` and `salon runs` speak to, instead of `salon login`.",
    ),
};
