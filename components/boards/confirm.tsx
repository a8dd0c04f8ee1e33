"use client";

import { useState, type ReactNode } from "react";

/** A button that asks once more before it does what it says. */
export function Confirm({
  label,
  ask,
  go,
  onGo,
}: {
  label: ReactNode;
  ask: string;
  go: string;
  onGo: () => Promise<void>;
}) {
  const [isAsked, setIsAsked] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  if (!isAsked) {
    return (
      <button type="button" className="button-quiet button-small" onClick={() => setIsAsked(true)}>
        {label}
      </button>
    );
  }
  const run = async () => {
    setIsBusy(true);
    await onGo();
    setIsBusy(false);
    setIsAsked(false);
  };
  return (
    <div role="group" aria-label={`${go}?`} className="bg-sunk rounded-md p-4 text-sm">
      <p>{ask}</p>
      <div className="mt-3 flex flex-wrap gap-3">
        <button
          type="button"
          className="button-quiet button-small text-alarm"
          disabled={isBusy}
          onClick={() => void run()}
        >
          {isBusy ? "One moment" : go}
        </button>
        <button
          type="button"
          className="button-quiet button-small"
          autoFocus
          disabled={isBusy}
          onClick={() => setIsAsked(false)}
        >
          Keep it
        </button>
      </div>
    </div>
  );
}
