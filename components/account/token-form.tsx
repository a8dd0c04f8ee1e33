"use client";

import { FormProvider, useForm } from "react-hook-form";
import { callApi } from "@/components/api-client";
import { ChecksField } from "@/components/forms/checks-field";
import { FormProblem } from "@/components/forms/form-problem";
import { formResolver } from "@/components/forms/form-resolver";
import { reportError } from "@/components/forms/report-error";
import { TextField } from "@/components/forms/text-field";
import { SCOPES, SCOPE_TEXTS, type Scope } from "@/lib/access/roles";
import { tokenCreation, type NewToken, type TokenCreation } from "@/lib/schemas/accounts/api-tokens";

type TokenValues = { name: string; days: string; scopes: Scope[] };

const EMPTY: TokenValues = { name: "", days: "90", scopes: ["submit", "read-private"] };

const resolver = formResolver<TokenValues, TokenCreation>(
  ({ name, days, scopes }) => ({ name, scopes, days: days.trim() === "" ? null : Number(days) }),
  tokenCreation,
  {
    name: "A name by which you know it, at most 80 characters.",
    scopes: "Choose at least one.",
    days: "Between 1 and 3650 days, or leave it empty: it never ends.",
  },
);

/** What a token is for, and how long. */
export function TokenForm({ path, onMade }: { path: string; onMade: (token: NewToken) => void }) {
  const form = useForm<TokenValues, unknown, TokenCreation>({
    defaultValues: EMPTY,
    resolver,
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
          <TextField<TokenValues> name="name" idPrefix="token-" label="Name" placeholder="nightly job" />
          <TextField<TokenValues> name="days" idPrefix="token-" label="Valid for days" inputMode="numeric" />
        </div>
        <ChecksField<TokenValues>
          name="scopes"
          legend="It may"
          options={SCOPES.map((scope) => ({ value: scope, label: SCOPE_TEXTS[scope], note: scope }))}
        />
        <FormProblem />
        <button type="submit" className="button-primary w-fit" disabled={isSubmitting}>
          {isSubmitting ? "Making it" : "Make a token"}
        </button>
      </form>
    </FormProvider>
  );
}
