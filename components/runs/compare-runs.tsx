"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { callApi } from "@/components/api-client";
import { AskPeople } from "@/components/comparisons/ask-people";
import { ComparedValues } from "@/components/runs/compared-values";
import { RunsBesideSection } from "@/components/runs/runs-beside";
import { useApi } from "@/components/use-api";
import type { RunComparison } from "@/lib/schemas/examination";

export type ComparableRun = {
  runId: string;
  model: string;
  n: number;
  promptSet: string;
  superseded: boolean;
};

const POLL_MS = 3_000;

/** This run set against another: differences with their intervals, or why there are none. */
export function CompareRuns({ runId, others }: { runId: string; others: ComparableRun[] }) {
  const [against, setAgainst] = useState("");
  const { data: comparison, error } = useComparison(runId, against);
  const t = useTranslations("runs.compare");
  return (
    <section className="mt-12" aria-labelledby="compare">
      <h2 id="compare" className="text-2xl">
        {t("title")}
      </h2>
      <label className="mt-4 block max-w-md text-sm">
        <span className="text-muted mb-1 block">{t("with")}</span>
        <select className="field" value={against} onChange={(event) => setAgainst(event.target.value)}>
          <option value="">{t("choose")}</option>
          {others.map(({ runId: id, model, n, promptSet, superseded }) => (
            <option key={id} value={id}>
              {t("option", { model, superseded: superseded ? "yes" : "no", n, set: promptSet })}
            </option>
          ))}
        </select>
      </label>
      {against !== "" && !comparison && !error && (
        <p className="text-muted mt-4 text-sm" role="status">
          {t("comparing")}
        </p>
      )}
      {error && (
        <p role="alert" className="text-alarm mt-4 text-sm">
          {error.message}
        </p>
      )}
      {comparison && <Comparison comparison={comparison} />}
      {comparison && <AskPeopleAbout key={against} comparison={comparison} others={others} />}
      {against !== "" && <RunsBesideSection key={against} runId={runId} against={against} />}
    </section>
  );
}

/** Asks people about the two, where they are over the same prompts. */
function AskPeopleAbout({
  comparison: { first, second },
  others,
}: {
  comparison: RunComparison;
  others: ComparableRun[];
}) {
  const t = useTranslations("runs.compare");
  if (first.promptSet !== second.promptSet || first.runId === second.runId) return null;
  const more = others.filter(
    ({ runId, promptSet }) => promptSet === first.promptSet && runId !== second.runId,
  );
  return (
    <AskPeople
      runs={[first, second].map(({ runId, model }) => ({ runId, name: model }))}
      more={more.map(({ runId, model, n }) => ({ runId, name: t("candidate", { model, n }) }))}
    />
  );
}

/** The comparison; has it computed where that is needed, and asks again until it is there. */
export function useComparison(runId: string, against: string) {
  return useApi<RunComparison>(against && `/api/v1/runs/${runId}/compare?against=${against}`, {
    ask: async (path) => {
      const found = await callApi<RunComparison>(path);
      return found.state === "needed" ? callApi<RunComparison>(path, { method: "POST" }) : found;
    },
    wait: ({ state }) => (state === "computing" ? POLL_MS : null),
  });
}

/** Two runs' metrics with their paired differences. */
export function Comparison({ comparison }: { comparison: RunComparison }) {
  const { state, first, second, prompts, isWhole, alignment, encoders } = comparison;
  const t = useTranslations("runs.compare");
  return (
    <>
      <p className="text-muted mt-4 max-w-3xl text-sm">
        {prompts === null
          ? t("unpaired", { first: first.n, second: second.n })
          : t(isWhole ? "whole" : "common", { n: prompts, first: first.n, second: second.n })}
      </p>
      {(state === "computing" || state === "needed") && (
        <p className="text-muted mt-3 text-sm" role="status">
          {t("computing")}
        </p>
      )}
      {state === "failed" && (
        <p role="alert" className="text-alarm mt-3 text-sm">
          {t("failed")}
        </p>
      )}
      {alignment && <ComparedValues other={second.model} label="" values={[alignment]} />}
      {encoders.map(({ id, distanceLabel, values }) => (
        <ComparedValues key={id} other={second.model} label={distanceLabel} values={values} />
      ))}
      {state === "ready" && encoders.length === 0 && !alignment && (
        <p className="text-muted mt-4 text-sm">{t("nothing")}</p>
      )}
      <p className="text-muted mt-3 text-sm">{t("about")}</p>
    </>
  );
}
