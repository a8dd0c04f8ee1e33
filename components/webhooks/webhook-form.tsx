"use client";

import { useTranslations } from "next-intl";
import { FormProvider, useForm } from "react-hook-form";
import { callApi } from "@/components/api-client";
import { ChecksField } from "@/components/forms/checks-field";
import { FormProblem } from "@/components/forms/form-problem";
import { formResolver } from "@/components/forms/form-resolver";
import { reportError } from "@/components/forms/report-error";
import { TextField } from "@/components/forms/text-field";
import { eventsOf, eventText, type Subject } from "@/components/webhooks/webhook-text";
import { webhookCreation, type NewWebhook, type WebhookCreation } from "@/lib/schemas/webhooks";

/** The same in every language. */
const EXAMPLE = "https://example.org/salon";

type Values = { url: string; events: string[] };

/** Adds a webhook to a model or a board. */
export function WebhookForm({
  subject,
  onMade,
}: {
  subject: Subject;
  onMade: (webhook: NewWebhook) => void;
}) {
  const t = useTranslations("webhooks");
  const form = useForm<Values, unknown, WebhookCreation>({
    defaultValues: { url: "", events: eventsOf(subject) },
    resolver: formResolver<Values, WebhookCreation>(
      ({ url, events }) => ({ ...subject, url: url.trim(), events }),
      webhookCreation,
      { url: t("form.badUrl"), events: t("form.noEvent") },
    ),
    reValidateMode: "onSubmit",
  });
  const { isSubmitting } = form.formState;
  const add = form.handleSubmit(async (body) => {
    try {
      onMade(await callApi<NewWebhook>("/api/v1/webhooks", { body }));
      form.reset();
    } catch (thrown) {
      reportError(form, thrown);
    }
  });
  return (
    <FormProvider {...form}>
      <form className="card grid gap-4 p-5" noValidate onSubmit={(event) => void add(event)}>
        <TextField<Values>
          name="url"
          idPrefix="webhook-"
          label={t("form.url")}
          type="url"
          inputMode="url"
          required
          placeholder={EXAMPLE}
          translate="no"
          autoComplete="off"
        />
        <ChecksField<Values>
          name="events"
          legend={t("form.when")}
          options={eventsOf(subject).map((value) => ({ value, ...eventText(t, value) }))}
        />
        <FormProblem />
        <button type="submit" className="button-primary w-fit" disabled={isSubmitting}>
          {t(isSubmitting ? "form.adding" : "form.add")}
        </button>
      </form>
    </FormProvider>
  );
}
