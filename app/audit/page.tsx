import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requirePage } from "@/app/page-access";
import { single } from "@/app/search";
import { AuditFilterForm } from "@/components/audit/audit-filter-form";
import { AuditList } from "@/components/audit/audit-list";
import { listEvents } from "@/lib/audit/list-events";
import { auditFilter, eventNumber } from "@/lib/schemas/accounts/audit";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("audit.page");
  return { title: t("title"), robots: { index: false } };
}

const PAGE = 50;
type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function AuditPage({ searchParams }: { searchParams: Search }) {
  await requirePage("audit.see");
  const t = await getTranslations("audit.page");
  const given = Object.fromEntries(
    Object.entries(await searchParams).map(([name, value]) => [name, single(value)]),
  );
  const read = auditFilter.safeParse(given);
  const before = eventNumber.safeParse(given.before);
  const filter = read.data ?? {};
  const page = await listEvents({ filter, before: before.data, limit: PAGE });
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">{t("title")}</h1>
      <p className="text-muted mt-3 max-w-2xl">
        {t.rich("about", { code: (chunks) => <code>{chunks}</code> })}
      </p>
      <AuditFilterForm filter={filter} problem={read.success ? null : read.error.issues[0].message} />
      <AuditList page={page} filter={filter} isFirst={!before.success} />
    </div>
  );
}
