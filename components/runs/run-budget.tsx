"use client";

import { useTranslations } from "next-intl";
import { useState, type FormEvent } from "react";
import { asApiError, callApi } from "@/components/api-client";
import type { RunView } from "@/lib/schemas/runs";

/** What the run may cost, for its submitter to change. One that its budget paused goes on when there is room again. */
export function RunBudget({ run, onChanged }: { run: RunView; onChanged: () => Promise<void> }) {
  const t = useTranslations("runs");
  const [value, setValue] = useState(String(run.money?.budgetUsd ?? ""));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  if (!run.canControl || run.money === null || run.state === "PUBLISHED") return null;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const budgetUsd = value.trim() === "" ? null : Number(value);
      await callApi(`/api/v1/runs/${run.runId}/budget`, { body: { budgetUsd } });
      await onChanged();
    } catch (thrown) {
      setProblem(asApiError(thrown).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void save(event)} className="mt-4 text-sm" aria-label={t("budget.form")}>
      <label htmlFor="runBudget" className="font-medium">
        {t("budget.label")}
      </label>
      <p className="text-muted">{t("budget.about")}</p>
      <div className="mt-2 flex gap-3">
        <input
          id="runBudget"
          className="field w-28"
          inputMode="decimal"
          value={value}
          onChange={(event) => setValue(event.target.value)}
        />
        <button
          type="submit"
          className="button-quiet button-small"
          disabled={busy || value.trim() === String(run.money.budgetUsd ?? "")}
        >
          {busy ? t("wait") : t("budget.save")}
        </button>
      </div>
      {problem && (
        <p role="alert" className="text-alarm mt-2">
          {problem}
        </p>
      )}
    </form>
  );
}
