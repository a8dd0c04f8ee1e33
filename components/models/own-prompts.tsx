"use client";

import { useRouter } from "next/navigation";
import { useState, type FormEvent } from "react";
import { asApiError, callApi } from "@/components/api-client";

/** How often a day visitors' own prompts may call the endpoint: its submitter's to decide. */
export function OwnPrompts({ slug, perDay, used }: { slug: string; perDay: number; used: number }) {
  const router = useRouter();
  const [value, setValue] = useState(String(perDay));
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ problem: boolean; text: string } | null>(null);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await callApi(`/api/v1/models/${slug}/own-prompts`, { body: { perDay: Number(value.trim() || "0") } });
      setSaid({ problem: false, text: "Saved." });
      router.refresh();
    } catch (thrown) {
      setSaid({ problem: true, text: asApiError(thrown).message });
    }
    setBusy(false);
  };

  return (
    <form onSubmit={save} className="mt-6 max-w-2xl text-sm" aria-label="Visitors’ own prompts">
      <label htmlFor="ownPrompts" className="font-medium">
        Visitors’ own prompts may call this endpoint, times a day
      </label>
      <p className="text-muted">
        In the arena a visitor can type a prompt. 0: your endpoint is never called for one. Used today (UTC):{" "}
        {used}.
      </p>
      <div className="mt-2 flex gap-3">
        <input
          id="ownPrompts"
          className="field w-28"
          inputMode="numeric"
          value={value}
          onChange={(event) => {
            setValue(event.target.value);
            setSaid(null);
          }}
        />
        <button
          type="submit"
          className="button-quiet button-small"
          disabled={busy || value.trim() === String(perDay)}
        >
          {busy ? "One moment" : "Save"}
        </button>
      </div>
      <p role="status" className={said?.problem ? "text-alarm mt-2" : "text-muted mt-2"}>
        {said?.text}
      </p>
    </form>
  );
}
