import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { offer, requirePage } from "@/app/page-access";
import { AdminIndex } from "@/components/admin/admin-index";
import { ADMIN_PAGES } from "@/components/admin/admin-pages";
import { PAGES } from "@/lib/access/pages";
import { readAdminCounts } from "@/lib/administration/read-counts";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin.page");
  return { title: t("title"), robots: { index: false } };
}

export default async function AdminPage() {
  await requirePage("site.run");
  const t = await getTranslations("admin.page");
  const offers = await Promise.all(ADMIN_PAGES.map(({ href }) => offer(PAGES[href])));
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">{t("title")}</h1>
      <p className="text-muted mt-3 max-w-2xl">{t("about")}</p>
      <AdminIndex
        pages={ADMIN_PAGES.filter((_, index) => offers[index].kind === "open")}
        counts={await readAdminCounts()}
      />
    </div>
  );
}
