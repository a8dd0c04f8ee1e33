import Link from "next/link";
import { useTranslations } from "next-intl";
import { UNKNOWN } from "@/components/format";
import { useFormat } from "@/components/use-format";
import type { VendorRanksView } from "@/lib/schemas/judges/judge-report";

/** How judges alone rank the models, and how that changes without the judges of one creator. */
export function VendorRanks({ models, cuts }: VendorRanksView) {
  const t = useTranslations("agreement.vendors");
  const { rankSpread } = useFormat();
  const [all, ...without] = cuts;
  return (
    <section aria-labelledby="vendors" className="border-line border-t pt-8">
      <h2 id="vendors" className="text-2xl">
        {t("title")}
      </h2>
      <p className="text-muted mt-2 max-w-2xl text-sm">{t("about")}</p>
      {!all ? (
        <p className="mt-4 font-serif text-lg">
          {t.rich("none", {
            link: (chunks) => (
              <Link href="/judges" className="link">
                {chunks}
              </Link>
            ),
          })}
        </p>
      ) : (
        <div className="mt-4 overflow-x-auto" tabIndex={0} role="region" aria-label={t("region")}>
          <table className="w-full text-sm">
            <thead>
              <tr className="text-muted text-xs">
                <th scope="col" className="py-2 pr-6 text-left font-medium">
                  {t("model")}
                </th>
                {cuts.map(({ without, judges, verdicts }) => (
                  <th
                    key={without ?? ""}
                    scope="col"
                    className="px-3 py-2 text-right align-bottom font-medium"
                  >
                    {without === null ? t("all") : t("without", { creator: without })}
                    <span className="block font-normal">{t("size", { judges, pairs: verdicts })}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {all.ranks.map(({ model, rank }) => (
                <tr key={model} className="border-line border-t">
                  <th scope="row" className="min-w-40 py-2.5 pr-6 text-left font-normal" translate="no">
                    {models.find(({ slug }) => slug === model)?.name ?? model}
                  </th>
                  {cuts.map((cut) => {
                    const own = cut.ranks.find((row) => row.model === model);
                    const moved = own !== undefined && own.rank !== rank;
                    return (
                      <td
                        key={cut.without ?? ""}
                        className={`px-3 py-2.5 text-right tabular-nums ${moved ? "text-alarm" : ""}`}
                      >
                        {own ? `${own.rank} (${rankSpread(own.low, own.high)})` : UNKNOWN}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
          {without.length === 0 && <p className="text-muted mt-3 text-sm">{t("oneCreator")}</p>}
        </div>
      )}
    </section>
  );
}
