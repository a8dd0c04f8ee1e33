import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requirePage } from "@/app/page-access";
import { AdminHead } from "@/components/admin/admin-head";
import { StorageRoom } from "@/components/admin/storage-room";
import { Messages } from "@/components/messages";
import { readStorage } from "@/lib/administration/read-storage";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin.storage");
  return { title: t("title"), robots: { index: false } };
}

export default async function StoragePage() {
  await requirePage("storage.manage");
  return (
    <div className="page pt-10 sm:pt-14">
      <AdminHead page="storage" />
      <Messages areas={["admin"]}>
        <StorageRoom initial={await readStorage()} />
      </Messages>
    </div>
  );
}
