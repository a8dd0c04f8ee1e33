import { getLocale, getTranslations } from "next-intl/server";
import { formatIn, type Format } from "@/components/format";

/** What useFormat is to components, to async pages. */
export async function pageFormat(): Promise<Format> {
  const [language, t] = await Promise.all([getLocale(), getTranslations("site.format")]);
  return formatIn(language, { free: t("free"), yes: t("yes"), no: t("no") });
}
