"use client";

import { useEffect, useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { count } from "@/components/format";
import { ComparedValues } from "@/components/runs/compared-values";
import type { RunComparison } from "@/lib/schemas/examination";

export type ComparableRun = {
  runId: string;
  model: string;
  n: number;
  promptSet: string;
  superseded: boolean;
};

type Answer = { against: string; comparison: RunComparison | null; problem: string | null };

const POLL_MS = 3_000;

/** This run set against another: differences with their intervals, or why there are none. */
export function CompareRuns({ runId, others }: { runId: string; others: ComparableRun[] }) {
  const [against, setAgainst] = useState("");
  const answer = useComparison(runId, against);
  const current = answer?.against === against ? answer : null;
  return (
    <section className="mt-12" aria-labelledby="compare">
      <h2 id="compare" className="text-2xl">
        Against another run
      </h2>
      <label className="mt-4 block max-w-md text-sm">
        <span className="text-muted mb-1 block">Compare with</span>
        <select className="field" value={against} onChange={(event) => setAgainst(event.target.value)}>
          <option value="">Choose a run</option>
          {others.map(({ runId: id, model, n, promptSet, superseded }) => (
            <option key={id} value={id}>
              {model}
              {superseded && " (earlier weights)"}, {count(n)} samples of {promptSet}
            </option>
          ))}
        </select>
      </label>
      {against !== "" && current === null && (
        <p className="text-muted mt-4 text-sm" role="status">
          Comparing…
        </p>
      )}
      {current?.problem && (
        <p role="alert" className="text-alarm mt-4 text-sm">
          {current.problem}
        </p>
      )}
      {current?.comparison && <Comparison comparison={current.comparison} />}
    </section>
  );
}

/** Asks for the comparison, has it computed where that is needed, and asks again until it is there. */
function useComparison(runId: string, against: string): Answer | null {
  const [answer, setAnswer] = useState<Answer | null>(null);
  useEffect(() => {
    if (against === "") return;
    const controller = new AbortController();
    const { signal } = controller;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (method: "GET" | "POST") => {
      try {
        const path = `/api/v1/runs/${runId}/compare?against=${against}`;
        const comparison = await callApi<RunComparison>(path, { method, signal });
        setAnswer({ against, comparison, problem: null });
        if (comparison.state === "needed") void ask("POST");
        if (comparison.state === "computing") timer = setTimeout(() => void ask("GET"), POLL_MS);
      } catch (thrown) {
        if (!signal.aborted) setAnswer({ against, comparison: null, problem: asApiError(thrown).message });
      }
    };
    void ask("GET");
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [runId, against]);
  return answer;
}

function Comparison({ comparison }: { comparison: RunComparison }) {
  const { state, first, second, prompts, isWhole, alignment, encoders } = comparison;
  return (
    <>
      <p className="text-muted mt-4 max-w-3xl text-sm">
        {prompts === null
          ? `The two share too few prompts to be paired: each is taken over all its samples (${count(first.n)} and ${count(second.n)}).`
          : isWhole
            ? `Over all ${count(prompts)} prompts, which both have answered.`
            : `Over the ${count(prompts)} prompts that both have answered, of ${count(first.n)} and ${count(second.n)} samples: equal n, the same prompts. The numbers differ a little from those over all samples.`}
      </p>
      {(state === "computing" || state === "needed") && (
        <p className="text-muted mt-3 text-sm" role="status">
          A worker computes the metrics over these prompts; they appear here.
        </p>
      )}
      {state === "failed" && (
        <p role="alert" className="text-alarm mt-3 text-sm">
          The metrics over these prompts could not be computed; the worker&apos;s log says why.
        </p>
      )}
      {alignment && <ComparedValues other={second.model} label="" values={[alignment]} />}
      {encoders.map(({ id, distanceLabel, values }) => (
        <ComparedValues key={id} other={second.model} label={distanceLabel} values={values} />
      ))}
      {state === "ready" && encoders.length === 0 && !alignment && (
        <p className="text-muted mt-4 text-sm">The two runs have no metric in common.</p>
      )}
      <p className="text-muted mt-3 text-sm">
        An interval that holds 0 leaves open which is better. Paired: by prompt, or by reference picture.
      </p>
    </>
  );
}
