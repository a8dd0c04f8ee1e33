"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { asApiError, callApi } from "@/components/api-client";
import { ChoiceField } from "@/components/forms/choice-field";
import { FormProblem } from "@/components/forms/form-problem";
import { formResolver } from "@/components/forms/form-resolver";
import { reportError } from "@/components/forms/report-error";
import { TextField } from "@/components/forms/text-field";
import { NewSecretLink, RevokeLink } from "@/components/secret-links";
import { useApi } from "@/components/use-api";
import { useFormat } from "@/components/use-format";
import {
  inviteCreation,
  type BoardInviteView,
  type InviteCreation,
  type NewInvite,
} from "@/lib/schemas/boards";

type List = { invites: BoardInviteView[] };
type InviteValues = { role: InviteCreation["role"]; label: string; days: string };

const ROLES = ["voter", "submitter", "editor"] as const satisfies InviteCreation["role"][];

const EMPTY: InviteValues = { role: "voter", label: "", days: "30" };

const resolver = (t: ReturnType<typeof useTranslations<"boards.invitations">>) =>
  formResolver<InviteValues, InviteCreation>(
    ({ role, label, days }) => ({ role, label, days: days.trim() === "" ? null : Number(days) }),
    inviteCreation,
    { label: t("labelLong"), days: t("daysWrong") },
  );

/** Links that let people onto a board: one is made and shown once, and each can be revoked. */
export function Invitations({ board, initial }: { board: string; initial: List }) {
  const t = useTranslations("boards.invitations");
  const path = `/api/v1/boards/${board}/invites`;
  const { data, error, refresh } = useApi<List>(path, { initial });
  const [made, setMade] = useState<NewInvite | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const problem = refused ?? error?.message;
  const revoke = async (id: string) => {
    setRefused(null);
    try {
      await callApi<unknown>(`${path}/${id}`, { method: "DELETE" });
      if (made?.id === id) setMade(null);
      await refresh();
    } catch (thrown) {
      setRefused(asApiError(thrown).message);
    }
  };
  return (
    <section aria-label={t("label")} className="max-w-3xl">
      <InviteForm
        path={path}
        onMade={(invite) => {
          setMade(invite);
          void refresh();
        }}
      />
      {made && <NewSecretLink key={made.id} path={made.path} />}
      {problem && (
        <p role="alert" className="bg-alarm-soft text-alarm mt-6 rounded-md px-4 py-3 text-sm">
          {problem}
        </p>
      )}
      {data.invites.length === 0 ? (
        <p className="card text-muted mt-8 p-8 text-center">{t("none")}</p>
      ) : (
        <ul className="mt-8 grid gap-3">
          {data.invites.map((invite) => (
            <li key={invite.id}>
              <Invite invite={invite} onRevoke={() => revoke(invite.id)} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function InviteForm({ path, onMade }: { path: string; onMade: (invite: NewInvite) => void }) {
  const t = useTranslations("boards.invitations");
  const form = useForm<InviteValues, unknown, InviteCreation>({
    defaultValues: EMPTY,
    resolver: resolver(t),
    reValidateMode: "onSubmit",
  });
  const { isSubmitting } = form.formState;
  const make = form.handleSubmit(async (body) => {
    try {
      onMade(await callApi<NewInvite>(path, { body }));
      form.reset({ ...form.getValues(), label: "" });
    } catch (thrown) {
      reportError(form, thrown);
    }
  });
  return (
    <FormProvider {...form}>
      <form className="card grid gap-4 p-5" noValidate onSubmit={(event) => void make(event)}>
        <div className="grid gap-4 sm:grid-cols-3">
          <ChoiceField<InviteValues>
            name="role"
            idPrefix="invite-"
            label={t("role")}
            options={ROLES.map((role): [string, string] => [role, t(`roles.${role}`)])}
          />
          <TextField<InviteValues>
            name="label"
            idPrefix="invite-"
            label={t("forWhom")}
            placeholder={t("example")}
          />
          <TextField<InviteValues> name="days" idPrefix="invite-" label={t("days")} inputMode="numeric" />
        </div>
        <FormProblem />
        <button type="submit" className="button-primary w-fit" disabled={isSubmitting}>
          {isSubmitting ? t("making") : t("make")}
        </button>
      </form>
    </FormProvider>
  );
}

function Invite({ invite, onRevoke }: { invite: BoardInviteView; onRevoke: () => Promise<void> }) {
  const t = useTranslations("boards.invitations");
  const links = useTranslations("site.secretLinks");
  const { day } = useFormat();
  const { role, label, guests, expiresAt, revoked, createdAt } = invite;
  const isOver = expiresAt !== null && new Date(expiresAt).getTime() < Date.now();
  const name = label || links("noLabel");
  return (
    <article className="card flex flex-wrap items-center gap-x-6 gap-y-3 p-4" aria-label={name}>
      <div className="min-w-0 flex-1 basis-60">
        <h3 className="font-medium break-words" translate={label ? "no" : undefined}>
          {name}
        </h3>
        <p className="text-muted text-sm">
          {t(`roles.${role}`)} · {t("guests", { n: guests })} · {links("made", { day: day(createdAt) })}
          {expiresAt !== null && ` · ${links("validUntil", { day: day(expiresAt) })}`}
        </p>
      </div>
      {revoked ? (
        <span className="bg-sunk rounded-full px-2.5 py-1 text-xs">{links("revoked")}</span>
      ) : (
        <>
          {isOver && <span className="bg-sunk rounded-full px-2.5 py-1 text-xs">{t("over")}</span>}
          <RevokeLink label={label} ask={t("revokeAsk", { n: guests })} onGo={onRevoke} />
        </>
      )}
    </article>
  );
}
