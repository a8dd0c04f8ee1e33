import type { ReportMetric } from "@/lib/schemas/evaluation-report";

type Unit = ReportMetric["unit"];

/** A number for a reader: shares in percent, others to four significant digits; "–" where it is not known. */
export function shownValue(value: number | null, unit: Unit): string {
  if (value === null) return "–";
  if (unit === "share") return `${(100 * value).toFixed(1)}%`;
  if (value !== 0 && Math.abs(value) < 1e-3) return value.toExponential(2);
  return Math.abs(value) >= 10_000 ? value.toFixed(0) : String(Number(value.toPrecision(4)));
}

/** "[1.2, 3.4]"; "no interval" where there are too few samples for one. */
export function shownInterval(
  { low, high }: { low: number | null; high: number | null },
  unit: Unit,
): string {
  return low === null || high === null
    ? "no interval"
    : `[${shownValue(low, unit)}, ${shownValue(high, unit)}]`;
}

/** A difference of shares is in percentage points. */
export function shownDifference(value: number | null, unit: Unit): string {
  if (value === null) return "–";
  const text = shownValue(value, unit).replace("%", " pp");
  return value > 0 ? `+${text}` : text;
}

/** The interval of a difference. */
export function shownDifferenceInterval(
  { low, high }: { low: number | null; high: number | null },
  unit: Unit,
): string {
  return low === null || high === null
    ? "no interval"
    : `[${shownDifference(low, unit)}, ${shownDifference(high, unit)}]`;
}

/** "1 image", "12 images" */
export const counted = (count: number, one: string, many = `${one}s`) =>
  `${count} ${count === 1 ? one : many}`;
