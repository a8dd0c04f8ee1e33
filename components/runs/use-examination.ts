"use client";

import { useEffect, useState } from "react";
import { callApi } from "@/components/api-client";
import type { RunExaminationView } from "@/lib/schemas/examination";

const POLL_MS = 3_000;
/** A hidden tab, and a run that is not scored yet, are asked for less often. */
const SLOW_MS = 8_000;

/** A run's examination, asked for again until a worker has finished it. */
export function useExamination(runId: string, initial: RunExaminationView): RunExaminationView {
  const [examination, setExamination] = useState(initial);
  useEffect(() => {
    const isDone = examination.state === "ready" && examination.pending.length === 0;
    if (isDone || examination.state === "failed") return;
    const controller = new AbortController();
    const isNear = examination.state !== "waiting" && document.visibilityState === "visible";
    const wait = isNear ? POLL_MS : SLOW_MS;
    const timer = setTimeout(async () => {
      try {
        setExamination(
          await callApi<RunExaminationView>(`/api/v1/runs/${runId}/examination`, {
            signal: controller.signal,
          }),
        );
      } catch {
        // The run above says when Salon cannot be reached; a fresh object starts the next wait.
        if (!controller.signal.aborted) setExamination((before) => ({ ...before }));
      }
    }, wait);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [examination, runId]);
  return examination;
}
