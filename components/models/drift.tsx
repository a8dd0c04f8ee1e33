"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState, type FormEvent } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { Confirm } from "@/components/confirm";
import { changedSentence, checkCostSentences, lastSentence } from "@/components/models/page-text";
import { useFormat } from "@/components/use-format";
import { USUAL_DRIFT_DAYS, type DriftView } from "@/lib/schemas/endpoints/drift";

/** Whether the model behind a name is still the one that was measured; for who may, how often that is looked at. */
export function Drift({ slug, drift }: { slug: string; drift: DriftView }) {
  const t = useTranslations("models");
  const format = useFormat();
  const { changed, splitAt, watch } = drift;
  if (changed === null && splitAt === null && watch === null) return null;
  return (
    <div className="mt-6 max-w-2xl text-sm">
      {changed && (
        <p role="note" className="bg-alarm-soft text-alarm rounded-md px-4 py-3">
          {changedSentence(t, format, changed)}
        </p>
      )}
      {splitAt && (
        <p role="note" className="text-muted mt-3">
          {t("drift.split", { day: format.day(splitAt) })}
        </p>
      )}
      {watch && <Watch slug={slug} watch={watch} isChanged={changed !== null} />}
    </div>
  );
}

function Watch({
  slug,
  watch,
  isChanged,
}: {
  slug: string;
  watch: NonNullable<DriftView["watch"]>;
  isChanged: boolean;
}) {
  const t = useTranslations("models");
  const format = useFormat();
  const router = useRouter();
  const [days, setDays] = useState(String(watch.everyDays ?? USUAL_DRIFT_DAYS));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const send = async (path: "drift" | "split", body?: object) => {
    setBusy(true);
    setProblem(null);
    try {
      await callApi(`/api/v1/models/${slug}/${path}`, { method: "POST", body });
      router.refresh();
    } catch (thrown) {
      setProblem(asApiError(thrown).message);
    } finally {
      setBusy(false);
    }
  };
  const start = (event: FormEvent) => {
    event.preventDefault();
    const everyDays = Number(days);
    // What is no number would be sent as null, which switches it off.
    if (Number.isInteger(everyDays)) void send("drift", { everyDays });
    else setProblem(t("drift.wholeDays"));
  };
  return (
    <form className="mt-4" onSubmit={start} aria-label={t("drift.form")}>
      <label htmlFor="driftDays" className="font-medium">
        {t("drift.label")}
      </label>
      <p className="text-muted">
        {[
          watch.everyDays === null ? t("drift.off") : t("drift.every", { n: watch.everyDays }),
          checkCostSentences(t, format, watch),
          watch.isUnderWay && t("drift.underWay"),
          watch.last && lastSentence(t, format, watch.last),
        ]
          .filter(Boolean)
          .join(" ")}
      </p>
      <div className="mt-2 flex flex-wrap gap-3">
        <input
          id="driftDays"
          className="field w-28"
          inputMode="numeric"
          value={days}
          onChange={({ target }) => setDays(target.value)}
        />
        <button type="submit" className="button-quiet button-small" disabled={busy}>
          {t(watch.everyDays === null ? "drift.switchOn" : "drift.save")}
        </button>
        {watch.everyDays !== null && (
          <button
            type="button"
            className="button-quiet button-small"
            disabled={busy}
            onClick={() => void send("drift", { everyDays: null })}
          >
            {t("drift.switchOff")}
          </button>
        )}
      </div>
      {isChanged && (
        <div className="mt-4">
          <Confirm
            label={t("drift.begin")}
            ask={t("drift.beginAsk")}
            go={t("drift.beginIt")}
            onGo={() => send("split")}
          />
        </div>
      )}
      {problem && (
        <p role="alert" className="text-alarm mt-2">
          {problem}
        </p>
      )}
    </form>
  );
}
