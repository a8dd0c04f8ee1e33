import { z } from "zod";
import { SCOPES } from "@/lib/access/roles";
import { shownName } from "@/lib/schemas/shown-name";

/** What a token is made with. */
export const tokenCreation = z
  .object({
    name: shownName,
    scopes: z
      .array(z.enum(SCOPES))
      .min(1, "choose at least one")
      .transform((scopes) => SCOPES.filter((scope) => scopes.includes(scope))),
    days: z
      .number()
      .int()
      .min(1)
      .max(3650)
      .nullable()
      .default(90)
      .describe("After so many days it opens nothing any more; null: never."),
  })
  .strict();

/** A token without itself. */
export const tokenView = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string().describe("How it begins."),
  scopes: z.array(z.enum(SCOPES)),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable().describe("To the minute."),
  expiresAt: z.string().nullable(),
  isOver: z.boolean().describe("Whether it was revoked or has expired."),
});

export const tokenList = z.object({ tokens: z.array(tokenView) });

export const newToken = z.object({
  token: z.string().describe("Shown this once, and kept nowhere."),
  view: tokenView,
});

export type TokenCreation = z.output<typeof tokenCreation>;
export type TokenView = z.output<typeof tokenView>;
export type NewToken = z.output<typeof newToken>;
