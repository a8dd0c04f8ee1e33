import { z } from "zod";
import { SETTINGS, type Setting } from "@/lib/access/switches";
import { quotasChange, quotasView } from "@/lib/schemas/administration/quotas";
import { LOOK_FIELDS, type LookName } from "@/lib/schemas/administration/site-look";
import { revision } from "@/lib/schemas/error-response";

/** What may be set on a site while it runs; null: as the environment says, or as it was at first. */
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
    siteName: LOOK_FIELDS.siteName.nullable().optional(),
    contact: LOOK_FIELDS.contact.nullable().optional(),
    accent: LOOK_FIELDS.accent.nullable().optional(),
    terms: LOOK_FIELDS.terms.nullable().optional(),
    privacy: LOOK_FIELDS.privacy.nullable().optional(),
    homeBoards: LOOK_FIELDS.homeBoards.nullable().optional(),
    toybox: LOOK_FIELDS.toybox.nullable().optional(),
  } satisfies Record<Setting | "quotas" | LookName, z.ZodType>)
  .strict();

const settingView = z.object({
  value: z.boolean(),
  isSet: z.boolean().describe("Whether it was set on the site; otherwise the environment decides."),
});

/** The settings as they hold now. */
export const settingsView = z.object({
  ...(Object.fromEntries(SETTINGS.map((name) => [name, settingView])) as Record<Setting, typeof settingView>),
  quotas: quotasView,
  look: z
    .object({
      siteName: LOOK_FIELDS.siteName.nullable(),
      contact: LOOK_FIELDS.contact.nullable(),
      accent: LOOK_FIELDS.accent.nullable(),
      terms: LOOK_FIELDS.terms.nullable(),
      privacy: LOOK_FIELDS.privacy.nullable(),
      homeBoards: LOOK_FIELDS.homeBoards.nullable(),
      toybox: LOOK_FIELDS.toybox.nullable(),
    })
    .describe("The site's name, colour and texts; null: not set, so as at first."),
  logo: z
    .string()
    .nullable()
    .describe("The site's logo is at /media/logo/{logo}; null: it has none of its own."),
  revision,
});

export type SettingsChange = z.output<typeof settingsChange>;
export type SettingsView = z.output<typeof settingsView>;
