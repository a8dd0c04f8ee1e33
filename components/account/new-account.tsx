"use client";

import { useState } from "react";
import { AccountForm, goTo } from "@/components/account/account-form";
import { TextField } from "@/components/forms/text-field";
import { PASSWORD_LENGTH, signUp, type SignUp, type SignUpAnswer } from "@/lib/schemas/accounts/accounts";

/** Makes an account, by an invitation's token or without one. */
export function NewAccount({ invite, email = "" }: { invite?: string; email?: string }) {
  const [sentTo, setSentTo] = useState<string | null>(null);
  if (sentTo !== null)
    return (
      <p role="status" className="bg-sunk rounded-md px-4 py-3 break-words">
        We sent an email to {sentTo}. Open its link to confirm the address and sign in.
      </p>
    );
  return (
    <AccountForm<{ name: string; email: string; password: string }, SignUp, SignUpAnswer>
      action="sign-up"
      schema={signUp}
      defaults={{ name: "", email, password: "" }}
      fixed={invite === undefined ? undefined : { invite }}
      submit="Make the account"
      onDone={({ state }, body) => (state === "signed_in" ? goTo("/account") : setSentTo(body.email))}
    >
      <TextField name="name" label="Name" required autoComplete="name" />
      <TextField name="email" label="E-mail" type="email" required autoComplete="username" />
      <TextField
        name="password"
        label="Password"
        type="password"
        required
        autoComplete="new-password"
        hint={`At least ${PASSWORD_LENGTH.min} characters; a sentence is best.`}
      />
    </AccountForm>
  );
}
