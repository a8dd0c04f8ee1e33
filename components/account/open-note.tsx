"use client";

import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";

const KEY = "salon-open-note";
const CHANGED = "salon-open-note-changed";

const subscribe = (onChange: () => void) => {
  window.addEventListener(CHANGED, onChange);
  return () => window.removeEventListener(CHANGED, onChange);
};

/** A browser may keep nothing; then the note is back with the next page. */
function isKept(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

/** Says once in a browser what is open on a site that has no owner; nothing to do is one press. */
export function OpenNote() {
  const t = useTranslations("account.openNote");
  const isPutAway = useSyncExternalStore(subscribe, isKept, () => true);
  if (isPutAway) return null;
  const putAway = () => {
    try {
      localStorage.setItem(KEY, "1");
    } catch {
      return;
    }
    window.dispatchEvent(new Event(CHANGED));
  };
  return (
    <p role="note" className="text-muted mt-4 flex max-w-2xl flex-wrap items-baseline gap-x-3 text-sm">
      <span>{t.rich("text", { code: (chunks) => <code translate="no">{chunks}</code> })}</span>
      <button type="button" className="link" onClick={putAway}>
        {t("gotIt")}
      </button>
    </p>
  );
}
