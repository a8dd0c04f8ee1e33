"use client";

import { useMemo } from "react";
import { unpackHistory, type PackedHistory } from "@/components/plots/packed-history";
import { RatingHistoryPlot } from "@/components/plots/rating-history";

/** The ratings of a board's models over its snapshots. */
export function BoardHistory({ history }: { history: PackedHistory }) {
  const points = useMemo(() => unpackHistory(history), [history]);
  return <RatingHistoryPlot points={points} />;
}
