import { z } from "zod";
import type { AccountView } from "@/lib/schemas/administration/users";

/** Shortest and longest password; better-auth holds to the same. */
export const PASSWORD_LENGTH = { min: 10, max: 128 };

const email = z.email("Please give an e-mail address.").max(254);
const newPassword = z
  .string()
  .min(PASSWORD_LENGTH.min, `Please choose at least ${PASSWORD_LENGTH.min} characters.`)
  .max(PASSWORD_LENGTH.max, `Please choose at most ${PASSWORD_LENGTH.max} characters.`);
/** Only compared, so of any length that a person may have typed. */
const password = z.string().min(1, "Please type your password.").max(1_000);
const name = z.string().trim().min(1, "Please say what to call you.").max(80);
const token = z.string().min(1).max(2_000);
/** A page of this site: one slash and no host. */
export const sitePath = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])/);

/** Bodies of POST /api/auth/...: who signs in and how. */
export const signIn = z.strictObject({ email, password });
export const signUp = z.strictObject({ name, email, password: newPassword, invite: token.optional() });
export const mailAddress = z.strictObject({ email });
export const mailLink = z.strictObject({
  token,
  /** What says that this browser asked for the link. */
  from: z.string().max(100).optional(),
});
/** The password too: nobody confirms an account that somebody else made with their address. */
export const confirmation = z.strictObject({ token, password });
export const passwordReset = z.strictObject({ token, newPassword });
export const passwordChange = z.strictObject({ currentPassword: password, newPassword });
/** Its field is not `email`: that names an account. */
export const emailChange = z.strictObject({ newEmail: email, currentPassword: password });
export const nameChange = z.strictObject({ name });
export const singleSignOn = z.strictObject({ next: sitePath.default("/account") });
/** Six digits of an app, or a backup code; people type either with spaces. */
const code = z
  .string()
  .max(40)
  .transform((text) => text.replace(/\s+/g, ""))
  .pipe(z.string().min(1, "Please type a code."));
/** The second half of a sign-in. */
export const codeCheck = z.strictObject({ code });
export const secondFactorStart = z.strictObject({ currentPassword: password });
export const secondFactorEnd = z.strictObject({ currentPassword: password, code });
export const noBody = z.strictObject({});

export type Confirmation = z.infer<typeof confirmation>;
export type SignIn = z.infer<typeof signIn>;
export type SignUp = z.infer<typeof signUp>;

/** What a sign-up came to: somebody who is signed in, or an e-mail that waits to be confirmed. */
export type SignUpAnswer = { state: "signed_in" | "mail_sent" };

/** What a sign-in came to: somebody who is signed in, or the page that asks for a code. */
export type SignInAnswer = { done: true } | { needsCode: true };

/** A second factor that waits for its first code. Nothing of it is shown again. */
export type SecondFactorStart = {
  /** otpauth:, with the secret; what apps take as a link or a QR code. */
  address: string;
  backupCodes: string[];
};

/** What the sign-in page offers. */
export type SignInChoices = {
  /** Links by e-mail and forgotten passwords. */
  mail: boolean;
  /** The single sign-on's name; null: there is none. */
  singleSignOn: string | null;
  signUp: "open" | "invited" | "closed";
};

/** Somebody's own page. */
export type AccountPage = {
  name: string;
  email: string;
  emailVerified: boolean;
  role: AccountView["role"];
  hasPassword: boolean;
  /** Whether a sign-in with the password asks for a code too. */
  secondFactor: boolean;
  /** Whether the address can be changed: the site sends e-mails, and a password says who asks. */
  mayChangeEmail: boolean;
  sessions: { id: string; browser: string; since: string; isThis: boolean }[];
};
