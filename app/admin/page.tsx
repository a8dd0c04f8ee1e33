import type { Metadata } from "next";
import { offer, requirePage } from "@/app/page-access";
import { adminFacts } from "@/components/admin/admin-facts";
import { AdminIndex } from "@/components/admin/admin-index";
import { ADMIN_PAGES } from "@/components/admin/admin-pages";
import { PAGES } from "@/lib/access/pages";
import { readAdminCounts } from "@/lib/administration/read-counts";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Admin", robots: { index: false } };

export default async function AdminPage() {
  await requirePage("site.run");
  const offers = await Promise.all(ADMIN_PAGES.map(({ href }) => offer(PAGES[href])));
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">Admin</h1>
      <p className="text-muted mt-3 max-w-2xl">What you may see and change on this site.</p>
      <AdminIndex
        pages={ADMIN_PAGES.filter((_, index) => offers[index].kind === "open")}
        facts={adminFacts(await readAdminCounts())}
      />
    </div>
  );
}
