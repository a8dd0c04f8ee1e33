"use client";

import { useId, useState } from "react";

/** A signing secret that was just made: it is kept sealed, so this is the only time it can be copied. */
export function NewSecret({ secret, note }: { secret: string; note?: string }) {
  const id = useId();
  const [said, setSaid] = useState<string | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret);
      setSaid("Copied.");
    } catch {
      // Browsers refuse outside https and loopback.
      setSaid("Your browser does not let the page copy: select the secret and copy it.");
    }
  };
  return (
    <div className="bg-accent-soft mt-4 grid gap-2 rounded-md p-4 text-sm">
      <label htmlFor={id} className="font-medium">
        Verify signatures with this secret. It is shown this once.
      </label>
      <div className="flex gap-3">
        <input
          id={id}
          className="field min-w-0 font-mono text-xs"
          readOnly
          value={secret}
          onFocus={({ target }) => target.select()}
        />
        <button type="button" className="button-quiet" onClick={() => void copy()}>
          Copy
        </button>
      </div>
      {note && <p className="text-muted">{note}</p>}
      <p role="status" className="text-muted">
        {said}
      </p>
    </div>
  );
}
