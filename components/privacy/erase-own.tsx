"use client";

import { useTranslations } from "next-intl";
import { FormProvider, useForm } from "react-hook-form";
import { callApi } from "@/components/api-client";
import { goTo } from "@/components/account/account-form";
import { ChoiceField } from "@/components/forms/choice-field";
import { FormProblem } from "@/components/forms/form-problem";
import { formResolver } from "@/components/forms/form-resolver";
import { reportError } from "@/components/forms/report-error";
import { TextField } from "@/components/forms/text-field";
import { ownErasure, type OwnErasure } from "@/lib/schemas/accounts/privacy";

type Values = { confirm: string; password: string; listed: OwnErasure["listed"] };

const bodyOf = ({ confirm, password, listed }: Values) => ({
  confirm: confirm.trim().toLowerCase(),
  listed,
  ...(password !== "" && { password }),
});

/** Somebody has their own data erased: told what stays, and asked for a word that nobody types by mistake. */
export function EraseOwn({ hasAccount, hasPassword }: { hasAccount: boolean; hasPassword: boolean }) {
  const t = useTranslations("privacy.erase");
  const form = useForm<Values, unknown, OwnErasure>({
    defaultValues: { confirm: "", password: "", listed: "keep" },
    resolver: formResolver<Values, OwnErasure>(bodyOf, ownErasure, { confirm: t("wordMissing") }),
    reValidateMode: "onSubmit",
  });
  const { isSubmitting } = form.formState;
  const erase = form.handleSubmit(async (body) => {
    try {
      await callApi<unknown>("/api/v1/privacy/erasure", { body });
      goTo("/privacy");
    } catch (thrown) {
      reportError(form, thrown);
    }
  });
  return (
    <section className="mt-12 grid max-w-2xl gap-4" aria-labelledby="erase-heading">
      <h2 id="erase-heading" className="text-xl">
        {t(hasAccount ? "titleAccount" : "title")}
      </h2>
      <ul className="grid list-disc gap-1 pl-5 text-sm">
        <li>{t(hasAccount ? "accountGoes" : "promptsGo")}</li>
        <li>{t("privateGoes")}</li>
        <li>{t("votesStay")}</li>
        <li>{t("logStays")}</li>
      </ul>
      <FormProvider {...form}>
        <form className="card grid gap-5 p-5" noValidate onSubmit={(event) => void erase(event)}>
          <ChoiceField<Values>
            name="listed"
            label={t("listed")}
            options={[
              ["keep", t("keep")],
              ["remove", t("remove")],
            ]}
          />
          {hasPassword && (
            <TextField<Values>
              name="password"
              label={t("password")}
              type="password"
              required
              autoComplete="current-password"
            />
          )}
          <TextField<Values>
            name="confirm"
            label={t("word")}
            hint={t("wordHint")}
            required
            autoComplete="off"
          />
          <FormProblem />
          <button type="submit" className="button-quiet text-alarm w-fit" disabled={isSubmitting}>
            {t(isSubmitting ? "erasing" : "go")}
          </button>
        </form>
      </FormProvider>
    </section>
  );
}
