"use client";

import { useState } from "react";
import { callApi } from "@/components/api-client";
import type { Difference } from "@/components/forms/edit-conflict";
import { useEdit } from "@/components/forms/use-edit";
import { SETTINGS, type Setting } from "@/lib/access/switches";
import type { Offer } from "@/lib/schemas/offer";
import type { SettingsChange, SettingsView } from "@/lib/schemas/administration/settings";

const LABELS: Record<Setting, string> = {
  anonymousVoting: "vote",
  anonymousPrompts: "have a prompt of their own drawn, by models whose owners allow it",
  anonymousSubmitting: "bring models, samples, boards, prompts, reference sets and judges",
};

/** The site's switches, each saved as it is turned. */
export function SettingsRoom({ initial, changing }: { initial: SettingsView; changing: Offer }) {
  const [settings, setSettings] = useState(initial);
  const [busy, setBusy] = useState(false);
  const { save, notice, problem } = useEdit<SettingsChange>({
    send: async (body, revision) =>
      setSettings(await callApi<SettingsView>("/api/v1/settings", { body, revision })),
    theirs: async (change) => differencesOf(change, await callApi<SettingsView>("/api/v1/settings")),
    onTake: async () => setSettings(await callApi<SettingsView>("/api/v1/settings")),
  });
  const change = async (body: SettingsChange) => {
    setBusy(true);
    await save(body, settings.revision);
    setBusy(false);
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
      {notice}
      {problem && (
        <p role="alert" className="text-alarm text-sm">
          {problem}
        </p>
      )}
    </fieldset>
  );
}

const inWords = (value: boolean | null) =>
  value === null ? "as the environment says" : value ? "yes" : "no";

/** Where what is set now is not what somebody wants to set. */
function differencesOf(change: SettingsChange, newest: SettingsView): Difference[] {
  return SETTINGS.flatMap((name) => {
    const mine = change[name];
    const theirs = newest[name].isSet ? newest[name].value : null;
    if (mine === undefined || mine === theirs) return [];
    return [{ label: `Without an account: ${LABELS[name]}`, mine: inWords(mine), theirs: inWords(theirs) }];
  });
}
