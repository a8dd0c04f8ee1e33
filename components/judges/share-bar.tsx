import { useTranslations } from "next-intl";
import { useFormat } from "@/components/use-format";

/** A share with its 95% interval on a line from 0 to 100%, and the bars it must keep to. */
export function ShareBar({
  label,
  figure,
  bars = [],
  note,
}: {
  label: string;
  figure: { value: number; low: number; high: number; n: number } | null;
  bars?: number[];
  note?: string;
}) {
  const t = useTranslations("judges");
  const { percent } = useFormat();
  const told = (key: "interval" | "shortInterval", { value, low, high, n }: NonNullable<typeof figure>) =>
    t(`report.${key}`, {
      ...{ value: percent(value), low: percent(low), high: percent(high), n: String(n) },
      // What the red lines stand for: none, one or two.
      ...{ bars: bars.length, bar: percent(bars[0]), other: percent(bars[1]) },
    });
  const at = (share: number) => `${Math.min(1, Math.max(0, share)) * 100}%`;
  return (
    <div className="border-line grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-6 gap-y-2 border-t py-3 sm:grid-cols-[minmax(0,16rem)_minmax(0,1fr)_auto] sm:items-center">
      <p className="text-sm">
        {label}
        {note && <span className="text-muted block text-xs">{note}</span>}
      </p>
      {figure ? (
        <>
          <div
            className="relative order-3 col-span-2 h-5 sm:order-none sm:col-span-1"
            role="img"
            aria-label={told("interval", figure)}
          >
            <span className="bg-line absolute inset-x-0 top-1/2 h-px" />
            {bars.map((bar) => (
              <span key={bar} className="bg-alarm absolute inset-y-0 w-px" style={{ left: at(bar) }} />
            ))}
            <span
              className="bg-line-strong absolute top-1/2 h-1 -translate-y-1/2 rounded-full"
              style={{ left: at(figure.low), right: `calc(100% - ${at(figure.high)})` }}
            />
            <span
              className="border-paper bg-ink absolute top-1/2 size-3 -translate-x-1/2 -translate-y-1/2 rounded-full border-2"
              style={{ left: at(figure.value) }}
            />
          </div>
          <p className="text-right text-sm tabular-nums">
            {percent(figure.value)}{" "}
            <span className="text-muted text-xs">{told("shortInterval", figure)}</span>
          </p>
        </>
      ) : (
        <p className="text-muted text-right text-sm sm:col-span-2">{t("unmeasured")}</p>
      )}
    </div>
  );
}
