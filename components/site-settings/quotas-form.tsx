"use client";

import { useTranslations } from "next-intl";
import { useState, type FormEvent } from "react";
import { callApi } from "@/components/api-client";
import type { Difference } from "@/components/forms/edit-conflict";
import { useEdit } from "@/components/forms/use-edit";
import { parseQuota, QUOTA_KEYS, QUOTA_NAMES, QUOTA_ROLES, type QuotaKey } from "@/lib/access/quotas";
import type { Offer } from "@/lib/schemas/offer";
import type { QuotasChange, QuotasView } from "@/lib/schemas/administration/quotas";
import type { SettingsView } from "@/lib/schemas/administration/settings";

type Values = Record<QuotaKey, string>;
const typed = (value: number | null) => (value === null ? "none" : String(value));
const valuesOf = (quotas: QuotasView) =>
  Object.fromEntries(QUOTA_KEYS.map((key) => [key, typed(quotas[key].value)])) as Values;

/** How much each role may use; an emptied field goes back to what the environment says. */
export function QuotasForm({ initial, changing }: { initial: SettingsView; changing: Offer }) {
  const t = useTranslations("site-settings");
  const differencesOf = useDifferences();
  const [opened, setOpened] = useState(initial);
  const [values, setValues] = useState(() => valuesOf(initial.quotas));
  const [isBusy, setIsBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const show = (settings: SettingsView, text: string) => {
    setOpened(settings);
    setValues(valuesOf(settings.quotas));
    setSaid(text);
  };
  const path = "/api/v1/settings";
  const { save, notice, problem } = useEdit<QuotasChange>({
    send: async (quotas, revision) =>
      show(await callApi<SettingsView>(path, { body: { quotas }, revision }), t("saved")),
    theirs: async (change) => differencesOf(change, await callApi<SettingsView>(path)),
    onTake: async () => show(await callApi<SettingsView>(path), t("quotas.newest")),
  });
  const touched = QUOTA_KEYS.filter((key) => values[key].trim() !== typed(opened.quotas[key].value));
  const wrong = touched.filter(
    (key) => values[key].trim() !== "" && parseQuota(values[key].trim()) === undefined,
  );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSaid(null);
    if (wrong.length > 0) return setSaid(t("quotas.wrong"));
    if (touched.length === 0) return setSaid(t("quotas.unchanged"));
    setIsBusy(true);
    await save(Object.fromEntries(touched.map((key) => [key, boundOf(values[key])])), opened.revision);
    setIsBusy(false);
  };
  return (
    <form
      aria-label={t("quotas.title")}
      className="mt-10 grid gap-4"
      noValidate
      onSubmit={(event) => void submit(event)}
    >
      <fieldset className="min-w-0" disabled={isBusy || changing.kind !== "open"}>
        <legend className="text-2xl">{t("quotas.title")}</legend>
        <p className="text-muted mt-2 max-w-2xl text-sm">{t("quotas.about")}</p>
        <div className="mt-4 overflow-x-auto">
          <table className="text-sm">
            <thead>
              <tr>
                <th className="pr-4 pb-2 text-left font-medium">{t("quotas.of")}</th>
                {QUOTA_ROLES.map((role) => (
                  <th key={role} className="px-1 pb-2 text-left font-medium">
                    {t("quotas.role", { role })}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {QUOTA_NAMES.map((quota) => (
                <tr key={quota}>
                  <th scope="row" className="py-1 pr-4 text-left font-normal">
                    {t("quotas.row", { quota })}
                  </th>
                  {QUOTA_ROLES.map((role) => {
                    const key: QuotaKey = `${role}.${quota}`;
                    return (
                      <td key={role} className="p-1">
                        <input
                          className="field w-28 py-1"
                          inputMode="decimal"
                          aria-label={t("quotas.field", { role, quota })}
                          aria-invalid={wrong.includes(key)}
                          aria-describedby={opened.quotas[key].isSet ? `${key}-set` : undefined}
                          value={values[key]}
                          onChange={({ target }) => setValues({ ...values, [key]: target.value })}
                        />
                        {opened.quotas[key].isSet && (
                          <span id={`${key}-set`} className="text-muted block text-xs">
                            {t("quotas.setHere")}
                          </span>
                        )}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <button type="submit" className="button-primary mt-4">
          {t(isBusy ? "quotas.saving" : "quotas.save")}
        </button>
      </fieldset>
      {notice}
      <p role="status" className={problem ? "text-alarm text-sm" : "text-muted text-sm"}>
        {problem ?? said}
      </p>
    </form>
  );
}

const boundOf = (text: string) => (text.trim() === "" ? null : (parseQuota(text.trim()) ?? "none"));

/** Where what is set now is not what somebody wants to set. */
function useDifferences() {
  const t = useTranslations("site-settings");
  return (change: QuotasChange, newest: SettingsView): Difference[] =>
    QUOTA_KEYS.flatMap((key) => {
      const mine = change[key];
      const { value, isSet } = newest.quotas[key];
      const theirs = isSet ? typed(value) : t("asEnvironment");
      const wanted = mine === null ? t("asEnvironment") : String(mine);
      if (mine === undefined || wanted === theirs) return [];
      const [role, quota] = key.split(".");
      return [{ label: t("quotas.field", { role, quota }), mine: wanted, theirs }];
    });
}
