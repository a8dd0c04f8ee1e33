"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { useState } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { callApi } from "@/components/api-client";
import { FormProblem } from "@/components/forms/form-problem";
import { formResolver } from "@/components/forms/form-resolver";
import { reportError } from "@/components/forms/report-error";
import { FieldNote, TextField } from "@/components/forms/text-field";
import { NewSecretLink } from "@/components/secret-links";
import {
  comparisonCreation,
  type ComparisonCreation,
  type CreatedComparison,
} from "@/lib/schemas/comparisons";

type Values = {
  name: string;
  question: string;
  pairsPerVoter: string;
  days: string;
  showsNames: boolean;
  runs: string[];
};

const resolverOf = (t: ReturnType<typeof useTranslations<"comparisons">>) =>
  formResolver<Values, ComparisonCreation>(
    ({ question, pairsPerVoter, days, ...rest }) => ({
      ...rest,
      question: question.trim() || null,
      pairsPerVoter: Number(pairsPerVoter),
      days: days.trim() === "" ? null : Number(days),
    }),
    comparisonCreation,
    {
      name: t("ask.problems.name"),
      question: t("ask.problems.question"),
      pairsPerVoter: t("ask.problems.pairsPerVoter"),
      days: t("ask.problems.days"),
      runs: t("ask.problems.runs"),
    },
  );

/** A button that makes a private vote between two runs, or these and others over the same prompts, and gives its link. */
export function AskPeople({
  runs,
  more,
}: {
  /** The runs that are compared, by id and name. */
  runs: { runId: string; name: string }[];
  /** Runs over the same prompts that may be in it too. */
  more: { runId: string; name: string }[];
}) {
  const t = useTranslations("comparisons.ask");
  const [isAsking, setIsAsking] = useState(false);
  const [made, setMade] = useState<CreatedComparison | null>(null);
  if (made) {
    return (
      <div className="mt-6 max-w-3xl">
        <NewSecretLink path={made.invite.path} />
        <p className="mt-3 text-sm">
          <Link className="link" href={`/comparisons/${made.comparisonId}`}>
            {t("made")}
          </Link>
        </p>
      </div>
    );
  }
  if (!isAsking) {
    return (
      <p className="mt-6">
        <button type="button" className="button-primary" onClick={() => setIsAsking(true)}>
          {t("button")}
        </button>
      </p>
    );
  }
  return <AskForm runs={runs} more={more} onMade={setMade} />;
}

function AskForm({
  runs,
  more,
  onMade,
}: Parameters<typeof AskPeople>[0] & { onMade: (made: CreatedComparison) => void }) {
  const t = useTranslations("comparisons");
  const form = useForm<Values, unknown, ComparisonCreation>({
    defaultValues: {
      name: runs.map(({ name }) => name).reduce((first, second) => t("ask.defaultName", { first, second })).slice(0, 80), // prettier-ignore
      question: "",
      pairsPerVoter: "50",
      days: "30",
      showsNames: false,
      runs: runs.map(({ runId }) => runId),
    },
    resolver: resolverOf(t),
    reValidateMode: "onSubmit",
  });
  const { isSubmitting } = form.formState;
  const make = form.handleSubmit(async (body) => {
    try {
      onMade(await callApi<CreatedComparison>("/api/v1/comparisons", { body }));
    } catch (thrown) {
      reportError(form, thrown);
    }
  });
  return (
    <FormProvider {...form}>
      <form
        className="card mt-6 grid max-w-3xl gap-4 p-5"
        aria-label={t("ask.button")}
        noValidate
        onSubmit={(event) => void make(event)}
      >
        <p className="text-muted text-sm">{t("ask.about")}</p>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField<Values> name="name" idPrefix="ask-" label={t("ask.name")} required />
          <TextField<Values>
            name="question"
            idPrefix="ask-"
            label={t("ask.question")}
            placeholder={t("ask.questionExample")}
          />
          <TextField<Values>
            name="pairsPerVoter"
            idPrefix="ask-"
            label={t("ask.pairs")}
            inputMode="numeric"
            required
          />
          <TextField<Values> name="days" idPrefix="ask-" label={t("ask.days")} inputMode="numeric" />
        </div>
        <fieldset>
          <legend className="text-sm font-medium">{t("ask.runs")}</legend>
          <div className="mt-1.5 grid max-h-48 gap-1 overflow-y-auto">
            {[...runs, ...more].map(({ runId, name }) => (
              <label key={runId} className="flex min-h-8 items-center gap-2 text-sm">
                <input type="checkbox" value={runId} {...form.register("runs")} />{" "}
                <span translate="no">{name}</span>
              </label>
            ))}
          </div>
          <FieldNote id="ask-runs" error={form.formState.errors.runs?.message} />
        </fieldset>
        <label className="flex items-center gap-2 text-sm">
          <input type="checkbox" {...form.register("showsNames")} /> {t("tellNames")}
        </label>
        <FormProblem />
        <button type="submit" className="button-primary w-fit" disabled={isSubmitting}>
          {t(isSubmitting ? "ask.making" : "ask.make")}
        </button>
      </form>
    </FormProvider>
  );
}
