import { z } from "zod";
import { accentProblem } from "@/lib/schemas/administration/accent";
import { plainText } from "@/lib/schemas/plain-text";

/** What a site is called and how it looks. Kept with the site's other settings, each by itself. */

const plain = (most: number) =>
  z
    .string()
    .trim()
    .min(1, "may not be empty: give null to go back to what it was at first")
    .max(most)
    .refine((text) => plainText(text, text.length) === text, "may not hold control characters");

const slug = z.string().regex(/^[a-z0-9-]{1,100}$/, "must be slugs of boards");

export const LOOK_FIELDS = {
  siteName: plain(40)
    .refine((name) => !/[\n\t]/.test(name), "must be one line")
    .describe("What the site is called: in its bar, its pages' titles and where links to it are shown."),
  contact: z
    .union([z.email(), z.url({ protocol: /^https?$/ })], "must be an e-mail address or an http(s) address")
    .refine((text) => text.length <= 200, "must have 200 characters at most")
    .describe("Whom people write to, at the foot of every page."),
  accent: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, "must look like #1a5c4a")
    .superRefine((hex, context) => {
      const message = /^#[0-9a-fA-F]{6}$/.test(hex) ? accentProblem(hex) : null;
      if (message !== null) context.addIssue({ code: "custom", message });
    })
    .describe("Colour of links and buttons: dark enough that white text on it can be read."),
  terms: plain(20_000).describe("Terms of use, as plain text; blank lines separate paragraphs."),
  privacy: plain(20_000).describe(
    "What the site says at /privacy of people's data besides what Salon says itself, as plain text.",
  ),
  homeBoards: z
    .array(slug)
    .min(1)
    .max(20)
    .refine((slugs) => new Set(slugs).size === slugs.length, "names a board twice")
    .describe("Boards that the home page shows, in this order; null: all that are open, the oldest first."),
  toybox: z.boolean().describe("Whether Toybox, the board that comes with Salon, stands in lists."),
} as const;

export type LookName = keyof typeof LOOK_FIELDS;
export type Look = { [N in LookName]: z.output<(typeof LOOK_FIELDS)[N]> | null };

export const LOOK_NAMES = Object.keys(LOOK_FIELDS) as LookName[];

/** Of rows of the settings table; what is not there, or holds something else than it may, is null: as at first. */
export function lookOf(rows: Record<string, unknown>): Look {
  return Object.fromEntries(
    LOOK_NAMES.map((name) => [name, LOOK_FIELDS[name].safeParse(rows[name]).data ?? null]),
  ) as Look;
}

/** What a site is called until it is given a name. */
export const FIRST_NAME = "Salon";
/** Its colour until it is given one: --accent of app/globals.css. */
export const FIRST_ACCENT = "#1a5c4a";
