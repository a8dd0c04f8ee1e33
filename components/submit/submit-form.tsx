"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { asApiError, callApi } from "@/components/api-client";
import { FormProblem } from "@/components/forms/form-problem";
import { reportError } from "@/components/forms/report-error";
import { ConnectionResult } from "@/components/submit/connection-result";
import { CostEstimate } from "@/components/submit/cost-estimate";
import { ProbeCost, taskOf } from "@/components/submit/probe-cost";
import {
  EMPTY_FORM,
  longestCall,
  submissionResolver,
  TESTED,
  toConnectionTest,
  type FormValues,
} from "@/components/submit/form-values";
import {
  EndpointFields,
  ModelFields,
  RunFields,
  StackFields,
  type Suggestions,
} from "@/components/submit/form-groups";
import { PresetField } from "@/components/submit/preset-field";
import type { Preset } from "@/lib/schemas/catalogue/preset";
import type { ConnectionTestResponse, Submission, SubmissionResponse } from "@/lib/schemas/submissions";
import type { ListedBoard } from "@/lib/schemas/views";

/** Everything a model's submission holds, with a test call before anything is stored. */
export function SubmitForm({
  boards,
  chosen,
  suggestions,
  reviewed,
  presets,
}: {
  boards: ListedBoard[];
  /** Slug of the board that is chosen from the start; the first one unless it is among them. */
  chosen?: string;
  suggestions: Suggestions;
  /** The models that are known. */
  presets: readonly Preset[];
  /** Whether the operator approves models before they are listed. */
  reviewed: boolean;
}) {
  const t = useTranslations("submit");
  const router = useRouter();
  const board = boards.find(({ slug }) => slug === chosen) ?? boards[0];
  const form = useForm<FormValues, unknown, Submission>({
    defaultValues: {
      ...EMPTY_FORM,
      board: board?.slug ?? EMPTY_FORM.board,
      imageSize: board?.imageSize ?? EMPTY_FORM.imageSize,
    },
    resolver: useMemo(() => submissionResolver(t), [t]),
    reValidateMode: "onSubmit",
  });
  const { isSubmitting, isSubmitSuccessful } = form.formState;
  const [isTesting, setIsTesting] = useState(false);
  const [longestSeconds, setLongestSeconds] = useState(0);
  // Whether the server asks for a second yes, since the last test failed.
  const [isDoubted, setIsDoubted] = useState(false);
  const [result, setResult] = useState<ConnectionTestResponse | null>(null);
  // Until the run's page has come.
  const isSent = isSubmitting || isSubmitSuccessful;
  const isBusy = isTesting || isSent;

  const test = async () => {
    form.clearErrors();
    if (!(await form.trigger([...TESTED], { shouldFocus: true }))) return;
    setLongestSeconds(longestCall(form.getValues(), taskOf(boards, form.getValues("board"))));
    setIsTesting(true);
    setIsDoubted(false);
    try {
      setResult(await testConnection(form.getValues(), t("form.brokeOff")));
    } catch (thrown) {
      reportError(form, thrown);
    } finally {
      setIsTesting(false);
    }
  };
  const submit = (acceptFailedProbe?: true) =>
    form.handleSubmit(async (values) => {
      const body = { ...values, acceptFailedProbe };
      try {
        const { runId } = await callApi<SubmissionResponse>("/api/v1/models", { body });
        router.push(`/runs/${runId}`);
      } catch (thrown) {
        setIsDoubted(asApiError(thrown).code === "probe_failed");
        reportError(form, thrown);
      }
    });

  return (
    <FormProvider {...form}>
      <form
        onSubmit={(event) => void submit()(event)}
        noValidate
        className="mt-10 grid gap-x-16 gap-y-12 lg:grid-cols-[minmax(0,1fr)_20rem]"
      >
        <div className="grid gap-12">
          <PresetField presets={presets} />
          <EndpointFields boards={boards} />
          <ModelFields />
          <StackFields suggestions={suggestions} />
          <RunFields boards={boards} reviewed={reviewed} />
        </div>
        <aside className="lg:sticky lg:top-24 lg:self-start">
          <ConnectionResult result={result} pending={isTesting} longestSeconds={longestSeconds} />
          <div className="mt-5 grid gap-3">
            <CostEstimate measuredUsd={result?.costUsd ?? null} />
            <button type="button" className="button-quiet" onClick={() => void test()} disabled={isBusy}>
              {t(isTesting ? "form.testing" : "form.test")}
            </button>
            <ProbeCost boards={boards} />
            <button type="submit" className="button-primary" disabled={isBusy}>
              {t(isSent ? "form.submitting" : "form.submit")}
            </button>
            <FormProblem />
            {isDoubted && <SecondYes onYes={() => void submit(true)()} disabled={isBusy} />}
          </div>
        </aside>
      </form>
    </FormProvider>
  );
}

/** @throws ApiError; Error for an answer that broke off, with that in words */
async function testConnection(values: FormValues, brokeOff: string): Promise<ConnectionTestResponse> {
  const body = toConnectionTest(values);
  const answer = await callApi<ConnectionTestResponse | null>("/api/v1/models/test", { body });
  if (answer === null) throw new Error(brokeOff);
  return answer;
}

/** Below what the server said of a test that failed. */
function SecondYes({ onYes, disabled }: { onYes: () => void; disabled: boolean }) {
  const t = useTranslations("submit.form");
  return (
    <button type="button" className="button-quiet text-alarm" onClick={onYes} disabled={disabled}>
      {t("anyway")}
    </button>
  );
}
