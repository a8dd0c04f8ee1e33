"use client";

import { AccountForm } from "@/components/account/account-form";
import { TextField } from "@/components/forms/text-field";
import { codeCheck } from "@/lib/schemas/accounts/accounts";

/** The second half of a sign-in, after the password was right. */
export function CodeForm({ onDone }: { onDone: () => void }) {
  return (
    <AccountForm
      action="second-factor/check"
      schema={codeCheck}
      defaults={{ code: "" }}
      submit="Sign in"
      onDone={onDone}
    >
      <TextField
        name="code"
        label="Code"
        hint="The six digits that your app shows now, or one of your backup codes."
        required
        autoComplete="one-time-code"
      />
      <p className="text-muted text-sm">
        Lost the app and the backup codes? Ask whoever runs this site.{" "}
        <a href="/sign-in" className="link">
          Start again
        </a>
      </p>
    </AccountForm>
  );
}
