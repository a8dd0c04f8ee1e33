"use client";

import { useEffect, useEffectEvent } from "react";
import type { Outcome } from "@/lib/schemas/battles";

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

/**
 * The stage from the keyboard, unless the visitor is typing or uses a control of their own: an answer ("vote", and to one
 * criterion after the other in "details"), going on, taking the last answer back, and whether details are asked.
 */
export function useVoteKeys(
  mode: "vote" | "details" | "next" | "off",
  actions: {
    answer: (outcome: Outcome) => void;
    goOn: () => void;
    takeBack: () => void;
    toggleDetails: () => void;
  },
) {
  // One listener for good: it knows the stage from the moment it is shown, so that no early key is lost.
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (mode === "off" || event.metaKey || event.ctrlKey || event.altKey || event.repeat) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("input, textarea, select, [contenteditable], [role=dialog], [role=menu]")) return;
    const key = event.key.toLowerCase();
    if ((mode === "vote" || mode === "details") && key in VOTE_KEYS) {
      event.preventDefault();
      actions.answer(VOTE_KEYS[key]);
    }
    if (mode === "vote" && key === "d") actions.toggleDetails();
    if (mode === "details" && key === "backspace") {
      event.preventDefault();
      actions.takeBack();
    }
    const pressesControl = target?.closest("a, summary, button:not([data-stage])");
    if (
      (mode === "next" || mode === "details") &&
      (key === "n" || ((key === "enter" || key === " ") && !pressesControl))
    ) {
      event.preventDefault();
      actions.goOn();
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
}
