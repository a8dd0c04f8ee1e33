import { useTranslations } from "next-intl";
import { ACTIONS } from "@/lib/access/actions";
import { auditAddress } from "@/components/audit/audit-address";
import type { AuditFilter } from "@/lib/schemas/accounts/audit";

const ACTORS = ["user", "visitor", "token", "operator", "system"];

/** Which changes are listed. It works without scripts: the filter is the page's address. */
export function AuditFilterForm({ filter, problem }: { filter: AuditFilter; problem: string | null }) {
  const t = useTranslations("audit.filter");
  return (
    <form action="/audit" className="card mt-8 grid gap-4 p-5 sm:grid-cols-3 lg:grid-cols-5">
      <Field name="action" label={t("action")} value={filter.action} list={Object.keys(ACTIONS)} />
      <Field name="actor" label={t("actor")} value={filter.actor} list={ACTORS} />
      <Field name="subject" label={t("subject")} value={filter.subject} />
      <Field name="since" label={t("since")} value={filter.since} type="date" />
      <Field name="until" label={t("until")} value={filter.until} type="date" />
      <div className="flex flex-wrap items-baseline gap-x-6 gap-y-2 sm:col-span-full">
        <button className="button-primary w-fit">{t("go")}</button>
        <a className="link text-sm" href="/audit">
          {t("all")}
        </a>
        <a className="link text-sm" href={auditAddress("/api/v1/audit", filter, { format: "csv" })}>
          {t("csv")}
        </a>
        <a className="link text-sm" href={auditAddress("/api/v1/audit", filter, { format: "jsonl" })}>
          {t("jsonLines")}
        </a>
        {problem !== null && (
          <p role="alert" className="text-sm">
            {t("problem", { problem })}
          </p>
        )}
      </div>
    </form>
  );
}

interface FieldProps {
  name: string;
  label: string;
  value: string | undefined;
  type?: "text" | "date";
  list?: string[];
}

function Field({ name, label, value, type = "text", list }: FieldProps) {
  return (
    <label className="grid gap-1 text-sm">
      {label}
      <input
        className="field"
        name={name}
        type={type}
        defaultValue={value ?? ""}
        list={list && `audit-${name}`}
      />
      {list && (
        <datalist id={`audit-${name}`}>
          {list.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
    </label>
  );
}
