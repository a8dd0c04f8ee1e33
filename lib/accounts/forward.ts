import { ERROR_STATUS, SalonError, type ErrorCode } from "@/lib/errors";
import type { SecondFactorStart } from "@/lib/schemas/accounts/accounts";
import { VOTER_COOKIE } from "@/lib/votes/voter-cookie";
import { authAt, CHALLENGE_COOKIE, CODE_USED, DISABLED, NEEDS_PASSWORD, SESSION_COOKIE } from "./auth";
import { cookieOf, voterOfCookies } from "./cookies";
import { isVisitor } from "./tie-voter";

/** Who asks for something, as far as better-auth must know. */
export type Caller = {
  cookies: string | null;
  userAgent: string | null;
  /** Scheme, host and port under which the request came. */
  origin: string;
};

/** An endpoint of better-auth, below /api/auth. */
export type Call = { method: "GET" | "POST"; path: string; body?: unknown; query?: Record<string, string> };

/** What better-auth said, and the cookies to set. */
export type Forwarded = {
  /** Where to go next, if it says so. */
  url: string | null;
  /** Whether the password was right and a code is to come. */
  needsCode: boolean;
  /** A second factor that was started. */
  started: SecondFactorStart | null;
  headers: Headers;
};

type Words = { code: ErrorCode; message: string; field?: string };

const SIGN_IN_AGAIN: Words = {
  code: "unauthorised",
  message: "That took too long, or too many tries: sign in with the password again.",
};

/** What people are told of better-auth's errors; all others are told by their status alone. */
const WORDS: Record<string, Words> = {
  INVALID_EMAIL_OR_PASSWORD: {
    code: "unauthorised",
    message: "The e-mail address or the password is wrong.",
    field: "password",
  },
  EMAIL_NOT_VERIFIED: {
    code: "forbidden",
    message: "This e-mail address waits to be confirmed: open the link that has just been sent to it.",
    field: "email",
  },
  [DISABLED]: { code: "forbidden", message: "This account is disabled. Ask whoever runs the site." },
  [NEEDS_PASSWORD]: {
    code: "forbidden",
    message: "This account has a second factor: sign in with its password and a code.",
  },
  [CODE_USED]: {
    code: "unauthorised",
    message: "This code has been used. Start again, with the next one that the app shows.",
  },
  INVALID_CODE: { code: "unauthorised", message: "That is not the code.", field: "code" },
  INVALID_BACKUP_CODE: { code: "unauthorised", message: "That is not the code.", field: "code" },
  INVALID_TWO_FACTOR_COOKIE: SIGN_IN_AGAIN,
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: SIGN_IN_AGAIN,
  ACCOUNT_TEMPORARILY_LOCKED: {
    code: "rate_limited",
    message: "Too many wrong codes. Try again in a quarter of an hour.",
  },
  TOTP_ALREADY_ENABLED: { code: "conflict", message: "The second factor is on already." },
  TOTP_NOT_ENABLED: { code: "conflict", message: "No second factor waits for a code: start again." },
  BACKUP_CODES_NOT_ENABLED: { code: "conflict", message: "No second factor waits for a code: start again." },
  INVALID_PASSWORD: {
    code: "unauthorised",
    message: "That is not the current password.",
    field: "currentPassword",
  },
  INVALID_TOKEN: { code: "not_found", message: "This link has been used or has expired. Ask for another." },
  TOKEN_EXPIRED: { code: "not_found", message: "This link has expired. Ask for another." },
  INVALID_USER: { code: "forbidden", message: "This link is for another account: sign out first." },
  UNAUTHORIZED: { code: "unauthorised", message: "Please sign in first." },
};

/** What is read of its answers. */
type Said = { url: unknown; twoFactorRedirect: boolean; totpURI: string; backupCodes: string[] };

/**
 * Ask better-auth something. Its answers' bodies stay here: some hold the session's token.
 * @throws SalonError with what a person can do about a refusal
 */
export async function forward(call: Call, caller: Caller): Promise<Forwarded> {
  const response = await respondTo(call, caller);
  const location = response.headers.get("location");
  const failure = location === null ? null : errorOf(location);
  if (failure !== null) throw refusal(failure, 400);
  const answer = location === null ? await response.json().catch(() => null) : null;
  if (response.status >= 400) throw refusal((answer as { code?: string } | null)?.code, response.status);
  const { url, twoFactorRedirect, totpURI, backupCodes } = (answer ?? {}) as Partial<Said>;
  const needsCode = twoFactorRedirect === true;
  return {
    url: typeof url === "string" ? url : location,
    needsCode,
    started: totpURI && backupCodes ? { address: totpURI, backupCodes } : null,
    headers: needsCode ? challengeOnly(response.headers) : await withVoterForgotten(response.headers, caller),
  };
}

/** The answer of better-auth as it is, for a browser that the single sign-on sends back: where it goes next, and its cookies. */
export async function forwardRedirect(call: Call, caller: Caller): Promise<Response> {
  const response = await respondTo(call, caller);
  const headers = await withVoterForgotten(response.headers, caller);
  headers.set("location", response.headers.get("location") ?? "/sign-in?error=failed");
  return new Response(null, { status: 302, headers });
}

async function respondTo({ method, path, body, query }: Call, caller: Caller): Promise<Response> {
  const auth = await authAt(caller.origin);
  const base = auth.options.baseURL;
  const url = new URL(`/api/auth${path}`, base);
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
  const headers = new Headers({ origin: base });
  if (caller.cookies !== null) headers.set("cookie", caller.cookies);
  if (caller.userAgent !== null) headers.set("user-agent", caller.userAgent.slice(0, 300));
  if (body !== undefined) headers.set("content-type", "application/json");
  return auth.handler(
    new Request(url, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) }),
  );
}

const errorOf = (location: string) => new URL(location, "http://salon").searchParams.get("error");

function refusal(code: string | null | undefined, status: number): SalonError {
  const known = WORDS[code ?? ""];
  if (known !== undefined) return new SalonError(known.code, known.message, { field: known.field });
  const [byStatus] = Object.entries(ERROR_STATUS).find(([, number]) => number === status) ?? ["unavailable"];
  if (status >= 500) return new SalonError("unavailable", "That did not work here. Try again in a moment.");
  return new SalonError(
    byStatus as ErrorCode,
    status === 401 ? WORDS.UNAUTHORIZED.message : `That was refused${code ? ` (${code})` : ""}.`,
  );
}

/** Until the code has come the browser stays who it was. */
function challengeOnly(from: Headers): Headers {
  const headers = new Headers();
  for (const cookie of from.getSetCookie())
    if (cookie.startsWith(`${CHALLENGE_COOKIE}=`)) headers.append("set-cookie", cookie);
  return headers;
}

/** better-auth's cookies, and the end of a visitor's cookie that names somebody with an account now, or whose work moved there. */
async function withVoterForgotten(from: Headers, { cookies }: Caller): Promise<Headers> {
  const headers = new Headers();
  const set = from.getSetCookie();
  for (const cookie of set) headers.append("set-cookie", cookie);
  const own = set.find((cookie) => cookie.startsWith(`${SESSION_COOKIE}=`));
  if (own === undefined || cookieOf(cookies, VOTER_COOKIE) === undefined) return headers;
  const isSignedOut = /^[^=]+=;/.test(own);
  const voterId = await voterOfCookies(cookies);
  if (isSignedOut || voterId === null || !(await isVisitor(voterId)))
    headers.append("set-cookie", `${VOTER_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`);
  return headers;
}
