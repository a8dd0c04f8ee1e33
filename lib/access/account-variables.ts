import { z } from "zod";

/** What the environment says of accounts; lib/env.ts reads it. */
export const ACCOUNT_VARIABLES = {
  SALON_PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: "must be an http or https address" })
    .transform((url) => new URL(url).origin)
    .optional()
    .describe(
      "The site's own address as browsers reach it, such as https://salon.example.org: for links in e-mails and single sign-on, which need it.",
    ),
  SALON_SIGN_UP: z
    .enum(["open", "invited", "closed"])
    .optional()
    .describe(
      "Who may make an account. open: anybody; invited: who has a link (salon accounts invite) or comes by the single sign-on; closed: nobody. When unset, invited if the site is open beyond this machine, else open.",
    ),
  SALON_NEW_ACCOUNT_ROLE: z
    .enum(["VOTER", "SUBMITTER"])
    .default("VOTER")
    .describe("The role of an account that came without an invitation."),
  SALON_OWNER_EMAIL: z
    .email()
    .optional()
    .describe("Makes the owner's account without a browser, with SALON_OWNER_PASSWORD, while there is none."),
  SALON_OWNER_PASSWORD: z
    .string()
    .min(10, "must have at least 10 characters")
    .max(128, "must have at most 128 characters")
    .optional()
    .describe("The password of that account; unused once there is an owner."),
  SALON_SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: "must look like smtps://user:password@host:465" })
    .optional()
    .describe(
      "The mail server. With it, e-mail addresses are confirmed, forgotten passwords are reset and people may sign in by a link; without it none of that.",
    ),
  SALON_MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]+@[^\r\n]+$/, "must be an e-mail address")
    .optional()
    .describe("Whom e-mails come from; salon@ and the host of SALON_PUBLIC_URL when unset."),
  SALON_OIDC_ISSUER: z
    .url({ protocol: /^https?$/, error: "must be an http or https address" })
    .transform((url) => url.replace(/\/+$/, ""))
    .optional()
    .describe(
      "Single sign-on by OpenID Connect: the provider's issuer, below which its discovery document is.",
    ),
  SALON_OIDC_CLIENT_ID: z.string().optional().describe("Salon's client id there."),
  SALON_OIDC_CLIENT_SECRET: z.string().optional().describe("Its secret; unset for a public client."),
  SALON_OIDC_NAME: z.string().max(60).default("single sign-on").describe("What the sign-in page calls it."),
};

export type SignUpPolicy = "open" | "invited" | "closed";

/** What a variable needs beside it: a link in an e-mail must not lead where a request's Host header says. */
const NEEDS = [
  ["SALON_SMTP_URL", "SALON_PUBLIC_URL"],
  ["SALON_OIDC_ISSUER", "SALON_PUBLIC_URL"],
  ["SALON_OIDC_ISSUER", "SALON_OIDC_CLIENT_ID"],
  ["SALON_OWNER_EMAIL", "SALON_OWNER_PASSWORD"],
] as const;

/** Refuses variables that lack one beside them. */
export function requireTogether(
  values: Partial<Record<(typeof NEEDS)[number][number], string>>,
  context: z.RefinementCtx,
): void {
  for (const [given, needed] of NEEDS)
    if (values[given] !== undefined && values[needed] === undefined)
      context.addIssue({ code: "custom", path: [needed], message: `is needed with ${given}` });
}
