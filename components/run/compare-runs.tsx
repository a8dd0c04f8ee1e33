"use client";

import { useEffect, useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { count, signed } from "@/components/format";
import { differencesText, examinedFace } from "@/components/run/examined-faces";
import type { RunComparison } from "@/lib/schemas/examination";

export type ComparableRun = { runId: string; model: string; n: number; promptSet: string };

type Answer = { against: string; comparison: RunComparison | null; problem: string | null };

/** This run set against another: differences with their intervals, or why there are none. */
export function CompareRuns({
  runId,
  others,
  distanceLabel,
}: {
  runId: string;
  others: ComparableRun[];
  distanceLabel: string;
}) {
  const [against, setAgainst] = useState("");
  const [answer, setAnswer] = useState<Answer | null>(null);
  useEffect(() => {
    if (against === "") return;
    const controller = new AbortController();
    callApi<RunComparison>(`/api/v1/runs/${runId}/compare?against=${against}`, { signal: controller.signal })
      .then((comparison) => setAnswer({ against, comparison, problem: null }))
      .catch((thrown: unknown) => {
        if (!controller.signal.aborted)
          setAnswer({ against, comparison: null, problem: asApiError(thrown).message });
      });
    return () => controller.abort();
  }, [runId, against]);
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
          {others.map(({ runId: id, model, n, promptSet }) => (
            <option key={id} value={id}>
              {model}, {count(n)} samples of {promptSet}
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
      {current?.comparison && <Differences comparison={current.comparison} label={distanceLabel} />}
    </section>
  );
}

function Differences({ comparison, label }: { comparison: RunComparison; label: string }) {
  const { comparable, values, second } = comparison;
  const differing = values.find(({ differences }) => differences.length > 0);
  return (
    <>
      {!comparable && (
        <p role="alert" className="bg-alarm-soft text-alarm mt-4 rounded-md px-4 py-3 text-sm">
          {differing
            ? `The protocols differ, so there is no difference to state: ${differencesText(differing.differences)}.`
            : "The two runs have no metric in common."}
        </p>
      )}
      {comparable && (
        <div className="mt-4 overflow-x-auto" tabIndex={0} role="region" aria-label="Differences">
          <table className="w-full text-sm tabular-nums">
            <thead className="text-muted text-left text-xs">
              <tr className="border-line border-b">
                <th className="py-2 pr-4 font-normal">Metric</th>
                <th className="py-2 pr-4 text-right font-normal">This run</th>
                <th className="py-2 pr-4 text-right font-normal">{second.model}</th>
                <th className="py-2 pr-4 text-right font-normal">Difference</th>
                <th className="py-2 font-normal">95% interval</th>
              </tr>
            </thead>
            <tbody>
              {values.map(({ metric, key, first, second: other, difference, low, high, paired }) => {
                const face = examinedFace(metric, key, label);
                const told = difference !== null && low !== null && high !== null;
                const apart = told && (low > 0 || high < 0);
                const digits = decimals(face.write(first));
                const scale = face.write(first).endsWith("%") ? 100 : 1;
                return (
                  <tr key={`${metric}.${key}`} className="border-line border-b">
                    <td className="py-2.5 pr-4">{metric === "fd" ? label : face.label}</td>
                    <td className="py-2.5 pr-4 text-right">{face.write(first)}</td>
                    <td className="py-2.5 pr-4 text-right">{face.write(other)}</td>
                    <td className={`py-2.5 pr-4 text-right ${apart ? "font-medium" : "text-muted"}`}>
                      {told ? signed(difference * scale, digits) : "–"}
                    </td>
                    <td className="text-muted py-2.5 whitespace-nowrap">
                      {told && `${signed(low * scale, digits)} to ${signed(high * scale, digits)}`}
                      {told && (paired ? ", paired" : "")}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          <p className="text-muted mt-3 text-sm">
            An interval that holds 0 leaves open which is better. Paired: by prompt, or by reference picture.
          </p>
        </div>
      )}
    </>
  );
}

/** Digits behind the point of a written number. */
function decimals(text: string): number {
  return /\.(\d+)/.exec(text)?.[1].length ?? 0;
}
