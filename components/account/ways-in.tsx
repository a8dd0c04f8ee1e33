"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { useState } from "react";
import { AccountForm, goTo } from "@/components/account/account-form";
import { ActionButton } from "@/components/account/action-button";
import { CodeForm } from "@/components/account/code-form";
import { TextField } from "@/components/forms/text-field";
import {
  mailAddress,
  signIn,
  type SignIn,
  type SignInAnswer,
  type SignInChoices,
} from "@/lib/schemas/accounts/accounts";

/** All ways in that the site has. */
export function WaysIn({ choices, next }: { choices: SignInChoices; next: string }) {
  const t = useTranslations("account");
  const [needsCode, setNeedsCode] = useState(false);
  if (needsCode) return <CodeForm onDone={() => goTo(next)} />;
  return (
    <div className="grid gap-10">
      {choices.singleSignOn !== null && (
        <ActionButton<{ url: string }>
          action="single-sign-on"
          body={{ next }}
          label={t("signIn.continueWith", { provider: choices.singleSignOn })}
          onDone={({ url }) => goTo(url)}
        />
      )}
      <section className="grid gap-5" aria-label={t("signIn.withPassword")}>
        <AccountForm<SignIn, SignIn, SignInAnswer>
          action="sign-in"
          schema={signIn}
          defaults={{ email: "", password: "" }}
          submit={t("signIn.title")}
          onDone={(answer) => ("needsCode" in answer ? setNeedsCode(true) : goTo(next))}
        >
          <TextField name="email" label={t("email")} type="email" required autoComplete="username" />
          <TextField
            name="password"
            label={t("password")}
            type="password"
            required
            autoComplete="current-password"
          />
        </AccountForm>
        <p className="text-muted text-sm">
          {choices.mail ? (
            <Link href="/sign-in/reset" className="link">
              {t("signIn.forgot")}
            </Link>
          ) : (
            t("signIn.noMail")
          )}
        </p>
      </section>
      {choices.mail && <LinkByMail />}
      {choices.signUp === "open" && (
        <p className="text-sm">
          {t.rich("signIn.noAccount", {
            link: (chunks) => (
              <Link href="/sign-up" className="link">
                {chunks}
              </Link>
            ),
          })}
        </p>
      )}
      {choices.signUp === "invited" && <p className="text-muted text-sm">{t("signIn.invited")}</p>}
    </div>
  );
}

/** Asks for an email; says the same whether the address has an account or not. */
export function MailForm({ action, sent }: { action: string; sent: "signIn.linkSent" | "reset.sent" }) {
  const t = useTranslations("account");
  const [to, setTo] = useState<string | null>(null);
  if (to !== null)
    return (
      <p role="status" className="bg-sunk rounded-md px-4 py-3 text-sm break-words">
        {t(sent, { to })}
      </p>
    );
  return (
    <AccountForm
      action={action}
      schema={mailAddress}
      defaults={{ email: "" }}
      submit={t("sendLink")}
      onDone={(_, { email }) => setTo(email)}
    >
      <TextField
        name="email"
        idPrefix={`${action.replace("/", "-")}-`}
        label={t("email")}
        type="email"
        required
        autoComplete="username"
      />
    </AccountForm>
  );
}

function LinkByMail() {
  const t = useTranslations("account");
  return (
    <section className="grid gap-5" aria-labelledby="by-mail">
      <h2 id="by-mail" className="text-xl">
        {t("signIn.withoutPassword")}
      </h2>
      <MailForm action="link/send" sent="signIn.linkSent" />
    </section>
  );
}
