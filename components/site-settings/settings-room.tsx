"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { callApi } from "@/components/api-client";
import type { Difference } from "@/components/forms/edit-conflict";
import { useEdit } from "@/components/forms/use-edit";
import { useFormat } from "@/components/use-format";
import { SETTINGS } from "@/lib/access/switches";
import type { Offer } from "@/lib/schemas/offer";
import type { SettingsChange, SettingsView } from "@/lib/schemas/administration/settings";

/** The site's switches, each saved as it is turned. */
export function SettingsRoom({ initial, changing }: { initial: SettingsView; changing: Offer }) {
  const t = useTranslations("site-settings");
  const differencesOf = useDifferences();
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
      <legend className="sr-only">{t("switches.title")}</legend>
      <p className="font-medium">{t("switches.may")}</p>
      {SETTINGS.map((name) => (
        <div key={name} className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
          <label className="flex items-baseline gap-3">
            <input
              type="checkbox"
              checked={settings[name].value}
              onChange={({ target }) => void change({ [name]: target.checked })}
            />
            <span>{t("switches.what", { setting: name })}</span>
          </label>
          {settings[name].isSet ? (
            <button
              type="button"
              className="link text-sm"
              onClick={() => void change({ [name]: null })}
              aria-label={t("switches.resetOne", { what: t("switches.what", { setting: name }) })}
            >
              {t("switches.reset")}
            </button>
          ) : (
            <span className="text-muted text-sm">{t("asEnvironment")}</span>
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

/** Where what is set now is not what somebody wants to set. */
function useDifferences() {
  const t = useTranslations("site-settings");
  const { yesNo } = useFormat();
  const inWords = (value: boolean | null) => (value === null ? t("asEnvironment") : yesNo(value));
  return (change: SettingsChange, newest: SettingsView): Difference[] =>
    SETTINGS.flatMap((name) => {
      const mine = change[name];
      const theirs = newest[name].isSet ? newest[name].value : null;
      if (mine === undefined || mine === theirs) return [];
      const label = t("switches.difference", { what: t("switches.what", { setting: name }) });
      return [{ label, mine: inWords(mine), theirs: inWords(theirs) }];
    });
}
