import * as english from "@/components/format";
import type { Format, Unit } from "@/lib/schemas/metrics/metric-definition";

/** How a metric's numbers are written: its description, as far as it matters here. */
type Written = { unit: Unit; format: Format };

type Writer = Pick<english.Format, "dollars" | "duration" | "fixed" | "percent" | "significant">;

/** A metric's value: 12.3, 97.8%, $0.04, 2.4 s. In English, unless it is told how the page writes numbers. */
export function metricText({ unit, format }: Written, value: number, write: Writer = english): string {
  if (unit === "dollars") return write.dollars(value);
  if (unit === "milliseconds") return write.duration(value);
  if (unit === "share") return write.percent(value, "decimals" in format ? format.decimals : 0);
  return "decimals" in format ? write.fixed(value, format.decimals) : write.significant(value);
}

/** "12.1 to 13.4"; null: without an interval. */
export function intervalText(
  metric: Written,
  { low, high }: { low: number | null; high: number | null },
): string | null {
  return low === null || high === null ? null : `${metricText(metric, low)} to ${metricText(metric, high)}`;
}

/** A difference of two values with as many digits as one of them is written with; of shares, in percentage points. */
export function differenceText(metric: Written, difference: number, value: number): string {
  const digits = /\.(\d+)/.exec(metricText(metric, value))?.[1].length ?? 0;
  return english.signed(metric.unit === "share" ? 100 * difference : difference, digits);
}
