"use client";

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

const resolver = formResolver<Values, ComparisonCreation>(
  ({ question, pairsPerVoter, days, ...rest }) => ({
    ...rest,
    question: question.trim() || null,
    pairsPerVoter: Number(pairsPerVoter),
    days: days.trim() === "" ? null : Number(days),
  }),
  comparisonCreation,
  {
    name: "A name of 1 to 80 characters.",
    question: "At most 200 characters.",
    pairsPerVoter: "Between 1 and 500.",
    days: "Between 1 and 365 days, or leave it empty: it never ends.",
    runs: "Choose 2 to 8 runs.",
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
  const [isAsking, setIsAsking] = useState(false);
  const [made, setMade] = useState<CreatedComparison | null>(null);
  if (made) {
    return (
      <div className="mt-6 max-w-3xl">
        <NewSecretLink path={made.invite.path} />
        <p className="mt-3 text-sm">
          <Link className="link" href={`/comparisons/${made.comparisonId}`}>
            What people say, and more links
          </Link>
        </p>
      </div>
    );
  }
  if (!isAsking) {
    return (
      <p className="mt-6">
        <button type="button" className="button-primary" onClick={() => setIsAsking(true)}>
          Ask people
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
  const form = useForm<Values, unknown, ComparisonCreation>({
    defaultValues: {
      name: runs.map(({ name }) => name).join(" against ").slice(0, 80), // prettier-ignore
      question: "",
      pairsPerVoter: "50",
      days: "30",
      showsNames: false,
      runs: runs.map(({ runId }) => runId),
    },
    resolver,
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
        aria-label="Ask people"
        noValidate
        onSubmit={(event) => void make(event)}
      >
        <p className="text-muted text-sm">
          Whoever opens the link is shown pairs of samples of one prompt, names covered, and says which is
          better. You alone see the results; no board&apos;s rating moves.
        </p>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField<Values> name="name" idPrefix="ask-" label="Name, for you" required />
          <TextField<Values>
            name="question"
            idPrefix="ask-"
            label="Question"
            placeholder="Which is better overall?"
          />
          <TextField<Values>
            name="pairsPerVoter"
            idPrefix="ask-"
            label="Pairs for each person"
            inputMode="numeric"
            required
          />
          <TextField<Values> name="days" idPrefix="ask-" label="Link valid for days" inputMode="numeric" />
        </div>
        <fieldset>
          <legend className="text-sm font-medium">Runs</legend>
          <div className="mt-1.5 grid max-h-48 gap-1 overflow-y-auto">
            {[...runs, ...more].map(({ runId, name }) => (
              <label key={runId} className="flex min-h-8 items-center gap-2 text-sm">
                <input type="checkbox" value={runId} {...form.register("runs")} /> {name}
              </label>
            ))}
          </div>
          <FieldNote id="ask-runs" error={form.formState.errors.runs?.message} />
        </fieldset>
        <label className="flex items-center gap-2 text-sm">
          <input type="checkbox" {...form.register("showsNames")} /> Tell people after each vote which run was
          which
        </label>
        <FormProblem />
        <button type="submit" className="button-primary w-fit" disabled={isSubmitting}>
          {isSubmitting ? "Making the link" : "Make a link"}
        </button>
      </form>
    </FormProvider>
  );
}
