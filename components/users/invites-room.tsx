"use client";

import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { Confirm } from "@/components/confirm";
import { day } from "@/components/format";
import { ShownOnce } from "@/components/shown-once";
import { useApi } from "@/components/use-api";
import { InviteForm } from "@/components/users/invite-form";
import { ROLE_NAMES } from "@/components/users/role-names";
import type { AccountInviteList, NewAccountInvite } from "@/lib/schemas/administration/users";

const PATH = "/api/v1/account-invites";

/** Invitations to an account: one is made and its link shown; those that wait can be revoked. */
export function InvitesRoom({ initial, sendsMail }: { initial: AccountInviteList; sendsMail: boolean }) {
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
        Invitations
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
          label="Send this link to the person you invite. It makes one account and is shown only once."
          text={`${window.location.origin}${made.path}`}
        />
      )}
      {problem && (
        <p role="alert" className="bg-alarm-soft text-alarm mt-6 rounded-md px-4 py-3 text-sm">
          {problem}
        </p>
      )}
      {data.invites.length === 0 ? (
        <p className="card text-muted mt-6 p-8 text-center">No pending invitations.</p>
      ) : (
        <ul className="mt-6 grid gap-3">
          {data.invites.map(({ id, role, email, expiresAt, createdAt }) => (
            <li key={id} className="card flex flex-wrap items-center gap-x-6 gap-y-3 p-4">
              <p className="min-w-0 flex-1 basis-60 break-words">
                {email ?? "Whoever has the link"} · {ROLE_NAMES[role]}
                <span className="text-muted text-sm">
                  {" "}
                  · made {day(createdAt)} ·{" "}
                  {expiresAt === null ? "until it is used" : `until ${day(expiresAt)}`}
                </span>
              </p>
              <Confirm
                label={
                  <>
                    Revoke
                    <span className="sr-only"> the invitation of {email ?? "whoever has the link"}</span>
                  </>
                }
                ask="The link stops working."
                go="Revoke it"
                onGo={() => revoke(id)}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
