import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requirePage } from "@/app/page-access";
import { AdminHead } from "@/components/admin/admin-head";
import { QueueRoom } from "@/components/admin/queue-room";
import { Messages } from "@/components/messages";
import { readQueue } from "@/lib/administration/read-queue";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin.queue");
  return { title: t("title"), robots: { index: false } };
}

export default async function QueuePage() {
  await requirePage("queue.manage");
  return (
    <div className="page pt-10 sm:pt-14">
      <AdminHead page="queue" />
      <Messages areas={["admin", "runs"]}>
        <QueueRoom initial={await readQueue()} />
      </Messages>
    </div>
  );
}
