import { useTranslations } from "next-intl";
import Link from "next/link";
import { auditAddress } from "@/components/audit/audit-address";
import type { AuditEventView, AuditFilter, AuditPage } from "@/lib/schemas/accounts/audit";

/** A page of the log of changes, the newest first. */
export function AuditList({
  page: { events, next },
  filter,
  isFirst,
}: {
  page: AuditPage;
  filter: AuditFilter;
  isFirst: boolean;
}) {
  const t = useTranslations("audit.list");
  if (events.length === 0) {
    const isFiltered = Object.values(filter).some(Boolean) || !isFirst;
    return <p className="card text-muted mt-8 p-8 text-center">{t(isFiltered ? "noMatch" : "none")}</p>;
  }
  return (
    <>
      <ol className="mt-8 grid gap-3" translate="no">
        {events.map((event) => (
          <li key={event.id} className="card grid gap-2 p-4">
            <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
              <span className="text-muted tabular-nums">{event.id}</span>
              <strong>{event.action}</strong>
              <span>
                {event.subjectKind} {event.subject}
              </span>
              <span className="text-muted ml-auto text-sm">
                {who(event)}, <time dateTime={event.at}>{event.at.slice(0, 19).replace("T", " ")}</time>
              </span>
            </p>
            <Diff {...event} />
          </li>
        ))}
      </ol>
      <nav aria-label={t("pages")} className="mt-6 flex gap-6">
        {!isFirst && (
          <Link className="link" href={auditAddress("/audit", filter)}>
            {t("newest")}
          </Link>
        )}
        {next !== null && (
          <Link className="link" href={auditAddress("/audit", filter, { before: next })}>
            {t("older")}
          </Link>
        )}
      </nav>
    </>
  );
}

const who = ({ actor, actorId }: AuditEventView) => (actorId === null ? actor : `${actor} ${actorId}`);

/** The fields that changed, each as it was and as it is. */
function Diff({ before, after }: Pick<AuditEventView, "before" | "after">) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  if (names.length === 0) return null;
  return (
    <dl className="grid gap-x-4 gap-y-1 text-sm sm:grid-cols-[max-content_1fr]">
      {names.map((name) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0 break-words">
            {before !== null && <del>{textOf(before[name])}</del>}
            {before !== null && after !== null && " → "}
            {after !== null && <ins className="no-underline">{textOf(after[name])}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const textOf = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value ?? null);
