"use client";

import { useState, type FormEvent } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { count, duration } from "@/components/format";
import {
  judgeSubmission,
  type JudgeList,
  type JudgeSubmissionInput,
  type JudgeTestResponse,
} from "@/lib/schemas/judging";

/** The text inputs, in the order of the page. */
const FIELDS = [
  { name: "endpointUrl", label: "Address", required: true, type: "url", placeholder: "https://host/v1" },
  { name: "providerModel", label: "Model name at the endpoint", required: true },
  { name: "apiKey", label: "Key", type: "password", hint: "Stored sealed, never shown again." },
  { name: "name", label: "Name", required: true },
  { name: "creator", label: "Creator of the model", required: true },
  { name: "usdPerMillionInputTokens", label: "$ per million input tokens", number: true },
  { name: "usdPerMillionOutputTokens", label: "$ per million output tokens", number: true },
  { name: "budgetUsd", label: "Budget, $", number: true, hint: "Judging stops there. Needs both prices." },
  { name: "promptsPerRun", label: "Prompts of each run", number: true, placeholder: "all" },
  { name: "pairsPerBoard", label: "Extra pairs nobody voted on", number: true, placeholder: "200" },
  { name: "concurrency", label: "Requests at once", number: true, placeholder: "2" },
] as const satisfies {
  name: keyof JudgeSubmissionInput;
  label: string;
  required?: boolean;
  number?: boolean;
  type?: string;
  placeholder?: string;
  hint?: string;
}[];
type FieldName = (typeof FIELDS)[number]["name"];
type Values = Record<FieldName, string>;
const EMPTY = Object.fromEntries(FIELDS.map(({ name }) => [name, ""])) as Values;

const SAYINGS: Partial<Record<string, string>> = {
  endpointUrl: "Give the http or https address of the endpoint, such as https://host/v1.",
  providerModel: "Give the name the endpoint knows the model by.",
  name: "Give the judge a name.",
  creator: "Say who made the model.",
  concurrency: "Between 1 and 16.",
  rubrics: "Choose at least one.",
};

/** Adds a judge: address, key, rubrics, money. It is tried before anything is stored. */
export function JudgeForm({ rubrics, onAdded }: { rubrics: JudgeList["rubrics"]; onAdded: () => void }) {
  const [values, setValues] = useState(EMPTY);
  const [chosen, setChosen] = useState<string[]>(
    rubrics.filter((r) => r.kind !== "vqascore").map((r) => r.id),
  );
  const [errors, setErrors] = useState<Partial<Record<string, string>>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState<"test" | "add" | null>(null);
  const [test, setTest] = useState<JudgeTestResponse | null>(null);

  const body = () => ({
    ...Object.fromEntries(
      FIELDS.flatMap((field) => {
        const text = values[field.name].trim();
        return text === "" ? [] : [[field.name, "number" in field ? Number(text) : text]];
      }),
    ),
    rubrics: chosen,
  });
  const show = (found: Partial<Record<string, string>>) => {
    setErrors(found);
    const first = FIELDS.find(({ name }) => found[name]);
    if (first) document.getElementById(`judge-${first.name}`)?.focus();
  };
  const work = async (kind: "test" | "add") => {
    setProblem(null);
    const schema = kind === "test" ? judgeSubmission.pick(TESTED) : judgeSubmission;
    const { endpointUrl, apiKey, providerModel } = body() as Partial<JudgeSubmissionInput>;
    const parsed = schema.safeParse(kind === "test" ? { endpointUrl, apiKey, providerModel } : body());
    if (!parsed.success) {
      return show(
        Object.fromEntries(
          parsed.error.issues.map(({ path, message }) => [path[0], SAYINGS[String(path[0])] ?? message]),
        ),
      );
    }
    setErrors({});
    setBusy(kind);
    try {
      if (kind === "test") {
        setTest(await callApi<JudgeTestResponse>("/api/v1/judges/test", { body: parsed.data }));
      } else {
        await callApi<unknown>("/api/v1/judges", { body: parsed.data });
        setValues(EMPTY);
        setTest(null);
        onAdded();
      }
    } catch (thrown) {
      const error = asApiError(thrown);
      if (error.field && error.field !== "endpointUrl") show({ [error.field]: error.message });
      else setProblem(error.message);
    } finally {
      setBusy(null);
    }
  };

  return (
    <section className="mt-14 max-w-3xl" aria-labelledby="add-judge">
      <h2 id="add-judge" className="text-2xl">
        Add a judge
      </h2>
      <p className="text-muted mt-2 text-sm">
        Any vision model behind an OpenAI-compatible chat API (POST {"{address}"}/chat/completions). It judges
        your own published runs, for you alone; once the operator of this site admits it, also those of the
        models on the board, for everybody. It sees pictures and prompts, and nothing else.
      </p>
      <form
        className="card mt-5 grid gap-5 p-5"
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void work("add");
        }}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          {FIELDS.map((field) => {
            const { name, label } = field;
            const hint = errors[name] ?? ("hint" in field ? field.hint : undefined);
            const required = "required" in field;
            return (
              <div key={name}>
                <label htmlFor={`judge-${name}`} className="block text-sm font-medium">
                  {label}
                  {!required && <span className="text-muted font-normal"> (optional)</span>}
                </label>
                <input
                  id={`judge-${name}`}
                  name={name}
                  className="field mt-1.5"
                  type={"type" in field ? field.type : "text"}
                  inputMode={"number" in field ? "decimal" : undefined}
                  placeholder={"placeholder" in field ? field.placeholder : undefined}
                  autoComplete={name === "apiKey" ? "new-password" : "off"}
                  spellCheck={false}
                  required={required}
                  value={values[name]}
                  aria-invalid={Boolean(errors[name])}
                  aria-describedby={hint ? `judge-${name}-hint` : undefined}
                  onChange={(event) => setValues((before) => ({ ...before, [name]: event.target.value }))}
                />
                {hint && (
                  <p
                    id={`judge-${name}-hint`}
                    className={`mt-1.5 text-sm ${errors[name] ? "text-alarm" : "text-muted"}`}
                  >
                    {hint}
                  </p>
                )}
              </div>
            );
          })}
        </div>
        <fieldset>
          <legend className="text-sm font-medium">Rubrics</legend>
          {errors.rubrics && (
            <p role="alert" className="text-alarm mt-1 text-sm">
              {errors.rubrics}
            </p>
          )}
          <ul className="mt-2 grid gap-3">
            {rubrics.map(({ id, title, description, source }) => (
              <li key={id}>
                <label className="flex items-start gap-3 text-sm">
                  <input
                    type="checkbox"
                    className="mt-1"
                    checked={chosen.includes(id)}
                    onChange={(event) =>
                      setChosen((before) =>
                        event.target.checked ? [...before, id] : before.filter((each) => each !== id),
                      )
                    }
                  />
                  <span>
                    <span className="font-medium">{title}</span>{" "}
                    <span className="text-muted font-mono text-xs">{id}</span>
                    <span className="text-muted block" title={source}>
                      {description}
                    </span>
                  </span>
                </label>
              </li>
            ))}
          </ul>
        </fieldset>
        <div aria-live="polite" className="grid gap-2 text-sm">
          {problem && (
            <p role="alert" className="bg-alarm-soft text-alarm rounded-md px-4 py-3 break-words">
              {problem}
            </p>
          )}
          {test && <TestResult test={test} />}
        </div>
        <div className="flex flex-wrap items-center gap-3">
          <button
            type="button"
            className="button-quiet"
            disabled={busy !== null}
            onClick={() => void work("test")}
          >
            {busy === "test" ? "Asking it" : "Try it"}
          </button>
          <button type="submit" className="button-primary" disabled={busy !== null || chosen.length === 0}>
            {busy === "add" ? "Trying and adding it" : `Add with ${count(chosen.length)} rubrics`}
          </button>
        </div>
      </form>
    </section>
  );
}

const TESTED = { endpointUrl: true, apiKey: true, providerModel: true } as const;

function TestResult({ test }: { test: JudgeTestResponse }) {
  return (
    <div className="bg-sunk rounded-md px-4 py-3">
      <p className={`font-medium break-words ${test.ok ? "text-accent" : "text-alarm"}`}>{test.message}</p>
      {test.ok && (
        <p className="text-muted mt-1">
          {test.jsonSchema ? "Answers in the form of a JSON schema" : "Does not keep to a JSON schema"};{" "}
          {test.logprobs
            ? "tells the probabilities of its words"
            : "does not tell the probabilities of its words, so VQAScore is not for it"}
          ; {duration(test.latencyMs)}.
        </p>
      )}
      {test.said && <p className="mt-2 font-mono text-xs break-words whitespace-pre-wrap">{test.said}</p>}
    </div>
  );
}
