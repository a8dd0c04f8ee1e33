"use client";

import { FormProvider, useForm } from "react-hook-form";
import { callApi } from "@/components/api-client";
import { ChoiceField } from "@/components/forms/choice-field";
import { FormProblem } from "@/components/forms/form-problem";
import { formResolver } from "@/components/forms/form-resolver";
import { reportError } from "@/components/forms/report-error";
import { TextField } from "@/components/forms/text-field";
import { ROLE_NAMES } from "@/components/users/role-names";
import {
  accountInviteCreation,
  INVITED_ROLES,
  type AccountInviteCreation,
  type NewAccountInvite,
} from "@/lib/schemas/administration/users";

type Values = { role: AccountInviteCreation["role"]; email: string; days: string };

/** Whom an invitation is for, as what, and how long. Where the site sends e-mails, one with an address is sent to it. */
export function InviteForm({
  path,
  sendsMail,
  onMade,
}: {
  path: string;
  sendsMail: boolean;
  onMade: (invite: NewAccountInvite) => void;
}) {
  const form = useForm<Values, unknown, AccountInviteCreation>({
    defaultValues: { role: "VOTER", email: "", days: "14" },
    resolver: formResolver<Values, AccountInviteCreation>(
      ({ role, email, days }) => {
        const address = email.trim() === "" ? null : email.trim();
        return { role, email: address, days: Number(days), send: sendsMail && address !== null };
      },
      accountInviteCreation,
      { days: "From 1 to 365 days." },
    ),
    reValidateMode: "onSubmit",
  });
  const { isSubmitting } = form.formState;
  const make = form.handleSubmit(async (body) => {
    try {
      onMade(await callApi<NewAccountInvite>(path, { body }));
      form.reset({ ...form.getValues(), email: "" });
    } catch (thrown) {
      reportError(form, thrown);
    }
  });
  return (
    <FormProvider {...form}>
      <form className="card mt-4 grid gap-4 p-5" noValidate onSubmit={(event) => void make(event)}>
        <div className="grid gap-4 sm:grid-cols-3">
          <TextField<Values>
            name="email"
            idPrefix="invite-"
            label="E-mail address"
            hint={
              sendsMail
                ? "The link is sent there. Empty: for whoever has the link."
                : "Only for this address. Empty: for whoever has the link."
            }
            type="email"
            autoComplete="off"
          />
          <ChoiceField<Values>
            name="role"
            label="Role"
            options={INVITED_ROLES.map((role) => [role, ROLE_NAMES[role]])}
          />
          <TextField<Values>
            name="days"
            idPrefix="invite-"
            label="Valid for days"
            inputMode="numeric"
            required
          />
        </div>
        <FormProblem />
        <button type="submit" className="button-primary w-fit" disabled={isSubmitting}>
          {isSubmitting ? "Making it" : "Invite somebody"}
        </button>
      </form>
    </FormProvider>
  );
}
