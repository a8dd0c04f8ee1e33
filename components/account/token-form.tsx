"use client";

import { useTranslations } from "next-intl";
import { FormProvider, useForm } from "react-hook-form";
import { callApi } from "@/components/api-client";
import { ChecksField } from "@/components/forms/checks-field";
import { FormProblem } from "@/components/forms/form-problem";
import { formResolver } from "@/components/forms/form-resolver";
import { reportError } from "@/components/forms/report-error";
import { TextField } from "@/components/forms/text-field";
import { SCOPES, type Scope } from "@/lib/access/roles";
import { tokenCreation, type NewToken, type TokenCreation } from "@/lib/schemas/accounts/api-tokens";

type TokenValues = { name: string; days: string; scopes: Scope[] };

const EMPTY: TokenValues = { name: "", days: "90", scopes: ["submit", "read-private"] };

const resolverOf = (t: ReturnType<typeof useTranslations<"account.tokens">>) =>
  formResolver<TokenValues, TokenCreation>(
    ({ name, days, scopes }) => ({ name, scopes, days: days.trim() === "" ? null : Number(days) }),
    tokenCreation,
    { name: t("nameProblem"), scopes: t("scopesProblem"), days: t("daysProblem") },
  );

/** What a token is for, and how long. */
export function TokenForm({ path, onMade }: { path: string; onMade: (token: NewToken) => void }) {
  const t = useTranslations("account.tokens");
  const field = useTranslations("account");
  const form = useForm<TokenValues, unknown, TokenCreation>({
    defaultValues: EMPTY,
    resolver: resolverOf(t),
    reValidateMode: "onSubmit",
  });
  const { isSubmitting } = form.formState;
  const make = form.handleSubmit(async (body) => {
    try {
      onMade(await callApi<NewToken>(path, { body }));
      form.reset({ ...form.getValues(), name: "" });
    } catch (thrown) {
      reportError(form, thrown);
    }
  });
  return (
    <FormProvider {...form}>
      <form className="card grid gap-4 p-5" noValidate onSubmit={(event) => void make(event)}>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField<TokenValues>
            name="name"
            idPrefix="token-"
            label={field("name")}
            placeholder={t("example")}
          />
          <TextField<TokenValues> name="days" idPrefix="token-" label={t("days")} inputMode="numeric" />
        </div>
        <ChecksField<TokenValues>
          name="scopes"
          legend={t("may")}
          options={SCOPES.map((scope) => ({ value: scope, label: t("scope", { scope }), note: scope }))}
        />
        <FormProblem />
        <button type="submit" className="button-primary w-fit" disabled={isSubmitting}>
          {t(isSubmitting ? "making" : "make")}
        </button>
      </form>
    </FormProvider>
  );
}
