import { useTranslations } from "next-intl";
import Link from "next/link";
import { useFormat } from "@/components/use-format";
import type { ModelView } from "@/lib/schemas/views";

/** A model against each other: won, tied and lost as one bar, and what the fit would have predicted. */
export function HeadToHead({ rows }: { rows: ModelView["headToHead"] }) {
  const t = useTranslations("models.headToHead");
  const { percent } = useFormat();
  if (rows.length === 0) return <p className="text-muted">{t("none")}</p>;
  return (
    <ul className="border-line divide-line divide-y border-y">
      {rows.map(({ opponent, wins, losses, ties, bothBad, predicted }) => {
        const even = ties + bothBad;
        const games = wins + losses + even;
        const observed = games === 0 ? null : (wins + even / 2) / games;
        return (
          <li
            key={opponent.slug}
            className="grid gap-x-6 gap-y-2 py-4 sm:grid-cols-[minmax(0,13rem)_1fr_9rem] sm:items-center"
          >
            <span className="flex min-w-0 items-baseline justify-between gap-3">
              <span className="truncate">
                {t.rich("against", {
                  model: opponent.name,
                  muted: (chunks) => <span className="text-muted text-sm">{chunks}</span>,
                  link: (chunks) => (
                    <Link href={`/models/${opponent.slug}`} className="hover:text-accent font-medium">
                      {chunks}
                    </Link>
                  ),
                })}
              </span>
            </span>
            <span
              className="bg-sunk flex h-6 overflow-hidden rounded-sm text-[0.6875rem] tabular-nums"
              role="img"
              aria-label={t("bar", { wins, ties, bothBad, losses })}
            >
              <Part
                share={games && wins / games}
                className="bg-accent text-on-accent"
                text={t("part", { part: "won", n: wins })}
              />
              <Part
                share={games && even / games}
                className="bg-line-strong/50"
                text={t("part", { part: "even", n: even })}
              />
              <Part
                share={games && losses / games}
                className="bg-sunk text-muted"
                text={t("part", { part: "lost", n: losses })}
              />
            </span>
            <span className="text-muted text-sm tabular-nums sm:text-right">
              <span className="text-ink">{percent(observed)}</span>
              {predicted !== null && ` · ${t("fitSays", { share: percent(predicted) })}`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Part({ share, className, text }: { share: number; className: string; text: string }) {
  if (share === 0) return null;
  return (
    <span
      className={`flex items-center overflow-hidden px-2 whitespace-nowrap ${className}`}
      style={{ width: `${share * 100}%` }}
    >
      {share > 0.12 && text}
    </span>
  );
}
