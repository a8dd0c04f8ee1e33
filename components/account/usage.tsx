import { useTranslations } from "next-intl";
import { useFormat } from "@/components/use-format";
import type { QuotaUsage } from "@/lib/schemas/administration/quotas";

const rounded = (value: number) => Math.round(value * 100) / 100;

/** What somebody has used of their quotas; nothing where none bounds them. */
export function Usage({ usage }: { usage: QuotaUsage[] }) {
  const t = useTranslations("account.usage");
  const { moment } = useFormat();
  if (usage.length === 0) return null;
  return (
    <section aria-labelledby="usage">
      <h2 id="usage" className="text-2xl">
        {t("title")}
      </h2>
      <ul className="mt-4 grid gap-4 text-sm">
        {usage.map(({ quota, limit, used, until }) => {
          const of = { used: rounded(used), limit: rounded(limit) };
          return (
            <li key={quota}>
              <p className="flex flex-wrap justify-between gap-x-6">
                <span>{t("quota", { quota })}</span>
                <span className="tabular-nums">
                  {t("of", of)}
                  <span className="text-muted block text-xs">{t("until", { until: moment(until) })}</span>
                </span>
              </p>
              <progress
                className="mt-1 h-1.5 w-full"
                value={Math.min(used, limit)}
                max={Math.max(limit, 1e-9)}
                aria-label={t("bar", { quota, ...of })}
              />
            </li>
          );
        })}
      </ul>
      <p className="text-muted mt-3 text-sm">{t("about")}</p>
    </section>
  );
}
