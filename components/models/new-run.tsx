"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { callApi } from "@/components/api-client";
import { ChoiceField } from "@/components/forms/choice-field";
import { FormProblem } from "@/components/forms/form-problem";
import { formResolver } from "@/components/forms/form-resolver";
import { reportError } from "@/components/forms/report-error";
import { TextField } from "@/components/forms/text-field";
import { AdvancedFields } from "@/components/submit/advanced-fields";
import { CostEstimate } from "@/components/submit/cost-estimate";
import { EMPTY_FORM, type FormValues } from "@/components/submit/form-values";
import {
  number,
  optional,
  runParameterValues,
  runWords,
  toRunParameters,
} from "@/components/submit/run-values";
import { formatId } from "@/lib/schemas/formats/formats";
import { runRequest, type RunRequest } from "@/lib/schemas/submissions";
import type { ListedBoard, ModelView } from "@/lib/schemas/views";

const Field = TextField<FormValues>;
const Choice = ChoiceField<FormValues>;

const toRunRequest = (values: FormValues) => ({
  board: values.board,
  promptCount: number(values.promptCount),
  samplesPerPrompt: number(values.samplesPerPrompt),
  label: optional(values.label),
  imageSize: optional(values.imageSize),
  pricePerImageUsd: number(values.pricePerImageUsd),
  budgetUsd: number(values.budgetUsd),
  ...toRunParameters(values),
});

/** Another run of a model that has an endpoint, with the parameters of the run that stands for it until others are typed. */
export function NewRun({ model, boards }: { model: ModelView; boards: ListedBoard[] }) {
  const t = useTranslations("models.run");
  const router = useRouter();
  const submitting = useTranslations("submit");
  const endpoint = model.endpoint!;
  const format = formatId.parse(endpoint.format);
  const form = useForm<FormValues, unknown, RunRequest>({
    defaultValues: {
      ...EMPTY_FORM,
      ...{ endpointUrl: endpoint.url, format, imageSize: endpoint.imageSize },
      ...(model.bestRun && runParameterValues(model.bestRun.parameters, format)),
      board: (boards.find(({ slug }) => slug === model.board?.slug) ?? boards[0])?.slug ?? "",
    },
    resolver: useMemo(
      () => formResolver<FormValues, RunRequest>(toRunRequest, runRequest, runWords(submitting)),
      [submitting],
    ),
    reValidateMode: "onSubmit",
  });
  const { isSubmitting, isSubmitSuccessful } = form.formState;
  const isSent = isSubmitting || isSubmitSuccessful;
  const submit = form.handleSubmit(async (body) => {
    try {
      const { runId } = await callApi<{ runId: string }>(`/api/v1/models/${model.slug}/runs`, { body });
      router.push(`/runs/${runId}`);
    } catch (thrown) {
      reportError(form, thrown);
    }
  });
  if (boards.length === 0) return null;
  return (
    <details className="mb-6">
      <summary className="link w-fit py-2 text-sm">{t("open")}</summary>
      <FormProvider {...form}>
        <form
          onSubmit={(event) => void submit(event)}
          noValidate
          aria-label={t("form")}
          className="mt-4 grid max-w-3xl gap-x-6 gap-y-5 sm:grid-cols-2"
        >
          <Choice
            name="board"
            label={t("board")}
            options={boards.map(({ slug, name }) => [slug, name, "name"])}
          />
          <Field
            name="promptCount"
            label={t("promptCount")}
            inputMode="numeric"
            placeholder={t("all")}
            hint={t("promptCountHint")}
          />
          <Field name="imageSize" label={t("imageSize")} required />
          <Field
            name="pricePerImageUsd"
            label={t("price")}
            inputMode="decimal"
            placeholder={model.pricePerImageUsd === null ? undefined : String(model.pricePerImageUsd)}
            hint={t("priceHint")}
          />
          <Field
            name="budgetUsd"
            label={t("budget")}
            inputMode="decimal"
            placeholder={t("none")}
            hint={t("budgetHint")}
          />
          <AdvancedFields />
          <div className="grid gap-3 sm:col-span-2">
            <CostEstimate measuredUsd={null} model={model.slug} />
            <button type="submit" className="button-primary w-fit" disabled={isSent}>
              {t(isSent ? "wait" : "start")}
            </button>
            <FormProblem />
          </div>
        </form>
      </FormProvider>
    </details>
  );
}
