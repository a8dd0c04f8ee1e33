"use client";

import { useTranslations } from "next-intl";
import { FormProvider, useForm } from "react-hook-form";
import { callApi } from "@/components/api-client";
import { ChoiceField } from "@/components/forms/choice-field";
import { FormProblem } from "@/components/forms/form-problem";
import { formResolver } from "@/components/forms/form-resolver";
import { reportError } from "@/components/forms/report-error";
import { TextField } from "@/components/forms/text-field";
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
  const t = useTranslations("users.invites");
  const site = useTranslations("site");
  const form = useForm<Values, unknown, AccountInviteCreation>({
    defaultValues: { role: "VOTER", email: "", days: "14" },
    resolver: formResolver<Values, AccountInviteCreation>(
      ({ role, email, days }) => {
        const address = email.trim() === "" ? null : email.trim();
        return { role, email: address, days: Number(days), send: sendsMail && address !== null };
      },
      accountInviteCreation,
      { days: t("daysWrong") },
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
            label={t("email")}
            hint={t(sendsMail ? "sent" : "notSent")}
            type="email"
            autoComplete="off"
          />
          <ChoiceField<Values>
            name="role"
            label={t("role")}
            options={INVITED_ROLES.map((role) => [role, site("role", { role })])}
          />
          <TextField<Values> name="days" idPrefix="invite-" label={t("days")} inputMode="numeric" required />
        </div>
        <FormProblem />
        <button type="submit" className="button-primary w-fit" disabled={isSubmitting}>
          {t(isSubmitting ? "making" : "make")}
        </button>
      </form>
    </FormProvider>
  );
}
