import type { Metadata } from "next";
import { requirePage } from "@/app/page-access";
import { AdminHead } from "@/components/admin/admin-head";
import { StorageRoom } from "@/components/admin/storage-room";
import { readStorage } from "@/lib/administration/read-storage";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Storage", robots: { index: false } };

export default async function StoragePage() {
  await requirePage("storage.manage");
  return (
    <div className="page pt-10 sm:pt-14">
      <AdminHead title="Storage">
        What the disk is used for. A worker measures it once an hour, and deletes what nothing refers to any
        more within minutes.
      </AdminHead>
      <StorageRoom initial={await readStorage()} />
    </div>
  );
}
