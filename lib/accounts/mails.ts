import { z } from "zod";
import { env } from "@/lib/env";
import { sendMail } from "@/lib/mail/send-mail";
import { SalonError } from "@/lib/errors";
import { signText, verifyText } from "@/lib/secrets/sign";

/** What is written to people. Nothing in it is theirs to choose, so that nobody can have Salon write to others in their words. */
const MAILS = {
  "sign-in": {
    path: "/sign-in/link",
    subject: "Sign in to Salon",
    says: "Somebody, probably you, asked for a link to sign in. It works once, for ten minutes.",
    button: "Sign in",
  },
  reset: {
    path: "/sign-in/reset",
    subject: "A new password for Salon",
    says: "Somebody, probably you, asked to choose a new password. The link works once, for an hour.",
    button: "Choose a new password",
  },
  confirm: {
    path: "/sign-in/confirm",
    subject: "Confirm your e-mail address for Salon",
    says: "Somebody, probably you, made an account with this address. Confirm that it is yours within a day.",
    button: "Confirm the address",
  },
  "new-address": {
    path: "/sign-in/confirm",
    subject: "Confirm your new e-mail address for Salon",
    says: "Somebody, probably you, wants this to be the address of their account. Confirm it within a day.",
    button: "Confirm the address",
  },
  "address-changed": {
    path: "/sign-in",
    subject: "Your account at Salon has another e-mail address",
    says: "The e-mail address of your account was changed to another one, with its password.",
    button: "Sign in",
    ignore: "If it was not you, tell whoever runs the site.",
  },
  invite: {
    path: "/sign-up",
    subject: "An invitation to Salon",
    says: "Whoever runs this site invites you to make an account. The link works once, and only for this address.",
    button: "Make the account",
  },
  "has-account": {
    path: "/sign-in",
    subject: "You have an account at Salon",
    says: "Somebody, probably you, wanted to make an account with this address, which has one. Sign in with it; the page also helps with a forgotten password.",
    button: "Sign in",
  },
} as const satisfies Record<string, Mail>;

interface Mail {
  path: string;
  subject: string;
  says: string;
  button: string;
  /** What to do if it was somebody else; nothing, unless told. */
  ignore?: string;
}

const addressClaims = z.object({ email: z.string(), updateTo: z.string().optional() });

export type MailKind = keyof typeof MAILS;

const IGNORE = "If it was not you, nothing needs to be done.";

/**
 * Write to somebody, without waiting for the mail server: how long an answer takes tells nobody whether an email went out. One that
 * could not be sent is logged; its reader asks again.
 */
export function writeTo(to: string, kind: MailKind, query: Record<string, string> = {}): void {
  const { path, subject, says, button, ignore = IGNORE }: Mail = MAILS[kind];
  const url = new URL(path, env().SALON_PUBLIC_URL);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const text = `${says}\n\n${url.href}\n\n${ignore}\n`;
  const link = url.href.replaceAll("&", "&amp;");
  const html = `<p>${says}</p><p><a href="${link}">${button}</a></p><p>${ignore}</p>`;
  sendMail({ to, subject, text, html }).catch((error: unknown) =>
    console.error(`error: an e-mail (${subject}) could not be sent:`, error),
  );
}

/**
 * What a link in an e-mail says of the browser that asked for it. Whoever is sent somebody else's link signs in by it as
 * somebody else, which must not take their own work along.
 */
export const markOfBrowser = (visitorId: string | null) =>
  visitorId === null ? Promise.resolve("") : signText("mail-link", visitorId);

/** Whether the browser of a visitor asked for the link itself. */
export const isOfBrowser = (mark: string, visitorId: string) => verifyText("mail-link", visitorId, mark);

/** @throws SalonError unavailable where Salon sends no e-mails */
export function requireMail(): void {
  if (env().SALON_SMTP_URL === undefined)
    throw new SalonError("unavailable", "This site sends no e-mails. Ask whoever runs it.", {
      retryable: false,
    });
}

/** The address that a link is for, and the one that it makes of it; whether the link is genuine, better-auth says. */
export function claimsOf(token: string): { email?: string; updateTo?: string } {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    return addressClaims.parse(payload);
  } catch {
    return {};
  }
}

/** Whether a link that confirms an address makes it that of an account which has another. */
export const changesAddress = (token: string): boolean => claimsOf(token).updateTo !== undefined;
