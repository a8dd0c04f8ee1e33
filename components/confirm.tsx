"use client";

import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";

/** A button that asks once more before it does what it says. */
export function Confirm({
  label,
  ask,
  go,
  onGo,
}: {
  label: ReactNode;
  ask: string;
  go: string;
  onGo: () => Promise<void>;
}) {
  const t = useTranslations("site.confirm");
  const [phase, setPhase] = useState<"idle" | "asked" | "busy" | "declined">("idle");
  const isBusy = phase === "busy";
  if (phase === "idle" || phase === "declined") {
    return (
      <button
        type="button"
        className="button-quiet button-small"
        // The focus was on an answer that is gone.
        autoFocus={phase === "declined"}
        onClick={() => setPhase("asked")}
      >
        {label}
      </button>
    );
  }
  const run = async () => {
    setPhase("busy");
    await onGo();
    setPhase("idle");
  };
  return (
    <div
      role="group"
      aria-label={t("question", { go })}
      className="bg-sunk rounded-md p-4 text-sm"
      onKeyDown={({ key }) => {
        if (key === "Escape" && !isBusy) setPhase("declined");
      }}
    >
      <p>{ask}</p>
      <div className="mt-3 flex flex-wrap gap-3">
        <button
          type="button"
          className="button-quiet button-small text-alarm"
          disabled={isBusy}
          onClick={() => void run()}
        >
          {isBusy ? t("wait") : go}
        </button>
        <button
          type="button"
          className="button-quiet button-small"
          autoFocus
          disabled={isBusy}
          onClick={() => setPhase("declined")}
        >
          {t("keep")}
        </button>
      </div>
    </div>
  );
}
