import { useTranslations } from "next-intl";
import { isPracticallyEqual, PRACTICALLY_EQUAL_VOTES } from "@/components/leaderboard/analysis-text";
import { useFormat } from "@/components/use-format";
import type { BoardAnalysis } from "@/lib/schemas/board-analysis";

/** Each two neighbours in rank: whether the votes tell them apart, and about how many more would. */
export function Neighbours({ models, power }: Pick<BoardAnalysis, "models" | "power">) {
  const t = useTranslations("leaderboard");
  const { yesNo } = useFormat();
  const name = (slug: string) => models.find((model) => model.slug === slug)?.name ?? slug;
  return (
    <>
      <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={t("neighbours.title")}>
        <table className="w-full text-sm">
          <thead className="text-muted text-xs">
            <tr>
              <th scope="col" className="py-2 pr-4 text-left font-medium">
                {t("neighbours.title")}
              </th>
              <th scope="col" className="px-3 py-2 text-left font-medium">
                {t("neighbours.toldApart")}
              </th>
              <th scope="col" className="py-2 pl-3 text-right font-medium">
                {t("neighbours.moreVotes")}
              </th>
            </tr>
          </thead>
          <tbody>
            {power.map(({ a, b, separated, directVotes }) => {
              const isEqual = isPracticallyEqual({ separated, directVotes });
              return (
                <tr key={`${a} ${b}`} className="border-line border-t">
                  <th scope="row" className="py-2 pr-4 text-left font-normal">
                    {t.rich("neighbours.pair", {
                      a: name(a),
                      b: name(b),
                      muted: (chunks) => <span className="text-muted">{chunks}</span>,
                    })}
                  </th>
                  <td className={`px-3 ${separated ? "" : "text-muted"}`}>{yesNo(separated)}</td>
                  <td className="pl-3 text-right whitespace-nowrap tabular-nums">
                    {separated
                      ? "–"
                      : isEqual
                        ? t("neighbours.practicallyEqual")
                        : t("neighbours.about", { n: directVotes ?? 0 })}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {power.some(isPracticallyEqual) && (
        <p className="text-muted mt-3 text-sm">{t("neighbours.meaning", { n: PRACTICALLY_EQUAL_VOTES })}</p>
      )}
    </>
  );
}
