"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { useVoteChange } from "@/components/votes/use-vote-change";

/** What became of the last change that was asked for. */
export function ChangeStatus({ problem, asked, busy, undo }: ReturnType<typeof useVoteChange>) {
  const t = useTranslations("votes.change");
  const router = useRouter();
  return (
    <>
      <p role="status" className="mt-3 flex min-h-6 flex-wrap gap-x-4 text-sm">
        {asked !== null && (
          <>
            <span>
              {asked.text} {t("soon")}
            </span>
            {asked.undo !== null && (
              <button type="button" className="link" disabled={busy} onClick={() => void undo()}>
                {t("undo")}
              </button>
            )}
            <button type="button" className="link" onClick={() => router.refresh()}>
              {t("lookAgain")}
            </button>
          </>
        )}
      </p>
      {problem !== null && (
        <p role="alert" className="text-alarm text-sm">
          {problem}
        </p>
      )}
    </>
  );
}
