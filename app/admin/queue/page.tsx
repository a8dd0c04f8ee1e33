import type { Metadata } from "next";
import { requirePage } from "@/app/page-access";
import { AdminHead } from "@/components/admin/admin-head";
import { QueueRoom } from "@/components/admin/queue-room";
import { readQueue } from "@/lib/administration/read-queue";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Queue", robots: { index: false } };

export default async function QueuePage() {
  await requirePage("queue.manage");
  return (
    <div className="page pt-10 sm:pt-14">
      <AdminHead title="Queue">
        Everything that Salon does by itself is a job. One that fails is tried again, later each time; one
        that has failed for good waits here.
      </AdminHead>
      <QueueRoom initial={await readQueue()} />
    </div>
  );
}
