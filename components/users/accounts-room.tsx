"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { Confirm } from "@/components/confirm";
import { useFormat } from "@/components/use-format";
import { unseen } from "@/components/users/unseen";
import { ROLES } from "@/lib/access/roles";
import type { AccountChange, AccountList, AccountView } from "@/lib/schemas/administration/users";

const ACCOUNT_ROLES = ROLES.filter((role) => role !== "VISITOR");

/** The accounts of a site: found by name or address; their roles, and whether they may sign in. */
export function AccountsRoom({
  initial,
  search,
  isFirst,
}: {
  initial: AccountList;
  search: string;
  isFirst: boolean;
}) {
  const t = useTranslations("users.accounts");
  const [accounts, setAccounts] = useState(initial.accounts);
  const [problem, setProblem] = useState<string | null>(null);
  const trying = async (work: () => Promise<void>) => {
    setProblem(null);
    try {
      await work();
    } catch (thrown) {
      setProblem(asApiError(thrown).message);
    }
  };
  const change = (id: string, body: AccountChange) =>
    trying(async () => {
      const changed = await callApi<AccountView>(`/api/v1/users/${id}`, { body });
      setAccounts((before) => before.map((each) => (each.id === id ? changed : each)));
    });
  const erase = (id: string) =>
    trying(async () => {
      await callApi<unknown>(`/api/v1/people/${id}/erasure`, { body: { confirm: "erase" } });
      setAccounts((before) => before.filter((each) => each.id !== id));
    });
  return (
    <section aria-label={t("title")} className="mt-8 grid max-w-4xl gap-4">
      <form action="/users" className="flex flex-wrap items-end gap-3">
        <label className="grid gap-1 text-sm">
          {t("find")}
          <input className="field" name="search" type="search" defaultValue={search} maxLength={254} />
        </label>
        <button className="button-quiet">{t("search")}</button>
      </form>
      {problem && (
        <p role="alert" className="bg-alarm-soft text-alarm rounded-md px-4 py-3 text-sm">
          {problem}
        </p>
      )}
      {accounts.length === 0 ? (
        <p className="card text-muted p-8 text-center">{t(search === "" ? "none" : "noneLike")}</p>
      ) : (
        <ul className="grid gap-3">
          {accounts.map((account) => (
            <li key={account.id}>
              <Row
                account={account}
                onChange={(body) => change(account.id, body)}
                onErase={() => erase(account.id)}
              />
            </li>
          ))}
        </ul>
      )}
      <nav aria-label={t("pages")} className="flex gap-6">
        {!isFirst && (
          <Link className="link" href={pageOf(search)}>
            {t("newest")}
          </Link>
        )}
        {initial.next !== null && (
          <Link className="link" href={pageOf(search, initial.next)}>
            {t("older")}
          </Link>
        )}
      </nav>
    </section>
  );
}

function pageOf(search: string, before?: string): string {
  const query = new URLSearchParams({ ...(search && { search }), ...(before && { before }) });
  return query.size === 0 ? "/users" : `/users?${query}`;
}

function Row({
  account: { id, email, name, role, emailVerified, disabledAt, secondFactor, createdAt },
  onChange,
  onErase,
}: {
  account: AccountView;
  onChange: (body: AccountChange) => Promise<void>;
  onErase: () => Promise<void>;
}) {
  const t = useTranslations("users.accounts");
  const site = useTranslations("site");
  const { day } = useFormat();
  return (
    <article className="card grid gap-3 p-4" aria-labelledby={`account-${id}`}>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-60">
          <h2 id={`account-${id}`} className="font-medium break-words" translate="no">
            {name}
          </h2>
          <p className="text-muted text-sm break-words">
            {t(disabledAt === null ? "facts" : "factsDisabled", {
              email,
              confirmed: String(emailVerified),
              since: day(createdAt),
              disabled: day(disabledAt),
            })}
          </p>
        </div>
        <label className="grid gap-1 text-sm">
          <span className="sr-only">{t("roleOf", { name })}</span>
          <select
            className="field"
            value={role}
            onChange={({ target }) => void onChange({ role: target.value as AccountView["role"] })}
          >
            {ACCOUNT_ROLES.map((each) => (
              <option key={each} value={each}>
                {site("role", { role: each })}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div className="flex flex-wrap items-start gap-3">
        {disabledAt === null ? (
          <Confirm
            label={t.rich("disable", { name, unseen })}
            ask={t("disableAsk")}
            go={t("disableGo")}
            onGo={() => onChange({ disabled: true })}
          />
        ) : (
          <button
            type="button"
            className="button-quiet button-small"
            onClick={() => void onChange({ disabled: false })}
          >
            {t.rich("enable", { name, unseen })}
          </button>
        )}
        {secondFactor && (
          <Confirm
            label={t.rich("secondFactor", { name, unseen })}
            ask={t("secondFactorAsk")}
            go={t("secondFactorGo")}
            onGo={() => onChange({ secondFactor: false })}
          />
        )}
        <form method="post" action={`/api/v1/people/${id}/export`}>
          <button className="button-quiet button-small">{t.rich("export", { name, unseen })}</button>
        </form>
        <Confirm
          label={t.rich("delete", { name, unseen })}
          ask={t("deleteAsk")}
          go={t("deleteGo")}
          onGo={onErase}
        />
      </div>
    </article>
  );
}
