import { betterAuth, type BetterAuthOptions } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { APIError } from "better-auth/api";
import { genericOAuth, magicLink, twoFactor } from "better-auth/plugins";
import { recordChange } from "@/lib/audit/record-change";
import { db, inTransaction } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { env } from "@/lib/env";
import { derivedSecret } from "@/lib/secrets/secret";
import { PASSWORD_LENGTH } from "@/lib/schemas/accounts/accounts";
import { COOKIE_PREFIX, voterOfCookies } from "./cookies";
import { changesAddress, markOfBrowser, writeTo } from "./mails";
import { tieVoter } from "./tie-voter";
import { spendCode } from "./spend-code";

/** How long somebody stays signed in, in seconds: thirty days from when they signed in, however often they come. */
export const SESSION_SECONDS = 30 * 24 * 60 * 60;

/** The one provider of single sign-on, as it stands in addresses and in accounts. */
export const OIDC_PROVIDER = "oidc";

/** The cookie of somebody who is signed in: a random token and its signature. */
export const SESSION_COOKIE = `${COOKIE_PREFIX}.session_token`;

/** What a sign-in with a disabled account is answered with. */
export const DISABLED = "ACCOUNT_DISABLED";

/** The cookie of somebody whose password was right and whose code is still to come. */
export const CHALLENGE_COOKIE = `${COOKIE_PREFIX}.two_factor`;

/** What a sign-in by a link is answered with where the account has a second factor. */
export const NEEDS_PASSWORD = "SECOND_FACTOR_NEEDS_PASSWORD";

/** What a code is answered with that was right once. */
export const CODE_USED = "CODE_USED";

async function makeAuth(origin: string) {
  const hasMail = env().SALON_SMTP_URL !== undefined;
  return betterAuth({
    ...(await coreOptions(origin)),
    emailAndPassword: {
      enabled: true,
      // Accounts are made by create-account.ts, which knows invitations.
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
      requireEmailVerification: hasMail,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: hasMail
        ? async ({ user, token }) => writeTo(user.email, "reset", { token })
        : undefined,
    },
    emailVerification: {
      expiresIn: 24 * 60 * 60,
      // Who knows the password asks for another email by signing in.
      sendOnSignIn: true,
      sendVerificationEmail: async ({ user, token }) =>
        writeTo(user.email, changesAddress(token) ? "new-address" : "confirm", { token }),
    },
    plugins: [secondFactor(), ...(hasMail ? [linkByMail()] : []), ...singleSignOn()],
  });
}

/** Codes of an app (RFC 6238) and backup codes. Secrets are encrypted; after ten wrong codes an account waits a quarter of an hour. */
const secondFactor = () =>
  twoFactor({ accountLockout: { enabled: true, maxFailedAttempts: 10, durationSeconds: 15 * 60 } });

/** Sign-in by a link. An address without an account is written nothing, and the answer is the same. */
const linkByMail = () =>
  magicLink({
    disableSignUp: true,
    storeToken: "hashed",
    expiresIn: 10 * 60,
    sendMagicLink: async ({ email, token }, context) => {
      const from = await markOfBrowser(await voterOfCookies(context?.headers?.get("cookie")));
      const user = await db().user.findUnique({ where: { email: email.toLowerCase() } });
      if (user !== null) writeTo(user.email, "sign-in", { token, from });
    },
  });

/** OpenID Connect by the environment: discovery, PKCE, state and nonce, an id token that is signed, of this issuer and for us. */
function singleSignOn() {
  const { SALON_OIDC_ISSUER, SALON_OIDC_CLIENT_ID, SALON_OIDC_CLIENT_SECRET, SALON_OIDC_NAME, signUp } =
    env();
  if (SALON_OIDC_ISSUER === undefined || SALON_OIDC_CLIENT_ID === undefined) return [];
  const provider = {
    providerId: OIDC_PROVIDER,
    name: SALON_OIDC_NAME,
    discoveryUrl: `${SALON_OIDC_ISSUER}/.well-known/openid-configuration`,
    clientId: SALON_OIDC_CLIENT_ID,
    clientSecret: SALON_OIDC_CLIENT_SECRET,
    scopes: ["openid", "email", "profile"],
    pkce: true,
    requireIdTokenVerification: true,
    disableSignUp: signUp === "closed",
    // Its picture would be a request to somebody else from our pages.
    mapProfileToUser: ({ name, email }: { name?: string; email?: string | null }) => ({
      name: name ?? email?.split("@")[0] ?? "",
      image: undefined,
    }),
  };
  return [genericOAuth({ config: [provider] })];
}

/** What holds however people sign in. */
async function coreOptions(origin: string) {
  return {
    appName: "Salon",
    baseURL: origin,
    secret: await derivedSecret("accounts"),
    database: prismaAdapter(db(), { provider: "postgresql", transaction: true }),
    telemetry: { enabled: false },
    // Wrong passwords are no news, and people's addresses belong into no log.
    logger: { level: "error", disableColors: true },
    // Ours are in the database, over all sites (lib/rate-limits).
    rateLimit: { enabled: false },
    user: {
      changeEmail: { enabled: env().SALON_SMTP_URL !== undefined },
      additionalFields: {
        role: {
          type: "string",
          input: false,
          required: false,
          defaultValue: env().SALON_NEW_ACCOUNT_ROLE,
        },
        voterId: { type: "string", input: false, required: false, returned: false },
      },
    },
    session: { expiresIn: SESSION_SECONDS, disableSessionRefresh: true },
    account: { updateAccountOnSignIn: false },
    verification: { storeIdentifier: "hashed" },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      // A name that does not depend on the scheme; Secure is set as the voter's cookie has it.
      useSecureCookies: false,
      defaultCookieAttributes: {
        httpOnly: true,
        sameSite: "lax",
        path: "/",
        secure: origin.startsWith("https:"),
      },
      ipAddress: { disableIpTracking: true },
      database: { generateId: ({ model }) => (model === "user" ? newId("user") : newToken()) },
    },
    databaseHooks: {
      account: {
        create: {
          // Nothing is asked of the provider in somebody's name later, so none of its tokens is kept.
          before: async (account) => ({
            data: { ...account, accessToken: null, refreshToken: null, idToken: null },
          }),
        },
      },
      user: {
        create: {
          // Accounts with a password are made by create-account.ts, which records them itself.
          after: async ({ id }) => {
            const by = { voterId: null, via: { userId: id, tokenId: null, addressHash: null } };
            const after = { role: env().SALON_NEW_ACCOUNT_ROLE, singleSignOn: true };
            const subject = { kind: "account", id, label: id };
            await inTransaction((tx) =>
              recordChange(tx, { by, action: "accounts.create", subject, before: null, after }),
            );
          },
        },
      },
      session: {
        create: {
          before: async ({ userId }, context) => {
            const user = await db().user.findUnique({ where: { id: userId } });
            if (user?.disabledAt) throw new APIError("FORBIDDEN", { code: DISABLED, message: DISABLED });
            // The link would be a way around the code.
            if (user?.twoFactorEnabled && context?.path === "/magic-link/verify")
              throw new APIError("FORBIDDEN", { code: NEEDS_PASSWORD, message: NEEDS_PASSWORD });
            if (context?.path !== "/two-factor/verify-totp") return;
            const { code } = context.body as { code: string };
            if (!(await spendCode({ userId, code, now: Date.now() })))
              throw new APIError("UNAUTHORIZED", { code: CODE_USED, message: CODE_USED });
          },
          after: async ({ userId }, context) => {
            // The password alone makes a session that is ended before the code is asked for.
            const user = await db().user.findUnique({ where: { id: userId } });
            if (user?.twoFactorEnabled && context?.path === "/sign-in/email") return;
            await tieVoter({ userId, visitorId: await voterOfCookies(context?.headers?.get("cookie")) });
          },
        },
      },
    },
  } satisfies BetterAuthOptions;
}

const newToken = () => crypto.randomUUID();

export type Auth = Awaited<ReturnType<typeof makeAuth>>;

let sessions: Promise<ReturnType<typeof readerOf>> | undefined;

const readerOf = (options: Awaited<ReturnType<typeof coreOptions>>) => betterAuth(options);

/** better-auth for reading sessions alone: no provider of single sign-on is asked anything first. */
export function sessionReader() {
  return (sessions ??= coreOptions(env().siteUrl).then(readerOf));
}

/** A site has few names; a client may make up addresses. */
const MAX_ORIGINS = 16;

const auths = new Map<string, Promise<Auth>>();

/**
 * better-auth for the site under one of its names: links in e-mails, redirects and the cookies' Secure follow from it.
 * @param requested scheme, host and port of the request, checked before (lib/schemas/allowed-host.ts); SALON_PUBLIC_URL comes first
 */
export function authAt(requested: string): Promise<Auth> {
  const origin = env().SALON_PUBLIC_URL ?? requested;
  const known = auths.get(origin);
  if (known !== undefined) return known;
  const made = makeAuth(origin).catch((error: unknown) => {
    auths.delete(origin);
    throw error;
  });
  auths.set(origin, made);
  const [oldest] = auths.keys();
  if (auths.size > MAX_ORIGINS && oldest !== undefined) auths.delete(oldest);
  return made;
}
