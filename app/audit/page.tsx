import type { Metadata } from "next";
import { requirePage } from "@/app/page-access";
import { single } from "@/app/search";
import { AuditFilterForm } from "@/components/audit/audit-filter-form";
import { AuditList } from "@/components/audit/audit-list";
import { listEvents } from "@/lib/audit/list-events";
import { auditFilter, eventNumber } from "@/lib/schemas/accounts/audit";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Changes", robots: { index: false } };

const PAGE = 50;
type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function AuditPage({ searchParams }: { searchParams: Search }) {
  await requirePage("audit.see");
  const given = Object.fromEntries(
    Object.entries(await searchParams).map(([name, value]) => [name, single(value)]),
  );
  const read = auditFilter.safeParse(given);
  const before = eventNumber.safeParse(given.before);
  const filter = read.data ?? {};
  const page = await listEvents({ filter, before: before.data, limit: PAGE });
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">Changes</h1>
      <p className="text-muted mt-3 max-w-2xl">
        Who changed what on this site. Nobody can alter this log unseen: each event holds the hash of the one
        before it, and <code>salon audit verify</code> checks them all.
      </p>
      <AuditFilterForm filter={filter} problem={read.success ? null : read.error.issues[0].message} />
      <AuditList page={page} filter={filter} isFirst={!before.success} />
    </div>
  );
}
