"use client";

import { useCallback, useEffect, useState } from "react";
import { asApiError, callApi, type ApiError } from "@/components/api-client";
import { isActive } from "@/components/runs/run-states";
import type { RunResponse } from "@/lib/schemas/runs";

const POLL_MS = 1_200;
/** A hidden tab and a finished run are asked for less often. */
const SLOW_MS = 8_000;

export type RunAction = "cancel" | "resume" | "publish" | "rescore";

/** A run kept up to date while it is active or scored again, and the verbs its submitter has. */
export function useRun(initial: RunResponse) {
  const [run, setRun] = useState(initial);
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState<RunAction | null>(null);
  const [rescoring, setRescoring] = useState(false);
  const path = `/api/v1/runs/${initial.runId}`;

  useEffect(() => {
    const judged = run.judging.some(({ finished, stopped }) => !finished && stopped === null);
    const scoredAgain = rescoring && run.unscored.length > 0;
    if (!isActive(run.state) && !judged && !scoredAgain) return;
    const controller = new AbortController();
    const wait = document.visibilityState === "visible" && isActive(run.state) ? POLL_MS : SLOW_MS;
    const timer = setTimeout(async () => {
      try {
        setRun(await callApi<RunResponse>(path, { signal: controller.signal }));
        setError(null);
      } catch (thrown) {
        if (controller.signal.aborted) return;
        setError(asApiError(thrown));
        // A fresh object starts the next wait.
        setRun((before) => ({ ...before }));
      }
    }, wait);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [run, path, rescoring]);

  const act = useCallback(
    async (action: RunAction) => {
      setBusy(action);
      setError(null);
      try {
        await callApi<unknown>(`${path}/${action}`, { method: "POST" });
        setRun(await callApi<RunResponse>(path));
        if (action === "rescore") setRescoring(true);
      } catch (thrown) {
        setError(asApiError(thrown));
      } finally {
        setBusy(null);
      }
    },
    [path],
  );
  return {
    run,
    error,
    busy: busy ?? (rescoring && run.unscored.length > 0 ? ("rescore" as const) : null),
    act,
  };
}
