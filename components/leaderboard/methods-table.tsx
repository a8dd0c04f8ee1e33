import { useTranslations } from "next-intl";
import { methodLabel } from "@/components/leaderboard/page-text";
import { useFormat } from "@/components/use-format";
import type { BoardAnalysis } from "@/lib/schemas/board-analysis";

/** The ranks that other methods would give: where they agree, the order is no accident of one. */
export function MethodsTable({ models, methods }: Pick<BoardAnalysis, "models" | "methods">) {
  const t = useTranslations("leaderboard");
  const { rankSpread } = useFormat();
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={t("methods.region")}>
      <table className="w-full text-sm">
        <thead>
          <tr className="text-muted text-xs">
            <th scope="col" className="py-2 pr-6 text-left font-medium">
              {t("methods.method")}
            </th>
            {models.map(({ slug, name }) => (
              <th key={slug} scope="col" className="px-3 py-2 text-right align-bottom font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {methods.map((method) => (
            <tr key={method.name} className="border-line border-t">
              <th
                scope="row"
                className={`min-w-48 py-2.5 pr-6 text-left ${method.own ? "font-medium" : "font-normal"}`}
              >
                {methodLabel(t, method)}
              </th>
              {models.map(({ slug }) => {
                const rank = method.ranks.find(({ model }) => model === slug);
                return (
                  <td key={slug} className="px-3 py-2.5 text-right tabular-nums">
                    {!rank ? "–" : rank.low === null ? (rank.rank ?? "–") : rankSpread(rank.low, rank.high)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
