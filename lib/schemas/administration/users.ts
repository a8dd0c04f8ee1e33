import { z } from "zod";
import { ROLES } from "@/lib/access/roles";

const role = z.enum(ROLES).exclude(["VISITOR"]);
const when = z.string().describe("ISO 8601.");

/** The roles that an invitation may give: an owner is made by a link of the command line, or by another owner. */
export const INVITED_ROLES = ["VOTER", "SUBMITTER", "CURATOR", "ADMIN"] as const;

export const accountView = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  emailVerified: z.boolean(),
  role,
  disabledAt: when.nullable().describe("Since when nobody signs in with it."),
  secondFactor: z.boolean().describe("Whether a sign-in with the password asks for a code too."),
  createdAt: when,
});

export const accountList = z.object({
  accounts: z.array(accountView),
  next: z.string().nullable().describe("`before` of the next page; null: this is the last."),
});

/** What is changed of an account; what is not given stays. */
export const accountChange = z
  .strictObject({
    role: role.optional(),
    disabled: z.boolean().optional(),
    secondFactor: z
      .literal(false)
      .optional()
      .describe("Switches the second factor off, for somebody who lost it."),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    message: "Say what to change: role, disabled or secondFactor.",
  });

export const accountInviteCreation = z.strictObject({
  role: z.enum(INVITED_ROLES).default("VOTER"),
  email: z
    .email("Please give an e-mail address.")
    .max(254)
    .nullable()
    .default(null)
    .describe("Only for this address, which counts as confirmed then; null: for whoever has the link."),
  days: z.number().int().min(1).max(365).default(14).describe("For how long the link works."),
  send: z
    .boolean()
    .default(false)
    .describe("Whether it is sent to that address, where the site sends e-mails."),
});

export const accountInviteView = z.object({
  id: z.string(),
  role,
  email: z.string().nullable(),
  expiresAt: when.nullable(),
  createdAt: when,
});

export const accountInviteList = z.object({ invites: z.array(accountInviteView) });
export const newAccountInvite = accountInviteView.extend({
  path: z.string().describe("Of the page that makes the account, on this site. It works once."),
});

export type AccountView = z.output<typeof accountView>;
export type AccountList = z.output<typeof accountList>;
export type AccountChange = z.output<typeof accountChange>;
export type AccountInviteCreation = z.output<typeof accountInviteCreation>;
export type AccountInviteView = z.output<typeof accountInviteView>;
export type AccountInviteList = z.output<typeof accountInviteList>;
export type NewAccountInvite = z.output<typeof newAccountInvite>;
