import { useTranslations } from "next-intl";
import { useFormat } from "@/components/use-format";
import type { BoardAnalysis } from "@/lib/schemas/board-analysis";

/** z of a two-sided 95% interval. */
const Z = 1.96;

/** What each model of ties loses on votes it has not seen, and which one the board therefore uses. */
export function TieLosses({ ties }: { ties: NonNullable<BoardAnalysis["ties"]> }) {
  const t = useTranslations("leaderboard.ties");
  const { fixed } = useFormat();
  const { losses, used, votes } = ties;
  if (losses.length === 0) return null;
  const most = Math.max(...losses.map(({ excess, excessSe }) => excess + Z * excessSe), 1e-9);
  const least = Math.min(0, ...losses.map(({ excess, excessSe }) => excess - Z * excessSe));
  const place = (value: number) => `${(100 * (value - least)) / (most - least)}%`;
  return (
    <div>
      <p className="text-muted max-w-3xl text-sm">
        {t.rich("text", {
          n: votes,
          ties: used,
          strong: (chunks) => <strong className="text-ink font-medium">{chunks}</strong>,
        })}
      </p>
      <ul className="mt-4">
        {losses.map(({ ties: model, logLoss, se, excess, excessSe }) => (
          <li
            key={model}
            className="border-line grid grid-cols-[1fr_auto] items-center gap-x-6 gap-y-1 border-t py-2.5 text-sm md:grid-cols-[20rem_1fr_11rem_11rem]"
          >
            <span className={model === used ? "font-medium" : ""}>
              {t(model)}
              {model === used && <span className="text-accent"> · {t("used")}</span>}
            </span>
            <span
              className="relative order-last col-span-2 block h-5 md:order-none md:col-span-1"
              role="img"
              aria-label={t("above", { excess: fixed(excess, 4), error: fixed(Z * excessSe, 4) })}
            >
              <span className="bg-line absolute inset-y-0 w-px" style={{ left: place(0) }} />
              <span
                className={`absolute top-1/2 h-1 -translate-y-1/2 rounded-full ${model === used ? "bg-accent/45" : "bg-line-strong"}`}
                style={{
                  left: place(excess - Z * excessSe),
                  right: `calc(100% - ${place(excess + Z * excessSe)})`,
                }}
              />
              <span
                className={`border-paper absolute top-1/2 size-3 -translate-x-1/2 -translate-y-1/2 rounded-full border-2 ${model === used ? "bg-accent" : "bg-ink"}`}
                style={{ left: place(excess) }}
              />
            </span>
            <span className="text-right tabular-nums">
              {fixed(logLoss, 4)} <span className="text-muted text-xs">± {fixed(Z * se, 4)}</span>
            </span>
            <span className="text-muted hidden text-right text-xs tabular-nums md:block">
              {excess === 0 ? t("lowest") : `+${fixed(excess, 4)} ± ${fixed(Z * excessSe, 4)}`}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
