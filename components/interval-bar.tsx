import { useTranslations } from "next-intl";
import { useFormat } from "@/components/use-format";

/** A common axis for intervals: from `low` to `high`, with round ticks. */
export type Axis = { low: number; high: number; ticks: number[] };

/** The axis that holds all intervals, padded a little; null when there is nothing to draw. */
export function axisOf(intervals: { low: number | null; high: number | null }[]): Axis | null {
  const lows = intervals.flatMap(({ low }) => (low === null ? [] : [low]));
  const highs = intervals.flatMap(({ high }) => (high === null ? [] : [high]));
  if (lows.length === 0 || highs.length === 0) return null;
  const [from, to] = [Math.min(...lows), Math.max(...highs)];
  const pad = Math.max((to - from) * 0.06, 5);
  const [low, high] = [from - pad, to + pad];
  const step = [10, 20, 25, 50, 100, 200, 250, 500, 1000].find((size) => (high - low) / size <= 4) ?? 2000;
  const ticks: number[] = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high; tick += step) ticks.push(tick);
  return { low, high, ticks };
}

const place = (value: number, axis: Axis) => `${((value - axis.low) / (axis.high - axis.low)) * 100}%`;

/** One row of a forest plot: the estimate as a dot on its 95% interval. */
export function IntervalBar({
  value,
  low,
  high,
  axis,
  strong = false,
}: {
  value: number;
  low: number;
  high: number;
  axis: Axis;
  strong?: boolean;
}) {
  const t = useTranslations("site");
  const { points } = useFormat();
  return (
    <div
      className="relative h-5 w-full"
      role="img"
      aria-label={t("interval", { value: points(value), low: points(low), high: points(high) })}
    >
      {axis.ticks.map((tick) => (
        <span key={tick} className="bg-line absolute inset-y-0 w-px" style={{ left: place(tick, axis) }} />
      ))}
      <span
        className={`absolute top-1/2 h-1 -translate-y-1/2 rounded-full ${strong ? "bg-accent/45" : "bg-line-strong"}`}
        style={{ left: place(low, axis), right: `calc(100% - ${place(high, axis)})` }}
      />
      <span
        className={`border-paper absolute top-1/2 size-3 -translate-x-1/2 -translate-y-1/2 rounded-full border-2 ${strong ? "bg-accent" : "bg-ink"}`}
        style={{ left: place(value, axis) }}
      />
    </div>
  );
}

/** The axis's numbers, to stand above or below the bars. */
export function AxisTicks({ axis }: { axis: Axis }) {
  return (
    <div
      className="text-muted relative h-4 w-full text-[0.6875rem] font-normal tabular-nums"
      aria-hidden="true"
    >
      {axis.ticks.map((tick) => (
        <span key={tick} className="absolute -translate-x-1/2" style={{ left: place(tick, axis) }}>
          {tick}
        </span>
      ))}
    </div>
  );
}
