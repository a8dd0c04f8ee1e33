"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState, type FormEvent } from "react";
import { callApi } from "@/components/api-client";
import { useEdit } from "@/components/forms/use-edit";
import { useFormat } from "@/components/use-format";
import type { ModelView } from "@/lib/schemas/views";

/** How often a day visitors' own prompts may call the endpoint: its submitter's to decide. */
export function OwnPrompts({
  slug,
  revision,
  perDay,
  used,
  usd,
}: {
  slug: string;
  revision: number;
  perDay: number;
  used: number;
  /** What those of today have cost. */
  usd: number;
}) {
  const t = useTranslations("models.ownPrompts");
  const { dollars } = useFormat();
  const router = useRouter();
  // As it was when the page was opened or saved last: what the page is refreshed with meanwhile is not what was read.
  const [opened, setOpened] = useState(revision);
  const [value, setValue] = useState(String(perDay));
  const [busy, setBusy] = useState(false);
  const [isSaved, setIsSaved] = useState(false);
  const show = ({ revision, ownPrompts }: ModelView) => {
    setOpened(revision);
    setValue(String(ownPrompts?.perDay ?? 0));
    router.refresh();
  };
  const { save, notice, problem } = useEdit<number>({
    send: async (perDay, revision) => {
      show(await callApi<ModelView>(`/api/v1/models/${slug}/own-prompts`, { body: { perDay }, revision }));
      setIsSaved(true);
    },
    theirs: async (mine) => {
      const { ownPrompts } = await callApi<ModelView>(`/api/v1/models/${slug}`);
      if (ownPrompts === null || ownPrompts.perDay === mine) return [];
      return [{ label: t("timesADay"), mine: String(mine), theirs: String(ownPrompts.perDay) }];
    },
    onTake: async () => show(await callApi<ModelView>(`/api/v1/models/${slug}`)),
  });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    await save(Number(value.trim() || "0"), opened);
    setBusy(false);
  };

  return (
    <form onSubmit={(event) => void submit(event)} className="mt-6 max-w-2xl text-sm" aria-label={t("form")}>
      <label htmlFor="ownPrompts" className="font-medium">
        {t("label")}
      </label>
      <p className="text-muted">{t("about")}</p>
      <p className="mt-1 tabular-nums">
        {t("today", { used, perDay, cost: usd === 0 ? "none" : "some", price: dollars(usd) })}
      </p>
      <div className="mt-2 flex gap-3">
        <input
          id="ownPrompts"
          className="field w-28"
          inputMode="numeric"
          value={value}
          onChange={(event) => {
            setValue(event.target.value);
            setIsSaved(false);
          }}
        />
        <button
          type="submit"
          className="button-quiet button-small"
          disabled={busy || value.trim() === String(perDay)}
        >
          {t(busy ? "wait" : "save")}
        </button>
      </div>
      <p role="status" className={problem ? "text-alarm mt-2" : "text-muted mt-2"}>
        {problem ?? (isSaved && t("saved"))}
      </p>
      {notice}
    </form>
  );
}
