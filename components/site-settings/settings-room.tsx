"use client";

import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { SETTINGS, type Setting } from "@/lib/access/switches";
import type { Offer } from "@/lib/schemas/offer";
import type { SettingsChange, SettingsView } from "@/lib/schemas/settings";

const LABELS: Record<Setting, string> = {
  anonymousVoting: "vote",
  anonymousPrompts: "have a prompt of their own drawn, by models whose owners allow it",
  anonymousSubmitting: "bring models, samples, boards, prompts, reference sets and judges",
};

/** The site's switches, each saved as it is turned. */
export function SettingsRoom({ initial, changing }: { initial: SettingsView; changing: Offer }) {
  const [settings, setSettings] = useState(initial);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const change = async (body: SettingsChange) => {
    setBusy(true);
    setProblem(null);
    try {
      setSettings(await callApi<SettingsView>("/api/v1/settings", { body }));
    } catch (thrown) {
      setProblem(asApiError(thrown).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <fieldset className="card mt-10 grid max-w-3xl gap-4 p-5" disabled={busy || changing.kind !== "open"}>
      <legend className="sr-only">Without an account</legend>
      <p className="font-medium">Without an account one may</p>
      {SETTINGS.map((name) => (
        <div key={name} className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
          <label className="flex items-baseline gap-3">
            <input
              type="checkbox"
              checked={settings[name].value}
              onChange={({ target }) => void change({ [name]: target.checked })}
            />
            <span>{LABELS[name]}</span>
          </label>
          {settings[name].isSet ? (
            <button
              type="button"
              className="link text-sm"
              onClick={() => void change({ [name]: null })}
              aria-label={`Back to the environment: ${LABELS[name]}`}
            >
              Back to the environment
            </button>
          ) : (
            <span className="text-muted text-sm">as the environment says</span>
          )}
        </div>
      ))}
      {changing.kind !== "open" && <p className="text-muted text-sm">{changing.text}</p>}
      {problem && (
        <p role="alert" className="text-alarm text-sm">
          {problem}
        </p>
      )}
    </fieldset>
  );
}
