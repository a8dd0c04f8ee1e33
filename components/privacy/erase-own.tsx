"use client";

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

const resolver = formResolver<Values, OwnErasure>(
  ({ confirm, password, listed }) => ({
    confirm: confirm.trim().toLowerCase(),
    listed,
    ...(password !== "" && { password }),
  }),
  ownErasure,
  { confirm: "Type the word erase." },
);

/** Somebody has their own data erased: told what stays, and asked for a word that nobody types by mistake. */
export function EraseOwn({ hasAccount, hasPassword }: { hasAccount: boolean; hasPassword: boolean }) {
  const form = useForm<Values, unknown, OwnErasure>({
    defaultValues: { confirm: "", password: "", listed: "keep" },
    resolver,
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
        {hasAccount ? "Delete your account and erase your data" : "Erase your data"}
      </h2>
      <ul className="grid list-disc gap-1 pl-5 text-sm">
        <li>
          {hasAccount && "Your account, e-mail address, name, sessions and tokens go. "}
          The prompts that you wrote in the arena go, with the images drawn for them.
        </li>
        <li>Private models, boards, prompt sets, judges and comparisons go.</li>
        <li>
          Your votes stay, under an id that leads to nobody: published rankings were computed from them and
          can be verified for ever.
        </li>
        <li>
          The log of changes keeps what you changed, under an id. Backups that were made before keep all of it
          until whoever runs the site deletes them.
        </li>
      </ul>
      <FormProvider {...form}>
        <form className="card grid gap-5 p-5" noValidate onSubmit={(event) => void erase(event)}>
          <ChoiceField<Values>
            name="listed"
            label="What others may see of what you brought"
            options={[
              ["keep", "stays, as the site's own"],
              ["remove", "goes too, unless others' work is made of it"],
            ]}
          />
          {hasPassword && (
            <TextField<Values>
              name="password"
              label="Your password"
              type="password"
              required
              autoComplete="current-password"
            />
          )}
          <TextField<Values>
            name="confirm"
            label="Type the word erase"
            hint="It cannot be undone."
            required
            autoComplete="off"
          />
          <FormProblem />
          <button type="submit" className="button-quiet text-alarm w-fit" disabled={isSubmitting}>
            {isSubmitting ? "Erasing" : "Erase it"}
          </button>
        </form>
      </FormProvider>
    </section>
  );
}
