import { betterAuth, type BetterAuthOptions } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { db } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { env } from "@/lib/env";
import { derivedSecret } from "@/lib/secrets/secret";
import { voterOfCookies } from "./cookies";
import { tieVoter } from "./tie-voter";

/** How long somebody stays signed in, in seconds: thirty days from when they signed in, however often they come. */
const SESSION_SECONDS = 30 * 24 * 60 * 60;

/** better-auth's first half of every cookie's name: `salon.session_token`. */
const COOKIE_PREFIX = "salon";

/** The cookie of somebody who is signed in: a random token and its signature. */
export const SESSION_COOKIE = `${COOKIE_PREFIX}.session_token`;

async function makeAuth(origin: string) {
  return betterAuth({
    ...(await coreOptions(origin)),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 128 },
  });
}

/** What holds however people sign in. */
async function coreOptions(origin: string) {
  return {
    appName: "Salon",
    baseURL: origin,
    secret: await derivedSecret("accounts"),
    database: prismaAdapter(db(), { provider: "postgresql", transaction: true }),
    telemetry: { enabled: false },
    // Ours are in the database, over all sites (lib/rate-limits).
    rateLimit: { enabled: false },
    user: {
      additionalFields: {
        role: { type: "string", input: false, required: false, defaultValue: "VOTER" },
        voterId: { type: "string", input: false, required: false, returned: false },
      },
    },
    session: { expiresIn: SESSION_SECONDS, disableSessionRefresh: true },
    account: { encryptOAuthTokens: true },
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
      session: {
        create: {
          after: async ({ userId }, context) => {
            await tieVoter({ userId, visitorId: await voterOfCookies(context?.headers?.get("cookie")) });
          },
        },
      },
    },
  } satisfies BetterAuthOptions;
}

const newToken = () => crypto.randomUUID();

export type Auth = Awaited<ReturnType<typeof makeAuth>>;

/** A site has few names; a client may make up addresses. */
const MAX_ORIGINS = 16;

const auths = new Map<string, Promise<Auth>>();

/**
 * better-auth for the site under one of its names: links in e-mails, redirects and the cookies' Secure follow from it.
 * @param origin scheme, host and port, checked before (lib/schemas/allowed-host.ts)
 */
export function authAt(origin: string = env().siteUrl): Promise<Auth> {
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
