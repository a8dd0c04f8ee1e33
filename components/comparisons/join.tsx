"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";

/** Takes an invitation up. Only the press does: who opens a link to look at it, a chat's preview say, joins nothing. */
export function JoinComparison({ token }: { token: string }) {
  const t = useTranslations("comparisons.join");
  const site = useTranslations("site");
  const router = useRouter();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const join = async () => {
    setIsBusy(true);
    setProblem(null);
    try {
      const { comparisonId } = await callApi<{ comparisonId: string }>("/api/v1/comparison-invites", {
        body: { token },
      });
      router.replace(`/comparisons/${comparisonId}/vote`);
    } catch (thrown) {
      setProblem(asApiError(thrown).message);
      setIsBusy(false);
    }
  };
  return (
    <>
      {problem && (
        <p role="alert" className="bg-alarm-soft text-alarm mt-6 rounded-md px-4 py-3 text-sm">
          {problem}
        </p>
      )}
      <button
        type="button"
        className="button-primary mt-8 px-6 text-base"
        disabled={isBusy}
        onClick={() => void join()}
      >
        {isBusy ? site("confirm.wait") : t("start")}
      </button>
    </>
  );
}
