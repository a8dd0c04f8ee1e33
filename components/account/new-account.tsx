"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { AccountForm, goTo } from "@/components/account/account-form";
import { TextField } from "@/components/forms/text-field";
import { PASSWORD_LENGTH, signUp, type SignUp, type SignUpAnswer } from "@/lib/schemas/accounts/accounts";

/** Makes an account, by an invitation's token or without one. */
export function NewAccount({ invite, email = "" }: { invite?: string; email?: string }) {
  const t = useTranslations("account");
  const [sentTo, setSentTo] = useState<string | null>(null);
  if (sentTo !== null)
    return (
      <p role="status" className="bg-sunk rounded-md px-4 py-3 break-words">
        {t("signUp.sent", { to: sentTo })}
      </p>
    );
  return (
    <AccountForm<{ name: string; email: string; password: string }, SignUp, SignUpAnswer>
      action="sign-up"
      schema={signUp}
      defaults={{ name: "", email, password: "" }}
      fixed={invite === undefined ? undefined : { invite }}
      submit={t("signUp.submit")}
      onDone={({ state }, body) => (state === "signed_in" ? goTo("/account") : setSentTo(body.email))}
    >
      <TextField name="name" label={t("name")} required autoComplete="name" />
      <TextField name="email" label={t("email")} type="email" required autoComplete="username" />
      <TextField
        name="password"
        label={t("password")}
        type="password"
        required
        autoComplete="new-password"
        hint={t("signUp.passwordHint", { min: PASSWORD_LENGTH.min })}
      />
    </AccountForm>
  );
}
