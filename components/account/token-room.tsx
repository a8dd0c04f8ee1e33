"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { TokenForm } from "@/components/account/token-form";
import { Confirm } from "@/components/confirm";
import { ShownOnce } from "@/components/shown-once";
import { useApi } from "@/components/use-api";
import { useFormat } from "@/components/use-format";
import type { NewToken, TokenView } from "@/lib/schemas/accounts/api-tokens";

const PATH = "/api/v1/tokens";

type List = { tokens: TokenView[] };

/** An account's tokens: one is made and shown once, and each can be revoked. */
export function TokenRoom({ initial }: { initial: List }) {
  const t = useTranslations("account.tokens");
  const { data, error, refresh } = useApi<List>(PATH, { initial });
  const [made, setMade] = useState<NewToken | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const problem = refused ?? error?.message;
  const revoke = async (id: string) => {
    setRefused(null);
    try {
      await callApi<unknown>(`${PATH}/${id}`, { method: "DELETE" });
      if (made?.view.id === id) setMade(null);
      await refresh();
    } catch (thrown) {
      setRefused(asApiError(thrown).message);
    }
  };
  return (
    <section aria-label={t("title")} className="mt-10 max-w-3xl">
      <TokenForm
        path={PATH}
        onMade={(token) => {
          setMade(token);
          void refresh();
        }}
      />
      {made && <ShownOnce key={made.view.id} id="token" label={t("copy")} text={made.token} />}
      {problem && (
        <p role="alert" className="bg-alarm-soft text-alarm mt-6 rounded-md px-4 py-3 text-sm">
          {problem}
        </p>
      )}
      {data.tokens.length === 0 ? (
        <p className="card text-muted mt-8 p-8 text-center">{t("none")}</p>
      ) : (
        <ul className="mt-8 grid gap-3">
          {data.tokens.map((token) => (
            <li key={token.id}>
              <Token token={token} onRevoke={() => revoke(token.id)} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Token({ token, onRevoke }: { token: TokenView; onRevoke: () => Promise<void> }) {
  const t = useTranslations("account.tokens");
  const { day } = useFormat();
  const { name, prefix, scopes, createdAt, lastUsedAt, expiresAt, isOver } = token;
  return (
    <article className="card flex flex-wrap items-center gap-x-6 gap-y-3 p-4" aria-label={name}>
      <div className="min-w-0 flex-1 basis-60">
        <h3 className="font-medium break-words" translate="no">
          {name}
        </h3>
        <p className="text-muted text-sm">
          <code translate="no">{prefix}…</code> · <span translate="no">{scopes.join(", ")}</span> ·{" "}
          {t("made", { day: day(createdAt) })} ·{" "}
          {lastUsedAt === null ? t("neverUsed") : t("lastUsed", { day: day(lastUsedAt) })}
          {expiresAt !== null && ` · ${t("validUntil", { day: day(expiresAt) })}`}
        </p>
      </div>
      {isOver ? (
        <span className="bg-sunk rounded-full px-2.5 py-1 text-xs">{t("over")}</span>
      ) : (
        <Confirm
          label={t.rich("revoke", { name, hidden: (chunks) => <span className="sr-only">{chunks}</span> })}
          ask={t("revokeAsk")}
          go={t("revokeGo")}
          onGo={onRevoke}
        />
      )}
    </article>
  );
}
