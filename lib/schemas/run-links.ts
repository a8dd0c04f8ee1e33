import { z } from "zod";
import { shownText } from "@/lib/schemas/shown-name";

/** Links that show one run to whoever has them, as the API and pages have them. */

export const runLinkCreation = z
  .object({
    label: shownText.default("").describe("For whom it is, for your own list."),
    days: z.number().int().min(1).max(365).default(30).describe("How long it shows the run."),
  })
  .strict();

export const runLink = z.object({
  id: z.string(),
  label: z.string(),
  expiresAt: z.string(),
  revoked: z.boolean(),
  lastUsedAt: z.string().nullable().describe("To the minute."),
  createdAt: z.string(),
});

export const newRunLink = runLink.extend({
  path: z.string().describe("The link, below the site's address. It is shown this once."),
});

export const runLinks = z.object({ links: z.array(runLink) });

export type RunLinkCreation = z.output<typeof runLinkCreation>;
export type RunLinkView = z.output<typeof runLink>;
export type NewRunLink = z.output<typeof newRunLink>;
