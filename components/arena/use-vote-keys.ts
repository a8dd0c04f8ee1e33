"use client";

import { useEffect, useEffectEvent } from "react";
import type { Outcome } from "@/lib/schemas/battles";

/** Arrow up and down are not among them: they scroll, as on every page. */
const VOTE_KEYS: Record<string, Outcome> = {
  arrowleft: "left",
  a: "left",
  arrowright: "right",
  b: "right",
  t: "tie",
  x: "both_bad",
};

/**
 * The stage from the keyboard, unless the visitor is typing or uses a control of their own: an answer ("vote", and in
 * "decided", where names are still covered, to one criterion after the other or instead of the last one), going on, taking the last
 * answer back, and whether details are asked. `at` is
 * when the key was pressed, in milliseconds of the page's clock. A key that is held down counts once.
 */
export function useVoteKeys(
  mode: "vote" | "decided" | "next" | "off",
  actions: {
    answer: (outcome: Outcome, at: number) => void;
    goOn: (at: number) => void;
    takeBack: () => void;
    toggleDetails: () => void;
    /** Absent: there is nothing to look at closely. */
    look?: () => void;
  },
) {
  // One listener for good: it knows the stage from the moment it is shown, so that no early key is lost.
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const target = event.target instanceof Element ? event.target : null;
    if (event.repeat) {
      // A browser presses the focused button again and again while Enter is held.
      if (["Enter", " "].includes(event.key) && target?.closest("[data-stage]")) event.preventDefault();
      return;
    }
    if (mode === "off" || event.metaKey || event.ctrlKey || event.altKey) return;
    if (target?.closest("input, textarea, select, [contenteditable], [role=dialog], [role=menu]")) return;
    const key = event.key.toLowerCase();
    if ((mode === "vote" || mode === "decided") && key in VOTE_KEYS) {
      event.preventDefault();
      actions.answer(VOTE_KEYS[key], event.timeStamp);
    }
    if (key === "z") actions.look?.();
    if (mode === "vote" && key === "d") actions.toggleDetails();
    if (mode === "decided" && key === "backspace") {
      event.preventDefault();
      actions.takeBack();
    }
    const pressesControl = target?.closest("a, summary, button:not([data-stage])");
    if (
      (mode === "next" || mode === "decided") &&
      (key === "n" || ((key === "enter" || key === " ") && !pressesControl))
    ) {
      event.preventDefault();
      actions.goOn(event.timeStamp);
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
}
