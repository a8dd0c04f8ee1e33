import { env } from "@/lib/env";
import type { SignInChoices } from "@/lib/schemas/accounts/accounts";

/** The ways in that the site has. */
export function signInChoices(): SignInChoices {
  const { SALON_SMTP_URL, SALON_OIDC_ISSUER, SALON_OIDC_NAME, signUp } = env();
  return {
    mail: SALON_SMTP_URL !== undefined,
    singleSignOn: SALON_OIDC_ISSUER === undefined ? null : SALON_OIDC_NAME,
    signUp,
  };
}
