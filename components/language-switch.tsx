"use client";

import { Languages } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { LANGUAGE_COOKIE, LANGUAGE_NAMES, OFFERED_LANGUAGES, PSEUDO_LANGUAGE } from "@/lib/schemas/languages";

const A_YEAR_S = 365 * 24 * 60 * 60;

/** Chooses the site's language, which this browser then remembers for a year. */
export function LanguageSwitch() {
  const t = useTranslations("site");
  const router = useRouter();
  const language = useLocale();
  const choose = (chosen: string) => {
    document.cookie = `${LANGUAGE_COOKIE}=${chosen}; path=/; max-age=${A_YEAR_S}; samesite=lax`;
    router.refresh();
  };
  return (
    <label className="flex items-center gap-2">
      <Languages className="size-4" aria-hidden="true" />
      <span className="sr-only">{t("language")}</span>
      <select
        className="field min-h-11 w-auto py-1 text-sm"
        translate="no"
        autoComplete="off"
        value={language}
        onChange={({ target }) => choose(target.value)}
      >
        {OFFERED_LANGUAGES.map((offered) => (
          <option key={offered} value={offered} lang={offered}>
            {LANGUAGE_NAMES[offered]}
          </option>
        ))}
        {language === PSEUDO_LANGUAGE && <option value={language}>{language}</option>}
      </select>
    </label>
  );
}
