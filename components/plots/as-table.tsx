"use client";

import { useTranslations } from "next-intl";
import { useId, useState, type ReactNode } from "react";

/** What a plot shows, in numbers, on demand: for who cannot see the plot, and for who wants to read it off. */
export function AsTable({ label, children }: { label: string; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const t = useTranslations("site.asTable");
  return (
    <div className="mt-3 text-sm">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
        className="text-muted hover:text-ink min-h-9 underline underline-offset-4"
      >
        {open ? t("hide") : t("show")}
      </button>
      {open && (
        <div id={id} className="mt-2 overflow-x-auto" tabIndex={0} role="region" aria-label={label}>
          {children}
        </div>
      )}
    </div>
  );
}
