import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { refusedPage } from "@/app/page-access";
import { RefusedPage } from "@/components/refused-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("site.unauthorized");
  return { title: t("tab") };
}

/** What stands in place of a page that needs an account. */
export default function Unauthorized() {
  const t = useTranslations("site.unauthorized");
  return <RefusedPage title={t("title")} text={refusedPage().text ?? t("text")} signIn />;
}
