import { STANDING_SCORES } from "@/lib/schemas/metrics/definitions";
import { describeMetric } from "@/lib/schemas/metrics/describe-metric";

/** The scores that any row has: those that most boards show first, then whatever else there is. A board has no empty column. */
export function metricNames(rows: { metrics: Record<string, unknown> }[]): string[] {
  const names = rows.flatMap((row) => Object.keys(row.metrics));
  const present = new Set(names.filter((name) => !describeMetric(name).detail));
  const standing = STANDING_SCORES.filter((name) => present.delete(name));
  return [...standing, ...present];
}
