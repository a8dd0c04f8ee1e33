"use client";

import { Archive, ArchiveRestore } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { Confirm } from "@/components/confirm";
import type { BoardSettings } from "@/lib/schemas/boards";

/** Puts a board away, or brings it back. */
export function ArchiveBoard({
  settings,
  onSaved,
}: {
  settings: BoardSettings;
  onSaved: (settings: BoardSettings) => void;
}) {
  const t = useTranslations("boards.archive");
  const { slug, version, archived } = settings;
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const set = async (archived: boolean) => {
    setProblem(null);
    setIsBusy(true);
    try {
      onSaved(await callApi<BoardSettings>(`/api/v1/boards/${slug}`, { body: { version, archived } }));
    } catch (thrown) {
      setProblem(asApiError(thrown).message);
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <section className="border-line mt-16 max-w-3xl border-t pt-8" aria-labelledby="archive">
      <h2 id="archive" className="text-2xl">
        {archived ? t("bringBack") : t("title")}
      </h2>
      <p className="text-muted mt-1 mb-4 text-sm">{archived ? t("archived") : t("about")}</p>
      {problem && (
        <p role="alert" className="bg-alarm-soft text-alarm mb-4 rounded-md px-4 py-3 text-sm">
          {problem}
        </p>
      )}
      {archived ? (
        <button type="button" className="button-quiet" disabled={isBusy} onClick={() => void set(false)}>
          <ArchiveRestore className="size-4" aria-hidden="true" /> {t("bringBack")}
        </button>
      ) : (
        <Confirm
          label={
            <>
              <Archive className="size-4" aria-hidden="true" /> {t("archive")}
            </>
          }
          ask={t("ask")}
          go={t("go")}
          onGo={() => set(true)}
        />
      )}
    </section>
  );
}
