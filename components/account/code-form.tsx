"use client";

import { useTranslations } from "next-intl";
import { AccountForm } from "@/components/account/account-form";
import { TextField } from "@/components/forms/text-field";
import { codeCheck } from "@/lib/schemas/accounts/accounts";

/** The second half of a sign-in, after the password was right. */
export function CodeForm({ onDone }: { onDone: () => void }) {
  const t = useTranslations("account");
  return (
    <AccountForm
      action="second-factor/check"
      schema={codeCheck}
      defaults={{ code: "" }}
      submit={t("signIn.title")}
      onDone={onDone}
    >
      <TextField
        name="code"
        label={t("code")}
        hint={t("signIn.codeHint")}
        required
        autoComplete="one-time-code"
      />
      <p className="text-muted text-sm">
        {t.rich("signIn.lost", {
          link: (chunks) => (
            <a href="/sign-in" className="link">
              {chunks}
            </a>
          ),
        })}
      </p>
    </AccountForm>
  );
}
