"use client";

import Link from "next/link";
import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { ROLE_NAMES } from "@/components/users/role-names";
import { Confirm } from "@/components/confirm";
import { day } from "@/components/format";
import type { AccountChange, AccountList, AccountView } from "@/lib/schemas/administration/users";

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
    <section aria-label="Accounts" className="mt-8 grid max-w-4xl gap-4">
      <form action="/users" className="flex flex-wrap items-end gap-3">
        <label className="grid gap-1 text-sm">
          Name or e-mail address
          <input className="field" name="search" type="search" defaultValue={search} maxLength={254} />
        </label>
        <button className="button-quiet">Search</button>
      </form>
      {problem && (
        <p role="alert" className="bg-alarm-soft text-alarm rounded-md px-4 py-3 text-sm">
          {problem}
        </p>
      )}
      {accounts.length === 0 ? (
        <p className="card text-muted p-8 text-center">
          {search === "" ? "No account yet." : "No account like that."}
        </p>
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
      <nav aria-label="Pages" className="flex gap-6">
        {!isFirst && (
          <Link className="link" href={pageOf(search)}>
            The newest
          </Link>
        )}
        {initial.next !== null && (
          <Link className="link" href={pageOf(search, initial.next)}>
            Older
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
  return (
    <article className="card grid gap-3 p-4" aria-label={name}>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-60">
          <h2 className="font-medium break-words">{name}</h2>
          <p className="text-muted text-sm break-words">
            {email} · {emailVerified ? "confirmed" : "not confirmed"} · since {day(createdAt)}
            {disabledAt !== null && ` · disabled ${day(disabledAt)}`}
          </p>
        </div>
        <label className="grid gap-1 text-sm">
          <span className="sr-only">Role of {name}</span>
          <select
            className="field"
            value={role}
            onChange={({ target }) => void onChange({ role: target.value as AccountView["role"] })}
          >
            {Object.entries(ROLE_NAMES).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div className="flex flex-wrap items-start gap-3">
        {disabledAt === null ? (
          <Confirm
            label={
              <>
                Disable<span className="sr-only"> {name}</span>
              </>
            }
            ask="They are signed out everywhere, and their tokens open nothing until the account is enabled again. Its second factor goes."
            go="Disable it"
            onGo={() => onChange({ disabled: true })}
          />
        ) : (
          <button
            type="button"
            className="button-quiet button-small"
            onClick={() => void onChange({ disabled: false })}
          >
            Enable<span className="sr-only"> {name}</span>
          </button>
        )}
        {secondFactor && (
          <Confirm
            label={
              <>
                Switch the second factor off<span className="sr-only"> of {name}</span>
              </>
            }
            ask="For somebody who lost the app and the backup codes. The password alone signs them in then."
            go="Switch it off"
            onGo={() => onChange({ secondFactor: false })}
          />
        )}
        <form method="post" action={`/api/v1/people/${id}/export`}>
          <button className="button-quiet button-small">
            Export<span className="sr-only"> the data of {name}</span>
          </button>
        </form>
        <Confirm
          label={
            <>
              Delete<span className="sr-only"> {name}</span>
            </>
          }
          ask="Account, tokens, prompts of their own and private things go for good. Votes stay, of nobody; what others may see stays as the site's own."
          go="Delete the account"
          onGo={onErase}
        />
      </div>
    </article>
  );
}
