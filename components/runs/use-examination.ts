"use client";

import { useApi } from "@/components/use-api";
import type { RunExaminationView } from "@/lib/schemas/examination";

const POLL_MS = 3_000;
/** While the run is not scored yet. */
const SLOW_MS = 8_000;

/** A run's examination, asked for again until a worker has finished it. The run above says when Salon cannot be reached. */
export function useExamination(runId: string, initial: RunExaminationView): RunExaminationView {
  return useApi<RunExaminationView>(`/api/v1/runs/${runId}/examination`, {
    initial,
    wait: ({ state, pending }) => {
      if (state === "failed" || (state === "ready" && pending.length === 0)) return null;
      return state === "waiting" ? SLOW_MS : POLL_MS;
    },
  }).data;
}
