"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { asApiError, callApi, type ApiError } from "@/components/api-client";
import type { DrawingRequest, DrawingResponse } from "@/lib/schemas/drawings";

const POLL_MS = 500;

/** A visitor's drawing: begun on demand, followed until every model has drawn. */
export function useDrawing() {
  const [drawing, setDrawing] = useState<DrawingResponse | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  /** Answers that belong to an earlier drawing are dropped. */
  const turn = useRef(0);

  const draw = useCallback(async (prompt: string) => {
    const mine = ++turn.current;
    setBusy(true);
    setError(null);
    try {
      let now = await callApi<DrawingResponse>("/api/v1/drawings", {
        body: { prompt } satisfies DrawingRequest,
      });
      while (turn.current === mine) {
        setDrawing(now);
        if (now.state === "done") break;
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
        now = await callApi<DrawingResponse>(`/api/v1/drawings/${now.drawingId}`);
      }
    } catch (thrown) {
      if (turn.current === mine) setError(asApiError(thrown));
    } finally {
      if (turn.current === mine) setBusy(false);
    }
  }, []);

  useEffect(() => () => void turn.current++, []);
  return { drawing, error, busy, draw };
}
