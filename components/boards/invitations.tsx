"use client";

import { useMemo, useState } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { asApiError, callApi } from "@/components/api-client";
import { Confirm } from "@/components/confirm";
import { ChoiceField } from "@/components/forms/choice-field";
import { FormProblem } from "@/components/forms/form-problem";
import { formResolver } from "@/components/forms/form-resolver";
import { reportError } from "@/components/forms/report-error";
import { TextField } from "@/components/forms/text-field";
import { counted, day } from "@/components/format";
import { ShownOnce } from "@/components/shown-once";
import { useApi } from "@/components/use-api";
import {
  inviteCreation,
  type BoardInviteView,
  type InviteCreation,
  type NewInvite,
} from "@/lib/schemas/boards";

type List = { invites: BoardInviteView[] };
type InviteValues = { role: InviteCreation["role"]; label: string; days: string };

const ROLES = {
  voter: "may see and vote",
  submitter: "may also submit models",
  editor: "may also change the board",
} as const satisfies Record<InviteCreation["role"], string>;

const EMPTY: InviteValues = { role: "voter", label: "", days: "30" };

const resolver = formResolver<InviteValues, InviteCreation>(
  ({ role, label, days }) => ({ role, label, days: days.trim() === "" ? null : Number(days) }),
  inviteCreation,
  { label: "At most 80 characters.", days: "Between 1 and 365 days, or leave it empty: it never ends." },
);

/** Links that let people onto a board: one is made and shown once, and each can be revoked. */
export function Invitations({ board, initial }: { board: string; initial: List }) {
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
    <section aria-label="Invitations" className="max-w-3xl">
      <InviteForm
        path={path}
        onMade={(invite) => {
          setMade(invite);
          void refresh();
        }}
      />
      {made && <NewLink key={made.id} invite={made} />}
      {problem && (
        <p role="alert" className="bg-alarm-soft text-alarm mt-6 rounded-md px-4 py-3 text-sm">
          {problem}
        </p>
      )}
      {data.invites.length === 0 ? (
        <p className="card text-muted mt-8 p-8 text-center">
          No invitation yet. Whoever opens a link comes onto the board with its rights.
        </p>
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
  const form = useForm<InviteValues, unknown, InviteCreation>({
    defaultValues: EMPTY,
    resolver,
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
            label="Whoever comes"
            options={Object.entries(ROLES)}
          />
          <TextField<InviteValues>
            name="label"
            idPrefix="invite-"
            label="For whom"
            placeholder="design team"
          />
          <TextField<InviteValues>
            name="days"
            idPrefix="invite-"
            label="Valid for days"
            inputMode="numeric"
          />
        </div>
        <FormProblem />
        <button type="submit" className="button-primary w-fit" disabled={isSubmitting}>
          {isSubmitting ? "Making it" : "Make an invitation"}
        </button>
      </form>
    </FormProvider>
  );
}

/** The link of an invitation that was just made. */
function NewLink({ invite }: { invite: NewInvite }) {
  const url = useMemo(() => new URL(invite.path, window.location.href).href, [invite.path]);
  return <ShownOnce id="invite-link" label="Send this link. It is shown this once." text={url} />;
}

function Invite({ invite, onRevoke }: { invite: BoardInviteView; onRevoke: () => Promise<void> }) {
  const { role, label, guests, expiresAt, revoked, createdAt } = invite;
  const isOver = expiresAt !== null && new Date(expiresAt).getTime() < Date.now();
  const name = label || "Without a label";
  return (
    <article className="card flex flex-wrap items-center gap-x-6 gap-y-3 p-4" aria-label={name}>
      <div className="min-w-0 flex-1 basis-60">
        <h3 className="font-medium break-words">{name}</h3>
        <p className="text-muted text-sm">
          {ROLES[role]} · {guests === 0 ? "nobody came by it yet" : counted(guests, "guest")} · made{" "}
          {day(createdAt)}
          {expiresAt !== null && ` · valid until ${day(expiresAt)}`}
        </p>
      </div>
      {revoked ? (
        <span className="bg-sunk rounded-full px-2.5 py-1 text-xs">revoked</span>
      ) : (
        <>
          {isOver && <span className="bg-sunk rounded-full px-2.5 py-1 text-xs">over</span>}
          <Confirm
            label={
              <>
                Revoke<span className="sr-only"> {name}</span>
              </>
            }
            ask={
              guests === 0
                ? "Nobody comes by the link any more."
                : `Nobody comes by the link any more, and the ${counted(guests, "guest")} who came by it leave the board. Their votes stay.`
            }
            go="Revoke it"
            onGo={onRevoke}
          />
        </>
      )}
    </article>
  );
}
