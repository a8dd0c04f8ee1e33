"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { callApi } from "@/components/api-client";
import { useEdit } from "@/components/forms/use-edit";
import { useFormat } from "@/components/use-format";
import type { JudgeList, JudgeView } from "@/lib/schemas/judges/judging";

const typed = ({ budgetUsd }: JudgeView) => (budgetUsd === null ? "" : String(budgetUsd));

/** What a judge may spend: its owner's to set. */
export function JudgeBudget({
  judge,
  disabled,
  onSaved,
}: {
  judge: JudgeView;
  disabled: boolean;
  onSaved: () => Promise<void>;
}) {
  const t = useTranslations("judges.controls");
  const { dollars } = useFormat();
  const inWords = (budgetUsd: number | null) => (budgetUsd === null ? t("noBudget") : dollars(budgetUsd));
  // As it was when somebody began to type: what is polled meanwhile is not what they read.
  const [opened, setOpened] = useState<JudgeView | null>(null);
  const [budget, setBudget] = useState(typed(judge));
  const [isBusy, setIsBusy] = useState(false);
  const path = `/api/v1/judges/${judge.judgeId}`;
  const show = async (list: JudgeList) => {
    const newest = list.judges.find(({ judgeId }) => judgeId === judge.judgeId);
    setOpened(null);
    if (newest) setBudget(typed(newest));
    await onSaved();
  };
  const { save, notice, problem } = useEdit<{ budgetUsd: number | null }>({
    send: async (body, revision) => show(await callApi<JudgeList>(path, { body, revision })),
    theirs: async ({ budgetUsd }) => {
      const { judges } = await callApi<JudgeList>("/api/v1/judges");
      const newest = judges.find(({ judgeId }) => judgeId === judge.judgeId);
      if (!newest || newest.budgetUsd === budgetUsd) return [];
      return [{ label: t("budget"), mine: inWords(budgetUsd), theirs: inWords(newest.budgetUsd) }];
    },
    onTake: async () => show(await callApi<JudgeList>("/api/v1/judges")),
  });
  const shown = opened === null ? typed(judge) : budget;
  const money = shown.trim() === "" ? null : Number(shown);
  const isWrong = money !== null && !(money >= 0);
  return (
    <>
      <form
        className="flex items-center gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (isWrong) return;
          setIsBusy(true);
          void save({ budgetUsd: money }, (opened ?? judge).revision).finally(() => setIsBusy(false));
        }}
      >
        <label htmlFor={`budget-${judge.judgeId}`} className="text-muted">
          {t("budgetField")}
        </label>
        <input
          id={`budget-${judge.judgeId}`}
          className="field w-24 py-1"
          inputMode="decimal"
          placeholder={t("noBudget")}
          value={shown}
          aria-invalid={isWrong}
          onChange={({ target }) => {
            setOpened(opened ?? judge);
            setBudget(target.value);
          }}
        />
        <button type="submit" className="button-quiet button-small" disabled={disabled || isBusy || isWrong}>
          {t("set")}
        </button>
      </form>
      {problem && (
        <p role="alert" className="text-alarm">
          {problem}
        </p>
      )}
      {notice}
    </>
  );
}
