import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { requirePage } from "@/app/page-access";
import { single } from "@/app/search";
import { Messages } from "@/components/messages";
import { QueueList } from "@/components/moderation/queue-list";
import { listQueue } from "@/lib/moderation/list-queue";
import { queueQuery, QUEUES } from "@/lib/schemas/moderation";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("moderation.page");
  return { title: t("title"), robots: { index: false } };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function ReportsPage({ searchParams }: { searchParams: Search }) {
  await requirePage("samples.moderate");
  const t = await getTranslations("moderation.page");
  const given = await searchParams;
  const { data } = queueQuery.safeParse({ queue: single(given.queue), before: single(given.before) });
  const ask = data ?? { queue: "reported" as const };
  const { samples, next } = await listQueue(ask);
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">{t("title")}</h1>
      <p className="text-muted mt-3 max-w-2xl">{t("about")}</p>
      <nav aria-label={t("which")} className="mt-6 flex flex-wrap gap-6">
        {QUEUES.map((queue) => (
          <Link
            key={queue}
            className="link aria-[current]:font-medium aria-[current]:no-underline"
            aria-current={queue === ask.queue ? "page" : undefined}
            href={`/reports?queue=${queue}`}
          >
            {t("queue", { queue })}
          </Link>
        ))}
      </nav>
      <Messages areas={["moderation"]}>
        <QueueList key={`${ask.queue} ${ask.before ?? ""}`} samples={samples} />
      </Messages>
      {next !== null && (
        <p className="mt-6">
          <Link className="link" href={`/reports?queue=${ask.queue}&before=${next}`}>
            {t("older")}
          </Link>
        </p>
      )}
    </div>
  );
}
