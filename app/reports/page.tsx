import type { Metadata } from "next";
import Link from "next/link";
import { requirePage } from "@/app/page-access";
import { single } from "@/app/search";
import { QueueList } from "@/components/moderation/queue-list";
import { listQueue } from "@/lib/moderation/list-queue";
import { queueQuery, QUEUES, type QueueName } from "@/lib/schemas/moderation";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Reports", robots: { index: false } };

const LABELS: Record<QueueName, string> = {
  reported: "Reported",
  held: "Held",
  blurred: "Blurred",
  removed: "Removed",
};
type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function ReportsPage({ searchParams }: { searchParams: Search }) {
  await requirePage("samples.moderate");
  const given = await searchParams;
  const { data } = queueQuery.safeParse({ queue: single(given.queue), before: single(given.before) });
  const ask = data ?? { queue: "reported" as const };
  const { samples, next } = await listQueue(ask);
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">Reports</h1>
      <p className="text-muted mt-3 max-w-2xl">
        Decide on an image with its buttons, or give it the focus and press the key on one; U undoes it. What
        is decided holds for every sample with the same bytes. Votes on it stay.
      </p>
      <nav aria-label="Which images" className="mt-6 flex flex-wrap gap-6">
        {QUEUES.map((queue) => (
          <Link
            key={queue}
            className="link aria-[current]:font-medium aria-[current]:no-underline"
            aria-current={queue === ask.queue ? "page" : undefined}
            href={`/reports?queue=${queue}`}
          >
            {LABELS[queue]}
          </Link>
        ))}
      </nav>
      <QueueList key={`${ask.queue} ${ask.before ?? ""}`} samples={samples} />
      {next !== null && (
        <p className="mt-6">
          <Link className="link" href={`/reports?queue=${ask.queue}&before=${next}`}>
            Older
          </Link>
        </p>
      )}
    </div>
  );
}
