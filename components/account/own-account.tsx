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
  const t = useTranslations("account");
  return (
    <div className="mt-10 grid max-w-xl gap-12">
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-sm">
        <dt className="text-muted">{t("email")}</dt>
        <dd className="break-words" translate="no">
          {account.email}
        </dd>
        <dt className="text-muted">{t("own.role")}</dt>
        <dd>{site("role", { role: account.role })}</dd>
      </dl>
      <Usage usage={usage} />
      <Name name={account.name} />
      {account.mayChangeEmail && <Email />}
      {account.hasPassword && <Password />}
      {account.hasPassword && <SecondFactor isOn={account.secondFactor} />}
      <p className="text-sm">
        <Link href="/account/tokens" className="link">
          {t("own.tokens")}
        </Link>
      </p>
      <Sessions sessions={account.sessions} />
      <p className="text-sm">
        <Link href="/privacy" className="link">
          {t("own.data")}
        </Link>
      </p>
      <ActionButton action="sign-out" label={t("own.signOut")} onDone={() => goTo("/")} />
    </div>
  );
}

function Name({ name }: { name: string }) {
  const t = useTranslations("account");
  const [isKept, setIsKept] = useState(false);
  return (
    <section className="grid gap-4" aria-label={t("name")}>
      <AccountForm
        action="name"
        schema={nameChange}
        defaults={{ name }}
        submit={t("own.changeName")}
        onDone={() => setIsKept(true)}
      >
        <TextField name="name" label={t("name")} required autoComplete="name" />
      </AccountForm>
      {isKept && (
        <p role="status" className="text-muted text-sm">
          {t("own.nameChanged")}
        </p>
      )}
    </section>
  );
}

function Email() {
  const t = useTranslations("account");
  const [sentTo, setSentTo] = useState<string | null>(null);
  return (
    <section className="grid gap-4" aria-labelledby="email-heading">
      <h2 id="email-heading" className="text-xl">
        {t("own.emailHeading")}
      </h2>
      <AccountForm
        key={sentTo}
        action="email"
        schema={emailChange}
        defaults={{ newEmail: "", currentPassword: "" }}
        submit={t("own.changeEmail")}
        onDone={(_, { newEmail }) => setSentTo(newEmail)}
      >
        <TextField
          name="newEmail"
          idPrefix="email-"
          label={t("own.newEmail")}
          type="email"
          required
          autoComplete="email"
        />
        <TextField
          name="currentPassword"
          idPrefix="email-"
          label={t("currentPassword")}
          type="password"
          required
          autoComplete="current-password"
        />
      </AccountForm>
      {sentTo !== null && (
        <p role="status" className="text-muted text-sm break-words">
          {t("own.emailSent", { to: sentTo })}
        </p>
      )}
    </section>
  );
}

function Password() {
  const t = useTranslations("account");
  const [changes, setChanges] = useState(0);
  return (
    <section className="grid gap-4" aria-labelledby="password-heading">
      <h2 id="password-heading" className="text-xl">
        {t("password")}
      </h2>
      <AccountForm
        key={changes}
        action="password"
        schema={passwordChange}
        defaults={{ currentPassword: "", newPassword: "" }}
        submit={t("own.changePassword")}
        onDone={() => setChanges((count) => count + 1)}
      >
        <TextField
          name="currentPassword"
          label={t("currentPassword")}
          type="password"
          required
          autoComplete="current-password"
        />
        <TextField
          name="newPassword"
          label={t("newPassword")}
          type="password"
          required
          autoComplete="new-password"
        />
      </AccountForm>
      {changes > 0 && (
        <p role="status" className="text-muted text-sm">
          {t("own.passwordChanged")}
        </p>
      )}
    </section>
  );
}

function Sessions({ sessions }: { sessions: AccountPage["sessions"] }) {
  const t = useTranslations("account");
  return (
    <section className="grid gap-4" aria-labelledby="sessions-heading">
      <h2 id="sessions-heading" className="text-xl">
        {t("own.sessions")}
      </h2>
      <ul className="grid gap-2 text-sm">
        {sessions.map(({ id, browser, since, isThis }) => (
          <li key={id} className="break-words">
            {t.rich("own.session", {
              browser: browserName(t, browser),
              since: since.slice(0, 10),
              current: isThis ? "yes" : "no",
              time: (chunks) => <time dateTime={since}>{chunks}</time>,
            })}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <ActionButton
          action="other-sessions/end"
          label={t("own.signOutOthers")}
          onDone={() => goTo("/account")}
        />
      )}
    </section>
  );
}
