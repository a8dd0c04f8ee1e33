"use client";

import { useState, type FormEvent } from "react";
import { asApiError, callApi } from "@/components/api-client";
import type { Offer } from "@/lib/schemas/offer";

/** The words that prompts may not have, an entry a line. */
export function BlockedWords({ initial, changing }: { initial: readonly string[]; changing: Offer }) {
  const [text, setText] = useState(initial.join("\n"));
  const [saved, setSaved] = useState(initial.join("\n"));
  const [said, setSaid] = useState<{ problem: boolean; text: string } | null>(null);
  const [busy, setBusy] = useState(false);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const words = text.split("\n").flatMap((line) => line.trim() || []);
    try {
      const kept = await callApi<{ words: string[] }>("/api/v1/moderation/words", { body: { words } });
      setText(kept.words.join("\n"));
      setSaved(kept.words.join("\n"));
      setSaid({ problem: false, text: "Saved." });
    } catch (thrown) {
      setSaid({ problem: true, text: asApiError(thrown).message });
    }
    setBusy(false);
  };
  return (
    <form onSubmit={save} className="card mt-6 max-w-3xl p-5">
      <fieldset disabled={busy || changing.kind !== "open"} className="grid gap-3">
        <label className="grid gap-1">
          <span className="font-medium">Words that prompts may not have</span>
          <span className="text-muted text-sm">
            One entry a line, of one word or several; * stands for any letters. A prompt that somebody types
            with one is refused, and uploaded images of such prompts are held until somebody decides on them.
          </span>
          <textarea
            className="field min-h-32"
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setSaid(null);
            }}
          />
        </label>
        <button type="submit" className="button-quiet button-small w-fit" disabled={text === saved}>
          {busy ? "One moment" : "Save"}
        </button>
      </fieldset>
      <p role="status" className={said?.problem ? "text-alarm mt-2 text-sm" : "text-muted mt-2 text-sm"}>
        {said?.text}
      </p>
    </form>
  );
}
