"use client";

import { useEffect, useEffectEvent } from "react";
import type { Outcome } from "@/lib/schemas/api";

const VOTE_KEYS: Record<string, Outcome> = {
  arrowleft: "left",
  a: "left",
  arrowright: "right",
  b: "right",
  arrowdown: "tie",
  t: "tie",
  arrowup: "both_bad",
  x: "both_bad",
};

/** Votes and "next" from the keyboard, unless the visitor is typing or uses a control of their own. */
export function useVoteKeys(
  mode: "vote" | "next" | "off",
  vote: (outcome: Outcome) => void,
  next: () => void,
) {
  // One listener for good: it knows the stage from the moment it is shown, so that no early key is lost.
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (mode === "off" || event.metaKey || event.ctrlKey || event.altKey || event.repeat) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("input, textarea, select, [contenteditable], [role=dialog], [role=menu]")) return;
    const key = event.key.toLowerCase();
    if (mode === "vote" && key in VOTE_KEYS) {
      event.preventDefault();
      vote(VOTE_KEYS[key]);
    }
    const pressesControl = target?.closest("a, summary, button:not([data-stage])");
    if (mode === "next" && (key === "n" || ((key === "enter" || key === " ") && !pressesControl))) {
      event.preventDefault();
      next();
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
}
