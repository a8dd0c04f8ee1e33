import { useTranslations } from "next-intl";
import Link from "next/link";
import type { Tally } from "@/components/arena/use-tally";
import { useFormat } from "@/components/use-format";

/** What this visitor has preferred so far. */
export function SessionTally({ tally }: { tally: Tally }) {
  const t = useTranslations("arena.tally");
  const { percent } = useFormat();
  if (tally.votes === 0) return null;
  const models = Object.entries(tally.models).sort(
    ([, a], [, b]) => b.chosen / b.seen - a.chosen / a.seen || b.seen - a.seen,
  );
  return (
    <section aria-labelledby="tally" className="border-line mx-auto w-full max-w-2xl border-t pt-6">
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h2 id="tally" className="text-lg">
          {t("title", { n: tally.votes })}
        </h2>
        {tally.decided > 0 && (
          <p className="text-muted text-sm">
            {t("agreed", { share: percent(tally.withFavourite / tally.decided) })}
          </p>
        )}
      </div>
      <ul className="mt-4 grid gap-x-10 gap-y-3 sm:grid-cols-2">
        {models.map(([slug, { name, chosen, seen }]) => (
          <li key={slug} className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 text-sm">
            <Link href={`/models/${slug}`} translate="no" className="hover:text-accent truncate">
              {name}
            </Link>
            <span className="text-muted tabular-nums">{t("chosen", { chosen, seen })}</span>
            <span className="bg-sunk col-span-2 mt-1 h-1 overflow-hidden rounded-full">
              <span
                className="bg-accent block h-full rounded-full transition-[width] duration-500"
                style={{ width: `${(chosen / seen) * 100}%` }}
              />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
