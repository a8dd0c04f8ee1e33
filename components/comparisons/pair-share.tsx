import { useTranslations } from "next-intl";
import { useFormat } from "@/components/use-format";
import type { ComparedPair, ComparisonShare } from "@/lib/schemas/comparisons";

/** Of whom an interval speaks, in a sentence. */
export function speaksForText(
  t: ReturnType<typeof useTranslations<"comparisons">>,
  { speaksFor }: Pick<ComparisonShare, "speaksFor">,
  voters: number,
): string {
  if (speaksFor.length === 2) return t("share.speaks.both");
  if (speaksFor[0] === "voters") return t("share.speaks.voters");
  return t(speaksFor[0] === "prompts" ? "share.speaks.prompts" : "share.speaks.none", { n: voters });
}

/** How often people chose the first of two runs, all together and by category of prompt. */
export function PairShare({ pair, names }: { pair: ComparedPair; names: [string, string] }) {
  const t = useTranslations("comparisons");
  const { percent, count } = useFormat();
  const { share, votes, voters, firstWins, secondWins, ties, bothBad, categories } = pair;
  if (share === null) return <p className="text-muted mt-4 text-sm">{t("share.none")}</p>;
  const rows = [{ category: null, share }, ...(categories.length > 1 ? categories : [])];
  return (
    <>
      <p className="mt-4 max-w-3xl">
        {t.rich("share.headline", {
          ...{ value: percent(share.value), low: percent(share.low), high: percent(share.high) },
          name: names[0],
          strong: (chunks) => <span className="font-serif text-4xl tabular-nums">{chunks}</span>,
        })}
      </p>
      <p className="text-muted mt-1 max-w-3xl text-sm">
        {t("share.counts", {
          ...{ votes, voters, first: firstWins, firstName: names[0], second: secondWins },
          ...{ secondName: names[1], ties, bothBad },
        })}{" "}
        {speaksForText(t, share, voters)}
      </p>
      <div className="mt-4 overflow-x-auto" tabIndex={0} role="region" aria-label={t("share.region")}>
        <table className="w-full max-w-3xl text-sm tabular-nums">
          <thead className="text-muted text-left text-xs">
            <tr className="border-line border-b">
              <th className="py-2 pr-4 font-normal">{t("share.category")}</th>
              <th className="w-2/5 py-2 pr-4 font-normal">
                <span translate="no">{names[1]}</span> <span aria-hidden="true">←</span>{" "}
                <span className="sr-only">{t("share.to")}</span> <span aria-hidden="true">→</span>{" "}
                <span translate="no">{names[0]}</span>
              </th>
              <th className="py-2 pr-4 text-right font-normal">{t("share.share")}</th>
              <th className="py-2 pr-4 font-normal">{t("share.interval")}</th>
              <th className="py-2 text-right font-normal">{t("share.votes")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ category, share: each }) => (
              <tr key={category ?? ""} className="border-line border-b">
                <th scope="row" className="py-2.5 pr-4 text-left font-normal">
                  {category === null ? t("share.all") : <span translate="no">{category}</span>}
                </th>
                <td className="py-2.5 pr-4">
                  <ShareBar share={each} />
                </td>
                <td className="py-2.5 pr-4 text-right">{percent(each.value)}</td>
                <td className="text-muted py-2.5 pr-4 whitespace-nowrap">
                  {t("share.range", { low: percent(each.low), high: percent(each.high) })}
                </td>
                <td className="text-muted py-2.5 text-right">{count(each.votes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** An interval on a line from 0 to 1, with even in the middle. */
function ShareBar({ share: { value, low, high } }: { share: ComparisonShare }) {
  return (
    <span aria-hidden="true" className="bg-sunk relative block h-2 min-w-24 rounded-full">
      <span className="bg-line-strong absolute inset-y-[-3px] left-1/2 w-px" />
      <span
        className="bg-accent/40 absolute inset-y-0 rounded-full"
        style={{ left: `${100 * low}%`, right: `${100 * (1 - high)}%` }}
      />
      <span
        className="bg-accent absolute inset-y-[-2px] w-1 -translate-x-1/2 rounded-full"
        style={{ left: `${100 * value}%` }}
      />
    </span>
  );
}
