"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { Confirm } from "@/components/confirm";
import { ShownOnce } from "@/components/shown-once";
import { useApi } from "@/components/use-api";
import { useFormat } from "@/components/use-format";
import { InviteForm } from "@/components/users/invite-form";
import { unseen } from "@/components/users/unseen";
import type { AccountInviteList, NewAccountInvite } from "@/lib/schemas/administration/users";

const PATH = "/api/v1/account-invites";

/** Invitations to an account: one is made and its link shown; those that wait can be revoked. */
export function InvitesRoom({ initial, sendsMail }: { initial: AccountInviteList; sendsMail: boolean }) {
  const t = useTranslations("users.invites");
  const site = useTranslations("site");
  const { day } = useFormat();
  const { data, error, refresh } = useApi<AccountInviteList>(PATH, { initial });
  const [made, setMade] = useState<NewAccountInvite | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const problem = refused ?? error?.message;
  const revoke = async (id: string) => {
    setRefused(null);
    try {
      await callApi<unknown>(`${PATH}/${id}`, { method: "DELETE" });
      if (made?.id === id) setMade(null);
      await refresh();
    } catch (thrown) {
      setRefused(asApiError(thrown).message);
    }
  };
  return (
    <section aria-labelledby="invites-heading" className="mt-12 max-w-4xl">
      <h2 id="invites-heading" className="text-xl">
        {t("title")}
      </h2>
      <InviteForm
        path={PATH}
        sendsMail={sendsMail}
        onMade={(invite) => {
          setMade(invite);
          void refresh();
        }}
      />
      {made && (
        <ShownOnce
          key={made.id}
          id="account-invite"
          label={t("once")}
          text={`${window.location.origin}${made.path}`}
        />
      )}
      {problem && (
        <p role="alert" className="bg-alarm-soft text-alarm mt-6 rounded-md px-4 py-3 text-sm">
          {problem}
        </p>
      )}
      {data.invites.length === 0 ? (
        <p className="card text-muted mt-6 p-8 text-center">{t("none")}</p>
      ) : (
        <ul className="mt-6 grid gap-3">
          {data.invites.map(({ id, role, email, expiresAt, createdAt }) => (
            <li key={id} className="card flex flex-wrap items-center gap-x-6 gap-y-3 p-4">
              <p className="min-w-0 flex-1 basis-60 break-words">
                {email === null ? t("anybody") : <span translate="no">{email}</span>} ·{" "}
                {site("role", { role })}
                <span className="text-muted text-sm">
                  {" "}
                  ·{" "}
                  {t(expiresAt === null ? "untilUsed" : "until", {
                    made: day(createdAt),
                    until: day(expiresAt),
                  })}
                </span>
              </p>
              <Confirm
                label={
                  email === null ? t.rich("revokeAnybody", { unseen }) : t.rich("revoke", { email, unseen })
                }
                ask={t("revokeAsk")}
                go={t("revokeGo")}
                onGo={() => revoke(id)}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
