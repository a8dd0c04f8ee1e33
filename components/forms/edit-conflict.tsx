"use client";

import { useState } from "react";
import { moment } from "@/components/format";
import type { Changed } from "@/lib/schemas/error-response";

/** One thing that two people set differently, in words. */
export interface Difference {
  label: string;
  mine: string;
  theirs: string;
}

const WHO = { you: "You", operator: "The operator", salon: "Salon itself", other: "Somebody else" };

/** Tells that somebody changed what is edited here, with both values of what differs, and asks which of the two stands. */
export function EditConflict({
  changed,
  differences,
  onKeep,
  onTake,
}: {
  changed: Changed;
  differences: Difference[];
  onKeep: () => Promise<void>;
  onTake: () => Promise<void>;
}) {
  const [isBusy, setIsBusy] = useState(false);
  const run = (work: () => Promise<void>) => {
    setIsBusy(true);
    void work().finally(() => setIsBusy(false));
  };
  const { who, name, at } = changed;
  return (
    <div role="alert" className="bg-alarm-soft rounded-md px-4 py-3 text-sm">
      <p className="text-alarm">
        {name ?? WHO[who]} changed this{at !== null && ` on ${moment(at)}`}
        {who === "you" && " in another window"}, after you had opened it. Nothing was saved, and what you
        typed is still here.
      </p>
      {differences.length > 0 && (
        <dl className="mt-3 grid gap-2">
          {differences.map(({ label, mine, theirs }) => (
            <div key={label}>
              <dt className="font-medium">{label}</dt>
              <dd className="break-words">
                now: {theirs} · yours: {mine}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <div className="mt-3 flex flex-wrap gap-3">
        <button
          type="button"
          className="button-quiet button-small"
          disabled={isBusy}
          onClick={() => run(onKeep)}
        >
          Keep mine
        </button>
        <button
          type="button"
          className="button-quiet button-small"
          disabled={isBusy}
          onClick={() => run(onTake)}
        >
          Take theirs
        </button>
      </div>
    </div>
  );
}
