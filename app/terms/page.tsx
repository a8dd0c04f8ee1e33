import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Paragraphs } from "@/components/site-settings/site-text";
import { readLook } from "@/lib/settings/read-look";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("site-settings.look.fields.terms");
  return { title: t("label") };
}

export default async function TermsPage() {
  const { terms } = await readLook();
  if (terms === null) notFound();
  const t = await getTranslations("site-settings.look.fields.terms");
  return (
    <article className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">{t("label")}</h1>
      <Paragraphs text={terms} />
    </article>
  );
}
