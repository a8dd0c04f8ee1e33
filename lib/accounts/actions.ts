import type { z } from "zod";
import type { Limited } from "@/lib/rate-limits/take-turn";
import {
  codeCheck,
  confirmation,
  emailChange,
  mailAddress,
  mailLink,
  nameChange,
  noBody,
  passwordChange,
  passwordReset,
  secondFactorEnd,
  secondFactorStart,
  signIn,
  signUp,
  singleSignOn,
} from "@/lib/schemas/accounts/accounts";

/**
 * What may be asked below /api/auth, by POST: its body, and of which limit it takes a turn. All else that better-auth has is not
 * reachable.
 */
export const AUTH_ACTIONS = {
  "sign-in": { body: signIn, turns: "sign-in" },
  "second-factor/check": { body: codeCheck, turns: "sign-in" },
  "sign-up": { body: signUp, turns: "sign-up" },
  "sign-out": { body: noBody, turns: null },
  "single-sign-on": { body: singleSignOn, turns: "sign-in" },
  "link/send": { body: mailAddress, turns: "account-mail" },
  "link/use": { body: mailLink, turns: "sign-in" },
  "confirmation/send": { body: mailAddress, turns: "account-mail" },
  "confirmation/use": { body: confirmation, turns: "sign-in" },
  "reset/send": { body: mailAddress, turns: "account-mail" },
  "reset/use": { body: passwordReset, turns: "sign-in" },
  password: { body: passwordChange, turns: "sign-in" },
  email: { body: emailChange, turns: "sign-in" },
  "second-factor/start": { body: secondFactorStart, turns: "sign-in" },
  "second-factor/confirm": { body: codeCheck, turns: "sign-in" },
  "second-factor/end": { body: secondFactorEnd, turns: "sign-in" },
  name: { body: nameChange, turns: "sign-in" },
  "other-sessions/end": { body: noBody, turns: null },
} as const satisfies Record<string, { body: z.ZodType; turns: Limited | null }>;

export type AuthAction = keyof typeof AUTH_ACTIONS;
export type BodyOf<A extends AuthAction> = z.output<(typeof AUTH_ACTIONS)[A]["body"]>;

/** An action and its body. */
export type AuthAsk = { [A in AuthAction]: { action: A; body: BodyOf<A> } }[AuthAction];

export const isAuthAction = (text: string): text is AuthAction => Object.hasOwn(AUTH_ACTIONS, text);
