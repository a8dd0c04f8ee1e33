"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { AccountForm, goTo } from "@/components/account/account-form";
import { ActionButton } from "@/components/account/action-button";
import { CodeForm } from "@/components/account/code-form";
import { TextField } from "@/components/forms/text-field";
import {
  confirmation,
  passwordReset,
  type Confirmation,
  type SignInAnswer,
} from "@/lib/schemas/accounts/accounts";

/** Signs in by an email's link. Only the press does: a mail scanner that opens links uses none up. */
export function UseLink({ token, from }: { token: string; from: string }) {
  const t = useTranslations("account");
  return (
    <ActionButton
      action="link/use"
      body={{ token, from }}
      label={t("signIn.title")}
      isPrimary
      onDone={() => goTo("/account")}
    />
  );
}

/** Confirms an address, with the password of the account that was made with it. */
export function ConfirmAddress({ token }: { token: string }) {
  const t = useTranslations("account");
  const [needsCode, setNeedsCode] = useState(false);
  if (needsCode) return <CodeForm onDone={() => goTo("/account")} />;
  return (
    <AccountForm<{ password: string }, Confirmation, SignInAnswer>
      action="confirmation/use"
      schema={confirmation}
      defaults={{ password: "" }}
      fixed={{ token }}
      submit={t("confirm.submit")}
      onDone={(answer) => ("needsCode" in answer ? setNeedsCode(true) : goTo("/account"))}
    >
      <TextField
        name="password"
        label={t("password")}
        type="password"
        required
        autoComplete="current-password"
        hint={t("confirm.hint")}
      />
    </AccountForm>
  );
}

/** Chooses a new password by an email's link. */
export function NewPassword({ token }: { token: string }) {
  const t = useTranslations("account");
  return (
    <AccountForm
      action="reset/use"
      schema={passwordReset}
      defaults={{ newPassword: "" }}
      fixed={{ token }}
      submit={t("reset.submit")}
      onDone={() => goTo("/sign-in")}
    >
      <TextField
        name="newPassword"
        label={t("newPassword")}
        type="password"
        required
        autoComplete="new-password"
        hint={t("reset.hint")}
      />
    </AccountForm>
  );
}
