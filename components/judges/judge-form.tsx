"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { FormProvider, useController, useForm, useWatch } from "react-hook-form";
import { callApi } from "@/components/api-client";
import { FormProblem } from "@/components/forms/form-problem";
import { reportError } from "@/components/forms/report-error";
import { TextField } from "@/components/forms/text-field";
import {
  emptyJudge,
  FIELDS,
  judgeResolver,
  rubricsSeeing,
  TESTED,
  toJudgeTest,
  type JudgeValues,
} from "@/components/judges/judge-values";
import { useFormat } from "@/components/use-format";
import {
  shownVideosAs,
  type JudgeList,
  type JudgeSubmission,
  type JudgeTestResponse,
  type VideosAs,
} from "@/lib/schemas/judges/judging";

type Rubrics = JudgeList["rubrics"];

/** Adds a judge: address, key, rubrics, money. It is tried before anything is stored. */
export function JudgeForm({ rubrics, onAdded }: { rubrics: Rubrics; onAdded: () => void }) {
  const t = useTranslations("judges");
  const form = useForm<JudgeValues, unknown, JudgeSubmission>({
    defaultValues: emptyJudge({
      videosAs: "frames",
      rubrics: rubricsSeeing("frames", rubrics)
        .filter(({ kind }) => kind !== "vqascore")
        .map(({ id }) => id),
    }),
    resolver: judgeResolver(t),
    reValidateMode: "onSubmit",
  });
  const { isSubmitting } = form.formState;
  const [isTesting, setIsTesting] = useState(false);
  const [test, setTest] = useState<JudgeTestResponse | null>(null);

  const tryIt = async () => {
    form.clearErrors();
    if (!(await form.trigger([...TESTED], { shouldFocus: true }))) return;
    setIsTesting(true);
    try {
      const body = toJudgeTest(form.getValues());
      setTest(await callApi<JudgeTestResponse>("/api/v1/judges/test", { body }));
    } catch (thrown) {
      reportError(form, thrown);
    } finally {
      setIsTesting(false);
    }
  };
  const add = form.handleSubmit(async (body) => {
    try {
      await callApi<unknown>("/api/v1/judges", { body });
      // How videos are shown, and the rubrics that are ticked, stay for the next one.
      form.reset(emptyJudge({ videosAs: form.getValues("videosAs"), rubrics: body.rubrics }));
      setTest(null);
      onAdded();
    } catch (thrown) {
      reportError(form, thrown);
    }
  });

  return (
    <section className="mt-14 max-w-3xl" aria-labelledby="add-judge">
      <h2 id="add-judge" className="text-2xl">
        {t("form.title")}
      </h2>
      <p className="text-muted mt-2 text-sm">{t("form.about", { path: "{address}/chat/completions" })}</p>
      <FormProvider {...form}>
        <form className="card mt-5 grid gap-5 p-5" noValidate onSubmit={(event) => void add(event)}>
          <div className="grid gap-4 sm:grid-cols-2">
            {FIELDS.map((field) => (
              <TextField<JudgeValues>
                key={field.name}
                name={field.name}
                idPrefix="judge-"
                label={t(`form.fields.${field.name}`)}
                hint={
                  field.name === "apiKey" || field.name === "budgetUsd"
                    ? t(`form.hints.${field.name}`)
                    : undefined
                }
                required={"required" in field}
                type={"type" in field ? field.type : "text"}
                inputMode={"number" in field ? "decimal" : undefined}
                placeholder={
                  field.name === "promptsPerRun"
                    ? t("form.all")
                    : "placeholder" in field
                      ? field.placeholder
                      : undefined
                }
                autoComplete={field.name === "apiKey" ? "new-password" : "off"}
              />
            ))}
          </div>
          <VideoChoice rubrics={rubrics} />
          <RubricChoice rubrics={rubrics} />
          <div aria-live="polite" className="grid gap-2 text-sm">
            <FormProblem />
            {test && <TestResult test={test} />}
          </div>
          <div className="flex flex-wrap items-center gap-3">
            <button
              type="button"
              className="button-quiet"
              disabled={isTesting || isSubmitting}
              onClick={() => void tryIt()}
            >
              {t(isTesting ? "form.testing" : "form.test")}
            </button>
            <button type="submit" className="button-primary" disabled={isTesting || isSubmitting}>
              {isSubmitting ? t("form.adding") : t("form.add", { n: form.watch("rubrics").length })}
            </button>
          </div>
        </form>
      </FormProvider>
    </section>
  );
}

const WAYS: VideosAs[] = ["frames", "video"];

/** How it is shown videos: each way has rubrics of its own. */
function VideoChoice({ rubrics }: { rubrics: Rubrics }) {
  const t = useTranslations("judges.form");
  const { field } = useController<JudgeValues, "videosAs">({ name: "videosAs" });
  const { field: ticked } = useController<JudgeValues, "rubrics">({ name: "rubrics" });
  return (
    <fieldset>
      <legend className="text-sm font-medium">{t("videos")}</legend>
      <p className="text-muted mt-1 text-sm">{t("videosAbout")}</p>
      <div className="mt-2 grid gap-3 sm:grid-cols-2">
        {WAYS.map((as, index) => (
          <label key={as} className="flex items-start gap-3 text-sm">
            <input
              ref={index === 0 ? field.ref : undefined}
              type="radio"
              name={field.name}
              className="mt-1"
              checked={field.value === as}
              onBlur={field.onBlur}
              onChange={() => {
                field.onChange(as);
                ticked.onChange(shownVideosAs(as, ticked.value, rubrics));
              }}
            />
            <span>
              <span className="font-medium">{t(as)}</span>
              <span className="text-muted block">{t(as === "frames" ? "framesHint" : "videoHint")}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function RubricChoice({ rubrics }: { rubrics: Rubrics }) {
  const t = useTranslations("judges");
  const { field, fieldState } = useController<JudgeValues, "rubrics">({ name: "rubrics" });
  const videosAs = useWatch<JudgeValues, "videosAs">({ name: "videosAs" });
  const error = fieldState.error?.message;
  return (
    <fieldset aria-describedby={error ? "judge-rubrics-error" : undefined}>
      <legend className="text-sm font-medium">{t("rubrics")}</legend>
      {error && (
        <p id="judge-rubrics-error" className="text-alarm mt-1 text-sm">
          {error}
        </p>
      )}
      <ul className="mt-2 grid gap-3">
        {rubricsSeeing(videosAs, rubrics).map(({ id, title, description, source }, index) => (
          <li key={id}>
            <label className="flex items-start gap-3 text-sm">
              <input
                ref={index === 0 ? field.ref : undefined}
                type="checkbox"
                className="mt-1"
                checked={field.value.includes(id)}
                onBlur={field.onBlur}
                onChange={({ target: { checked } }) =>
                  field.onChange(checked ? [...field.value, id] : field.value.filter((each) => each !== id))
                }
              />
              <span>
                <span className="font-medium">{title}</span>{" "}
                <span className="text-muted font-mono text-xs">{id}</span>
                <span className="text-muted block">{description}</span>
                <span className="text-muted block text-xs">{t("form.source", { source })}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function TestResult({ test }: { test: JudgeTestResponse }) {
  const t = useTranslations("judges.form");
  const { duration } = useFormat();
  return (
    <div className="bg-sunk rounded-md px-4 py-3">
      <p className={`font-medium break-words ${test.ok ? "text-accent" : "text-alarm"}`}>{test.message}</p>
      {test.ok && (
        <p className="text-muted mt-1">
          {t("tested", {
            schema: test.jsonSchema ? "yes" : "no",
            logprobs: test.logprobs ? "yes" : "no",
            time: duration(test.latencyMs),
          })}
        </p>
      )}
      {test.said && <p className="mt-2 font-mono text-xs break-words whitespace-pre-wrap">{test.said}</p>}
    </div>
  );
}
