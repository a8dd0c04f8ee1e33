import { takeTurn } from "@/lib/rate-limits/take-turn";
import { SalonError } from "@/lib/errors";
import type { SecondFactorStart, SignInAnswer, SignUp, SignUpAnswer } from "@/lib/schemas/accounts/accounts";
import { signText } from "@/lib/secrets/sign";
import { VOTER_COOKIE } from "@/lib/votes/voter-cookie";
import { AUTH_ACTIONS, type AuthAsk, type BodyOf } from "./actions";
import { OIDC_PROVIDER } from "./auth";
import { voterOfCookies, withoutCookie } from "./cookies";
import { createAccount, isPasswordOf, requirePassword } from "./create-account";
import { forward, type Call, type Caller, type Forwarded } from "./forward";
import { claimsOf, isOfBrowser, requireMail, writeTo } from "./mails";
import { readSession } from "./read-account";
import { checkCode, confirmSecondFactor, endSecondFactor } from "./second-factor";
import { requireSingleSignOn } from "./single-sign-on";

export type Performed = {
  answer: { url: string } | SecondFactorStart | SignInAnswer | SignUpAnswer;
  headers: Headers;
};

/**
 * Do what somebody asks of their account or of a way in. What costs a turn takes one of the address and one of the account: the
 * e-mail address that is named, or whose session asks.
 * @throws SalonError "rate_limited", and what the action itself refuses
 */
export async function performAuth(
  ask: AuthAsk,
  caller: Caller & { address: string | null; now: number },
): Promise<Performed> {
  const { turns } = AUTH_ACTIONS[ask.action];
  if (turns !== null)
    await takeTurn(turns, { voterId: await accountKey(ask, caller), address: caller.address });
  if (ask.action === "sign-up") return signUp(ask.body, caller);
  const { url, needsCode, started, headers } = await answerOf(ask, caller);
  if (started !== null) return { answer: started, headers };
  if (needsCode) return { answer: { needsCode }, headers };
  return { answer: url === null ? { done: true } : { url }, headers };
}

/** Under which an account's turns are counted: no e-mail address stands in the table of limits. */
async function accountKey({ body }: AuthAsk, { cookies }: Caller): Promise<string | null> {
  if ("email" in body) return signText("account-turns", body.email.toLowerCase());
  return (await readSession(cookies))?.userId ?? null;
}

function answerOf(
  ask: Exclude<AuthAsk, { action: "sign-up" }>,
  caller: Caller & { address: string | null; now: number },
): Promise<Forwarded> {
  const post = (path: string, body: unknown = {}) => forward({ method: "POST", path, body }, caller);
  switch (ask.action) {
    case "sign-in":
      return post("/sign-in/email", ask.body);
    case "second-factor/check":
      return checkCode(ask.body.code, caller);
    case "second-factor/start":
      return post("/two-factor/enable", { password: ask.body.currentPassword });
    case "second-factor/confirm":
      return confirmSecondFactor(ask.body.code, caller);
    case "second-factor/end":
      return endSecondFactor(ask.body, caller);
    case "sign-out":
      return post("/sign-out");
    case "single-sign-on":
      requireSingleSignOn();
      return post("/sign-in/social", {
        provider: OIDC_PROVIDER,
        callbackURL: ask.body.next,
        errorCallbackURL: "/sign-in",
        disableRedirect: true,
      });
    case "link/send":
      requireMail();
      return post("/sign-in/magic-link", ask.body);
    case "link/use":
      requireMail();
      return useLink(ask.body, caller);
    case "confirmation/send":
      requireMail();
      return post("/send-verification-email", ask.body);
    case "confirmation/use":
      requireMail();
      return confirm(ask.body, caller);
    case "reset/send":
      requireMail();
      return post("/request-password-reset", ask.body);
    case "reset/use":
      return post("/reset-password", ask.body);
    case "password":
      return post("/change-password", { ...ask.body, revokeOtherSessions: true });
    case "email":
      requireMail();
      return changeEmail(ask.body, caller);
    case "name":
      return post("/update-user", ask.body);
    case "other-sessions/end":
      return post("/revoke-other-sessions");
  }
}

/** Make an account, and sign in to it unless its address must be confirmed first. */
async function signUp(body: SignUp, caller: Caller & { now: number }): Promise<Performed> {
  const { email, password } = body;
  const state = await createAccount({ ...body, now: caller.now });
  const next: Call =
    state === "ready"
      ? { method: "POST", path: "/sign-in/email", body: { email, password } }
      : // It writes to whom it concerns and takes its time for all others too.
        { method: "POST", path: "/send-verification-email", body: { email } };
  const { headers } = await forward(next, caller);
  return { answer: { state: state === "ready" ? "signed_in" : "mail_sent" }, headers };
}

/** Sign in by a link: with the work of this browser's visitor only where this browser asked for the link. */
async function useLink(body: { token: string; from?: string }, caller: Caller): Promise<Forwarded> {
  const visitorId = await voterOfCookies(caller.cookies);
  const isOwn = visitorId !== null && (await isOfBrowser(body.from ?? "", visitorId));
  const cookies = isOwn ? caller.cookies : withoutCookie(caller.cookies, VOTER_COOKIE);
  const call: Call = { method: "GET", path: "/magic-link/verify", query: { token: body.token } };
  return forward(call, { ...caller, cookies });
}

/** Send a link to a new address, which becomes the account's once it is followed. */
async function changeEmail(
  { newEmail, currentPassword }: BodyOf<"email">,
  caller: Caller & { address: string | null },
): Promise<Forwarded> {
  const session = await readSession(caller.cookies);
  if (session === null) throw new SalonError("unauthorised", "Please sign in first.");
  await requirePassword({ userId: session.userId, password: currentPassword, field: "currentPassword" });
  const voterId = await signText("account-turns", newEmail.toLowerCase());
  await takeTurn("account-mail", { voterId, address: caller.address });
  return forward({ method: "POST", path: "/change-email", body: { newEmail } }, caller);
}

/** Confirm an address with its account's password, and sign in; of an account that had another one, that is told. */
async function confirm(body: { token: string; password: string }, caller: Caller): Promise<Forwarded> {
  const { email = null, updateTo } = claimsOf(body.token);
  if (email === null) throw new SalonError("not_found", "This link was never valid. Ask for another.");
  if (!(await isPasswordOf(email, body.password)))
    throw new SalonError("unauthorised", "That is not the password of this account.", { field: "password" });
  await forward({ method: "GET", path: "/verify-email", query: { token: body.token } }, caller);
  if (updateTo !== undefined) writeTo(email, "address-changed");
  const credentials = { email: updateTo ?? email, password: body.password };
  return forward({ method: "POST", path: "/sign-in/email", body: credentials }, caller);
}
