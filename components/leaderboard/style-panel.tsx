import { useTranslations } from "next-intl";
import { Explain } from "@/components/explain";
import { kindOf, styleMissingSentence } from "@/components/leaderboard/page-text";
import { useFormat } from "@/components/use-format";
import { styleLabel, styleUnit } from "@/components/style-text";
import { AxisTicks, axisOf, IntervalBar } from "@/components/interval-bar";
import type { StyleControl } from "@/lib/schemas/leaderboard";

/** What voters reward beside the models, and how the ranks move once that is held equal; or why it cannot be said. */
export function StylePanel({ control, isVideo }: { control: StyleControl; isVideo: boolean }) {
  const t = useTranslations("leaderboard");
  const { signed } = useFormat();
  if (!control.fitted)
    return (
      <div className="card mt-6 p-6" role="status">
        <h2 className="text-xl">{t("style.notYet")}</h2>
        <p className="text-muted mt-2 max-w-2xl">
          {control.missing && styleMissingSentence(t, control.missing, { isVideo })} {t("style.asVoted")}
        </p>
      </div>
    );
  // Zero belongs on the axis: it is what every effect is held against.
  const axis = axisOf([...control.effects, { low: 0, high: 0 }]);
  return (
    <section aria-labelledby="style" className="page-wide mt-20">
      <h2 id="style" className="text-3xl">
        {t("style.title")}
      </h2>
      <p className="text-muted mt-3 max-w-3xl">
        {t("style.text", { ...kindOf({ isVideo }), n: control.votes, all: control.votesOfBoard })}
      </p>
      <div className="mt-8 grid gap-x-16 gap-y-12 xl:grid-cols-2">
        <div className="min-w-0">
          <ul>
            {axis &&
              control.effects.map(({ name, points, low, high }) => (
                <li
                  key={name}
                  className="border-line grid grid-cols-[1fr_auto] items-center gap-x-4 border-t py-2 sm:grid-cols-[12rem_1fr_8.5rem]"
                >
                  <span className="text-sm">
                    {styleLabel(name)} <Explain about={styleLabel(name)}>{styleUnit(name)}</Explain>
                  </span>
                  <span className="order-last col-span-2 sm:order-none sm:col-span-1">
                    <IntervalBar
                      value={points}
                      low={low}
                      high={high}
                      axis={axis}
                      strong={low > 0 || high < 0}
                    />
                  </span>
                  <span className="text-right text-sm whitespace-nowrap tabular-nums">
                    {signed(points)}{" "}
                    <span className="text-muted text-xs">
                      {t("range", { low: signed(low), high: signed(high) })}
                    </span>
                  </span>
                </li>
              ))}
          </ul>
          {axis && (
            <div className="border-line grid border-t pt-1 sm:grid-cols-[12rem_1fr_8.5rem] sm:gap-x-4">
              <span className="hidden sm:block" />
              <AxisTicks axis={axis} />
            </div>
          )}
          {control.leftOut.length > 0 && (
            <p className="text-muted mt-4 text-sm">
              {t("style.leftOut", {
                list: control.leftOut
                  .map(({ name, reason }) => `${styleLabel(name).toLowerCase()} ${reason}`)
                  .join("; "),
              })}
            </p>
          )}
        </div>
        <Moves moves={control.moves} />
      </div>
    </section>
  );
}

const MOVES_COLUMNS = ["model", "rank", "rankAsVoted", "rating", "ratingAsVoted", "moves"] as const;

function Moves({ moves }: Pick<StyleControl, "moves">) {
  const t = useTranslations("leaderboard.style");
  return (
    <div className="min-w-0 overflow-x-auto" tabIndex={0} role="region" aria-label={t("region")}>
      <table className="w-full text-sm">
        <caption className="text-muted pb-2 text-left">{t("caption")}</caption>
        <thead>
          <tr className="text-muted text-xs">
            {MOVES_COLUMNS.map((column, k) => (
              <th
                key={column}
                scope="col"
                className={`py-2 font-medium ${k === 0 ? "text-left" : "px-2 text-right"}`}
              >
                {t(`columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="tabular-nums">
          {moves.map(({ model, name, rank, rankAsVoted, rating, ratingAsVoted }) => (
            <tr key={model} className="border-line border-t">
              <th scope="row" className="py-2 text-left font-normal">
                {name}
              </th>
              <td className="px-2 text-right">{rank}</td>
              <td className="text-muted px-2 text-right">{rankAsVoted}</td>
              <td className="px-2 text-right">{Math.round(rating)}</td>
              <td className="text-muted px-2 text-right">{Math.round(ratingAsVoted)}</td>
              <td className="px-2 text-right">
                {rank === rankAsVoted
                  ? "–"
                  : rank < rankAsVoted
                    ? `▲ ${rankAsVoted - rank}`
                    : `▼ ${rank - rankAsVoted}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
