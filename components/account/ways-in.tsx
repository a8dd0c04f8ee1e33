"use client";

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
  const [needsCode, setNeedsCode] = useState(false);
  if (needsCode) return <CodeForm onDone={() => goTo(next)} />;
  return (
    <div className="grid gap-10">
      {choices.singleSignOn !== null && (
        <ActionButton<{ url: string }>
          action="single-sign-on"
          body={{ next }}
          label={`Continue with ${choices.singleSignOn}`}
          onDone={({ url }) => goTo(url)}
        />
      )}
      <section className="grid gap-5" aria-label="With a password">
        <AccountForm<SignIn, SignIn, SignInAnswer>
          action="sign-in"
          schema={signIn}
          defaults={{ email: "", password: "" }}
          submit="Sign in"
          onDone={(answer) => ("needsCode" in answer ? setNeedsCode(true) : goTo(next))}
        >
          <TextField name="email" label="E-mail" type="email" required autoComplete="username" />
          <TextField
            name="password"
            label="Password"
            type="password"
            required
            autoComplete="current-password"
          />
        </AccountForm>
        <p className="text-muted text-sm">
          {choices.mail ? (
            <Link href="/sign-in/reset" className="link">
              I forgot my password
            </Link>
          ) : (
            "Forgotten passwords: this site sends no e-mails, so ask whoever runs it."
          )}
        </p>
      </section>
      {choices.mail && <LinkByMail />}
      {choices.signUp === "open" && (
        <p className="text-sm">
          No account yet?{" "}
          <Link href="/sign-up" className="link">
            Make one
          </Link>
        </p>
      )}
      {choices.signUp === "invited" && (
        <p className="text-muted text-sm">Accounts are made by invitation: ask whoever runs this site.</p>
      )}
    </div>
  );
}

/** Asks for an email; says the same whether the address has an account or not. */
export function MailForm({ action, submit, sent }: { action: string; submit: string; sent: string }) {
  const [to, setTo] = useState<string | null>(null);
  if (to !== null)
    return (
      <p role="status" className="bg-sunk rounded-md px-4 py-3 text-sm break-words">
        {sent.replace("{to}", to)}
      </p>
    );
  return (
    <AccountForm
      action={action}
      schema={mailAddress}
      defaults={{ email: "" }}
      submit={submit}
      onDone={(_, { email }) => setTo(email)}
    >
      <TextField
        name="email"
        idPrefix={`${action.replace("/", "-")}-`}
        label="E-mail"
        type="email"
        required
        autoComplete="username"
      />
    </AccountForm>
  );
}

function LinkByMail() {
  return (
    <section className="grid gap-5" aria-labelledby="by-mail">
      <h2 id="by-mail" className="text-xl">
        Without a password
      </h2>
      <MailForm
        action="link/send"
        submit="Send me a link"
        sent="If {to} has an account, a link is on its way there. It works once, for ten minutes."
      />
    </section>
  );
}
