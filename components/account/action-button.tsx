"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";

/** A button that does one thing below /api/auth, and says why where it did not. */
export function ActionButton<Answer>({
  action,
  body = {},
  label,
  isPrimary = false,
  onDone,
}: {
  action: string;
  body?: Record<string, unknown>;
  label: string;
  isPrimary?: boolean;
  onDone: (answer: Answer) => void;
}) {
  const site = useTranslations("site");
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const press = async () => {
    setIsBusy(true);
    setProblem(null);
    try {
      onDone(await callApi<Answer>(`/api/auth/${action}`, { body }));
    } catch (thrown) {
      setProblem(asApiError(thrown).message);
      setIsBusy(false);
    }
  };
  return (
    <div className="grid gap-3">
      <button
        type="button"
        className={`${isPrimary ? "button-primary" : "button-quiet"} w-fit`}
        disabled={isBusy}
        onClick={() => void press()}
      >
        {isBusy ? site("confirm.wait") : label}
      </button>
      {problem && (
        <p role="alert" className="text-alarm text-sm break-words">
          {problem}
        </p>
      )}
    </div>
  );
}
