import { useLocale, useTranslations } from "next-intl";
import { formatIn, type Format } from "@/components/format";
import type { Language } from "@/lib/schemas/languages";

const made = new Map<Language, Format>();

/** Numbers and times in the page's language, in server and client components; functions of text take what it returns as an argument. */
export function useFormat(): Format {
  const t = useTranslations("site.format");
  const language = useLocale();
  const format = made.get(language) ?? formatIn(language, { free: t("free"), yes: t("yes"), no: t("no") });
  made.set(language, format);
  return format;
}
