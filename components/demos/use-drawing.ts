"use client";

import { useState } from "react";
import { asApiError, callApi, mayPass, type ApiError } from "@/components/api-client";
import { useApi } from "@/components/use-api";
import type { DrawingRequest, DrawingResponse } from "@/lib/schemas/stack/drawings";

const POLL_MS = 500;

/** A visitor's drawing: begun on demand, followed until every model has drawn. */
export function useDrawing() {
  const [begun, setBegun] = useState<DrawingResponse>();
  const [asking, setAsking] = useState(false);
  const [refused, setRefused] = useState<ApiError | null>(null);
  const { data: drawing, error } = useApi<DrawingResponse>(
    begun ? `/api/v1/drawings/${begun.drawingId}` : null,
    { initial: begun, wait: ({ state }) => (state === "done" ? null : POLL_MS) },
  );
  const isUnderWay = drawing?.state === "drawing" && (error === null || mayPass(error));

  const draw = async (prompt: string) => {
    setAsking(true);
    setRefused(null);
    try {
      setBegun(
        await callApi<DrawingResponse>("/api/v1/drawings", { body: { prompt } satisfies DrawingRequest }),
      );
    } catch (thrown) {
      setRefused(asApiError(thrown));
    } finally {
      setAsking(false);
    }
  };
  return { drawing: drawing ?? null, error: refused ?? error, busy: asking || isUnderWay, draw };
}
