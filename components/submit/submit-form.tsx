"use client";

import { useRouter } from "next/navigation";
import { useState, type FormEvent, type ReactNode } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { ConnectionResult } from "@/components/submit/connection-result";
import { Field } from "@/components/submit/field";
import { checkForm, EMPTY_FORM, type FieldErrors, type FormValues } from "@/components/submit/form-values";
import type { ConnectionTest, ConnectionTestResponse, SubmissionResponse } from "@/lib/schemas/submissions";
import type { ListedBoard } from "@/lib/schemas/views";

export type Suggestions = Record<
  "paradigm" | "architecture" | "representation" | "textConditioning",
  string[]
>;

const TESTED = ["endpointUrl", "apiKey", "providerModel", "imageSize"] as const;

/** Everything a model's submission holds, with a test call before anything is stored. */
export function SubmitForm({
  boards,
  suggestions,
  reviewed,
}: {
  boards: ListedBoard[];
  suggestions: Suggestions;
  /** Whether the operator approves models before they are listed. */
  reviewed: boolean;
}) {
  const router = useRouter();
  const [values, setValues] = useState<FormValues>({
    ...EMPTY_FORM,
    board: boards[0]?.slug ?? EMPTY_FORM.board,
    imageSize: boards[0]?.imageSize ?? EMPTY_FORM.imageSize,
  });
  const shown = boards.find(({ slug }) => slug === values.board)?.imageSize;
  const [errors, setErrors] = useState<FieldErrors>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState<"test" | "submit" | null>(null);
  const [result, setResult] = useState<ConnectionTestResponse | null>(null);

  const change = (part: Partial<FormValues>) => {
    setValues((before) => ({ ...before, ...part }));
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([field]) => !(field in part))));
  };
  const show = (found: FieldErrors) => {
    setErrors(found);
    // EMPTY_FORM lists the fields in the order of the page.
    const first = Object.keys(EMPTY_FORM).find((field) => field in found);
    if (first) document.getElementById(first)?.focus();
  };
  const report = (thrown: unknown) => {
    const error = asApiError(thrown);
    if (error.field && error.field in values) show({ [error.field]: error.message });
    else setProblem(error.message);
  };

  const test = async () => {
    setProblem(null);
    const { errors: found } = checkForm(values, [...TESTED]);
    if (Object.keys(found).length > 0) return show(found);
    setBusy("test");
    try {
      const body: ConnectionTest = {
        endpointUrl: values.endpointUrl.trim(),
        apiKey: values.apiKey.trim() || undefined,
        providerModel: values.providerModel.trim(),
        imageSize: values.imageSize.trim(),
      };
      setResult(await callApi<ConnectionTestResponse>("/api/v1/models/test", { body }));
    } catch (thrown) {
      report(thrown);
    } finally {
      setBusy(null);
    }
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    const { body, errors: found } = checkForm(values);
    if (!body) return show(found);
    setBusy("submit");
    try {
      const { runId } = await callApi<SubmissionResponse>("/api/v1/models", { body });
      router.push(`/runs/${runId}`);
    } catch (thrown) {
      report(thrown);
      setBusy(null);
    }
  };

  const shared = { values, errors, onChange: change };
  return (
    <form
      onSubmit={submit}
      noValidate
      className="mt-10 grid gap-x-16 gap-y-12 lg:grid-cols-[minmax(0,1fr)_20rem]"
    >
      <div className="grid gap-12">
        <Group
          title="Endpoint"
          text="An address that speaks the OpenAI images API. Salon calls POST {address}/images/generations."
        >
          <Field
            {...shared}
            name="endpointUrl"
            label="Address"
            required
            type="url"
            inputMode="url"
            placeholder="https://host/v1"
          />
          <Field
            {...shared}
            name="providerModel"
            label="Model name at the endpoint"
            required
            placeholder="my-model-v2"
            hint="Sent as “model” with every request."
          />
          <Field
            {...shared}
            name="apiKey"
            label="Key"
            type="password"
            autoComplete="new-password"
            hint="Sent as Authorization: Bearer. Stored sealed, never shown again."
          />
          <div className="grid grid-cols-2 gap-4">
            <Field
              {...shared}
              name="imageSize"
              label="Image size"
              required
              placeholder={shown}
              hint={shown && `Battles are shown as ${shown}; another shape is measured, but in no battle.`}
            />
            <Field {...shared} name="concurrency" label="Requests at once" required inputMode="numeric" />
          </div>
          <Field
            {...shared}
            name="ownPromptsPerDay"
            label="Visitors’ own prompts, calls a day"
            inputMode="numeric"
            hint="Visitors’ own prompts in the arena may call this endpoint, at most so many times a day (UTC). 0: never."
          />
        </Group>

        <Group title="Model" text="What the board says of it.">
          <Field {...shared} name="name" label="Name" required />
          <Field {...shared} name="creator" label="Creator" required />
          <Field
            {...shared}
            name="pricePerImageUsd"
            label="Price per image, US dollars"
            inputMode="decimal"
            placeholder="0.04"
          />
          <div className="grid grid-cols-2 gap-4">
            <div>
              <label htmlFor="openWeights" className="block text-sm font-medium">
                Open weights
              </label>
              <select
                id="openWeights"
                className="field mt-1.5 min-h-[2.625rem]"
                value={values.openWeights}
                onChange={(event) => change({ openWeights: event.target.value as FormValues["openWeights"] })}
              >
                <option value="">not said</option>
                <option value="yes">yes</option>
                <option value="no">no</option>
              </select>
            </div>
            <Field {...shared} name="releasedAt" label="Released" type="date" />
          </div>
        </Group>

        <Group
          title="How it is built"
          text="Four facts by which readers compare. Choose a usual word or write your own."
        >
          <Field
            {...shared}
            name="paradigm"
            label="Paradigm"
            suggestions={suggestions.paradigm}
            placeholder="flow matching"
          />
          <Field
            {...shared}
            name="architecture"
            label="Architecture"
            suggestions={suggestions.architecture}
            placeholder="diffusion transformer"
          />
          <Field
            {...shared}
            name="representation"
            label="Representation"
            suggestions={suggestions.representation}
            placeholder="autoencoder latents"
          />
          <Field
            {...shared}
            name="textConditioning"
            label="Text conditioning"
            suggestions={suggestions.textConditioning}
            placeholder="cross-attention"
          />
        </Group>

        <Group
          title="Run"
          text="Every prompt of the board's set is generated once, then embedded and graded."
        >
          {boards.length > 1 && (
            <div>
              <label htmlFor="board" className="block text-sm font-medium">
                Board
              </label>
              <select
                id="board"
                className="field mt-1.5 min-h-[2.625rem]"
                value={values.board}
                onChange={(event) => change({ board: event.target.value })}
              >
                {boards.map(({ slug, name }) => (
                  <option key={slug} value={slug}>
                    {name}
                  </option>
                ))}
              </select>
            </div>
          )}
          <Field
            {...shared}
            name="promptCount"
            label="Number of prompts"
            inputMode="numeric"
            placeholder="all"
            hint="The first ones of the set. A few are enough for a try; distances need many."
          />
          <label className="flex items-start gap-3 pt-1 text-sm sm:pt-8">
            <input
              type="checkbox"
              className="mt-0.5 size-4 accent-(--accent)"
              checked={values.listed}
              onChange={(event) => change({ listed: event.target.checked })}
            />
            <span>
              <span className="block font-medium">Join arena and leaderboard once scored</span>
              <span className="text-muted block">
                {reviewed &&
                  "The operator of this site reviews it first; until then only this browser sees it. "}
                Unticked, only this browser sees the model; you can publish it later.
              </span>
            </span>
          </label>
        </Group>
      </div>

      <aside className="lg:sticky lg:top-24 lg:self-start">
        <ConnectionResult result={result} pending={busy === "test"} />
        <div className="mt-5 grid gap-3">
          <button type="button" className="button-quiet" onClick={test} disabled={busy !== null}>
            {busy === "test" ? "Asking the endpoint" : "Test connection"}
          </button>
          <button type="submit" className="button-primary" disabled={busy !== null}>
            {busy === "submit" ? "Submitting" : "Submit and start the run"}
          </button>
          {Object.keys(errors).length > 0 && (
            <p className="text-alarm text-sm">Please fix the marked fields.</p>
          )}
          {problem && (
            <p role="alert" className="bg-alarm-soft text-alarm rounded-md px-4 py-3 text-sm">
              {problem}
            </p>
          )}
        </div>
      </aside>
    </form>
  );
}

function Group({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <fieldset>
      <legend className="font-serif text-2xl">{title}</legend>
      <p className="text-muted mt-1 text-sm">{text}</p>
      <div className="mt-5 grid gap-x-6 gap-y-5 sm:grid-cols-2">{children}</div>
    </fieldset>
  );
}
