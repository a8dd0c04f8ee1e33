import { z } from "zod";
import { SETTINGS, type Setting } from "@/lib/access/switches";
import { quotasChange, quotasView } from "@/lib/schemas/quotas";
import { revision } from "@/lib/schemas/error-response";

/** What may be set on a site while it runs; null: as the environment says. */
export const settingsChange = z
  .object({
    anonymousVoting: z.boolean().nullable().optional().describe("Whether one may vote without an account."),
    anonymousPrompts: z
      .boolean()
      .nullable()
      .optional()
      .describe(
        "Whether one may have a prompt of one's own drawn without an account, by models whose owners allow it.",
      ),
    anonymousSubmitting: z
      .boolean()
      .nullable()
      .optional()
      .describe(
        "Whether one may bring models, boards, prompts, reference sets and judges without an account.",
      ),
    quotas: quotasChange.optional(),
  } satisfies Record<Setting | "quotas", z.ZodType>)
  .strict();

const settingView = z.object({
  value: z.boolean(),
  isSet: z.boolean().describe("Whether it was set on the site; otherwise the environment decides."),
});

/** The settings as they hold now. */
export const settingsView = z.object({
  ...(Object.fromEntries(SETTINGS.map((name) => [name, settingView])) as Record<Setting, typeof settingView>),
  quotas: quotasView,
  revision,
});

export type SettingsChange = z.output<typeof settingsChange>;
export type SettingsView = z.output<typeof settingsView>;
