import type { Format as Writer } from "@/components/format";
import type { Format, Unit } from "@/lib/schemas/metrics/metric-definition";

/** How a metric's numbers are written: its description, as far as it matters here. */
type Written = { unit: Unit; format: Format };

/** A metric's value: 12.3, 97.8%, $0.04, 2.4 s */
export function metricText({ unit, format }: Written, value: number, write: Writer): string {
  if (unit === "dollars") return write.dollars(value);
  if (unit === "milliseconds") return write.duration(value);
  if (unit === "share") return write.percent(value, "decimals" in format ? format.decimals : 0);
  return "decimals" in format ? write.fixed(value, format.decimals) : write.significant(value);
}

/** A difference of two values with as many digits as one of them is written with; of shares, in percentage points. */
export function differenceText(metric: Written, difference: number, value: number, write: Writer): string {
  const digits = /[.,](\d+)/.exec(metricText(metric, value, write))?.[1].length ?? 0;
  return write.signed(metric.unit === "share" ? 100 * difference : difference, digits);
}
