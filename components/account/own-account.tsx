"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { useState } from "react";
import { AccountForm, goTo } from "@/components/account/account-form";
import { ActionButton } from "@/components/account/action-button";
import { browserName } from "@/components/account/browser-name";
import { SecondFactor } from "@/components/account/second-factor";
import { TextField } from "@/components/forms/text-field";
import { Usage } from "@/components/account/usage";
import type { QuotaUsage } from "@/lib/schemas/administration/quotas";
import { emailChange, nameChange, passwordChange, type AccountPage } from "@/lib/schemas/accounts/accounts";

/** Somebody's own account: who they are, their password, where they are signed in. */
export function OwnAccount({ account, usage }: { account: AccountPage; usage: QuotaUsage[] }) {
  const site = useTranslations("site");
  return (
    <div className="mt-10 grid max-w-xl gap-12">
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-sm">
        <dt className="text-muted">E-mail</dt>
        <dd className="break-words">{account.email}</dd>
        <dt className="text-muted">Role</dt>
        <dd>{site("role", { role: account.role })}</dd>
      </dl>
      <Usage usage={usage} />
      <Name name={account.name} />
      {account.mayChangeEmail && <Email />}
      {account.hasPassword && <Password />}
      {account.hasPassword && <SecondFactor isOn={account.secondFactor} />}
      <p className="text-sm">
        <Link href="/account/tokens" className="link">
          Tokens for your programs
        </Link>
      </p>
      <Sessions sessions={account.sessions} />
      <p className="text-sm">
        <Link href="/privacy" className="link">
          Export your data, or delete your account
        </Link>
      </p>
      <ActionButton action="sign-out" label="Sign out" onDone={() => goTo("/")} />
    </div>
  );
}

function Name({ name }: { name: string }) {
  const [isKept, setIsKept] = useState(false);
  return (
    <section className="grid gap-4" aria-label="Name">
      <AccountForm
        action="name"
        schema={nameChange}
        defaults={{ name }}
        submit="Change the name"
        onDone={() => setIsKept(true)}
      >
        <TextField name="name" label="Name" required autoComplete="name" />
      </AccountForm>
      {isKept && (
        <p role="status" className="text-muted text-sm">
          The name is changed.
        </p>
      )}
    </section>
  );
}

function Email() {
  const [sentTo, setSentTo] = useState<string | null>(null);
  return (
    <section className="grid gap-4" aria-labelledby="email-heading">
      <h2 id="email-heading" className="text-xl">
        E-mail address
      </h2>
      <AccountForm
        key={sentTo}
        action="email"
        schema={emailChange}
        defaults={{ newEmail: "", currentPassword: "" }}
        submit="Change the address"
        onDone={(_, { newEmail }) => setSentTo(newEmail)}
      >
        <TextField
          name="newEmail"
          idPrefix="email-"
          label="New address"
          type="email"
          required
          autoComplete="email"
        />
        <TextField
          name="currentPassword"
          idPrefix="email-"
          label="Current password"
          type="password"
          required
          autoComplete="current-password"
        />
      </AccountForm>
      {sentTo !== null && (
        <p role="status" className="text-muted text-sm break-words">
          A link was sent to {sentTo}. The address changes once it is followed.
        </p>
      )}
    </section>
  );
}

function Password() {
  const [changes, setChanges] = useState(0);
  return (
    <section className="grid gap-4" aria-labelledby="password-heading">
      <h2 id="password-heading" className="text-xl">
        Password
      </h2>
      <AccountForm
        key={changes}
        action="password"
        schema={passwordChange}
        defaults={{ currentPassword: "", newPassword: "" }}
        submit="Change the password"
        onDone={() => setChanges((count) => count + 1)}
      >
        <TextField
          name="currentPassword"
          label="Current password"
          type="password"
          required
          autoComplete="current-password"
        />
        <TextField
          name="newPassword"
          label="New password"
          type="password"
          required
          autoComplete="new-password"
        />
      </AccountForm>
      {changes > 0 && (
        <p role="status" className="text-muted text-sm">
          The password is changed, and all other browsers are signed out.
        </p>
      )}
    </section>
  );
}

function Sessions({ sessions }: { sessions: AccountPage["sessions"] }) {
  return (
    <section className="grid gap-4" aria-labelledby="sessions-heading">
      <h2 id="sessions-heading" className="text-xl">
        Where you are signed in
      </h2>
      <ul className="grid gap-2 text-sm">
        {sessions.map(({ id, browser, since, isThis }) => (
          <li key={id} className="break-words">
            {browserName(browser)}, since <time dateTime={since}>{since.slice(0, 10)}</time>
            {isThis && " (this browser)"}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <ActionButton
          action="other-sessions/end"
          label="Sign out everywhere else"
          onDone={() => goTo("/account")}
        />
      )}
    </section>
  );
}
