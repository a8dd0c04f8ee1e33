"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { FormProvider, useForm, type DefaultValues, type FieldValues } from "react-hook-form";
import type { z } from "zod";
import { callApi } from "@/components/api-client";
import { FormProblem } from "@/components/forms/form-problem";
import { formResolver } from "@/components/forms/form-resolver";
import { reportError } from "@/components/forms/report-error";

/** A form of one action below /api/auth, whose fields have the names of its body's. */
export function AccountForm<Values extends FieldValues, Body, Answer = unknown>({
  action,
  schema,
  defaults,
  fixed,
  submit,
  onDone,
  children,
}: {
  action: string;
  schema: z.ZodType<Body>;
  defaults: DefaultValues<Values>;
  /** Of the body, beside the form's fields. */
  fixed?: Record<string, unknown>;
  submit: string;
  onDone: (answer: Answer, body: Body) => void;
  children: ReactNode;
}) {
  const site = useTranslations("site");
  const form = useForm<Values, unknown, Body>({
    defaultValues: defaults,
    resolver: formResolver<Values, Body>((values) => ({ ...values, ...fixed }), schema, {}),
    reValidateMode: "onSubmit",
  });
  const { isSubmitting } = form.formState;
  const send = form.handleSubmit(async (body) => {
    try {
      onDone(await callApi<Answer>(`/api/auth/${action}`, { body }), body);
    } catch (thrown) {
      reportError(form, thrown);
    }
  });
  return (
    <FormProvider {...form}>
      <form className="grid gap-5" noValidate onSubmit={(event) => void send(event)}>
        {children}
        <FormProblem />
        <button type="submit" className="button-primary w-fit" disabled={isSubmitting}>
          {isSubmitting ? site("confirm.wait") : submit}
        </button>
      </form>
    </FormProvider>
  );
}

/** Goes to a page as a new one: all of it is another person's then. */
export const goTo = (path: string) => window.location.assign(path);
