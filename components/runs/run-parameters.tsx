import { useTranslations } from "next-intl";
import { parameterFacts } from "@/components/runs/parameters-text";
import type { RunView } from "@/lib/schemas/runs";

/** What the run's endpoint is asked for besides the prompts. */
export function RunParameters({ parameters }: Pick<RunView, "parameters">) {
  const t = useTranslations("runs");
  if (parameters === null) return null;
  return (
    <section className="mt-8" aria-label={t("parameters.title")}>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3 lg:grid-cols-6">
        {parameterFacts(t, parameters).map(([label, value]) => (
          <div key={label} className="min-w-0">
            <dt className="text-muted text-xs break-words">{label}</dt>
            <dd className="mt-0.5 text-sm break-words tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
