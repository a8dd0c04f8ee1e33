import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { refusedPage } from "@/app/page-access";
import { RefusedPage } from "@/components/refused-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("site.forbidden");
  return { title: t("tab") };
}

/** What stands in place of a page that an account may not use. */
export default function Forbidden() {
  const t = useTranslations("site.forbidden");
  return <RefusedPage title={t("title")} text={refusedPage().text ?? t("text")} />;
}
