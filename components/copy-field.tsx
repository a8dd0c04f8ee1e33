"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

/** A line of text to be copied: whole by its button, or by selecting it. */
export function CopyField({ id, label, text }: { id: string; label: string; text: string }) {
  const t = useTranslations("site.copy");
  const [said, setSaid] = useState<string | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(t("done"));
    } catch {
      // Browsers refuse outside https and loopback.
      setSaid(t("refused"));
    }
  };
  return (
    <div className="grid gap-2 text-sm">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <div className="flex gap-3">
        <input
          id={id}
          translate="no"
          className="field min-w-0 font-mono text-xs"
          readOnly
          value={text}
          autoComplete="off"
          onFocus={({ target }) => target.select()}
        />
        <button type="button" className="button-quiet" onClick={() => void copy()}>
          {t("copy")}
        </button>
      </div>
      <p role="status" className="text-muted empty:hidden">
        {said}
      </p>
    </div>
  );
}
