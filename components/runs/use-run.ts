"use client";

import { useState } from "react";
import { asApiError, callApi, type ApiError } from "@/components/api-client";
import { isActive } from "@/components/runs/run-states";
import { useApi } from "@/components/use-api";
import type { RunView } from "@/lib/schemas/runs";

const POLL_MS = 1_200;
/** While judges are at work, or metrics are added to a finished run. */
const SLOW_MS = 8_000;

export type RunAction = "cancel" | "resume" | "publish" | "rescore";

/**
 * A run kept up to date while it is active or scored again, and the verbs its submitter has.
 * @param path where the API has it
 */
export function useRun(initial: RunView, path = `/api/v1/runs/${initial.runId}`) {
  const [refused, setRefused] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState<RunAction | null>(null);
  const [rescoring, setRescoring] = useState(false);
  const {
    data: run,
    error,
    refresh,
  } = useApi<RunView>(path, {
    initial,
    wait: ({ state, judging, unscored }) => {
      if (isActive(state)) return POLL_MS;
      const isJudged = judging.some(({ finished, paused }) => !finished && !paused);
      return isJudged || (rescoring && unscored.length > 0) ? SLOW_MS : null;
    },
  });

  const act = async (action: RunAction) => {
    setBusy(action);
    setRefused(null);
    try {
      await callApi<unknown>(`${path}/${action}`, { method: "POST" });
      if (action === "rescore") setRescoring(true);
      await refresh();
    } catch (thrown) {
      setRefused(asApiError(thrown));
    } finally {
      setBusy(null);
    }
  };
  return {
    run,
    error: refused ?? error,
    busy: busy ?? (rescoring && run.unscored.length > 0 ? ("rescore" as const) : null),
    act,
    refresh,
  };
}
