import { STANDING_SCORES } from "@/lib/schemas/metrics/definitions";

/** The scores that any row has: those that most boards show first, then whatever else there is. A board has no empty column. */
export function metricNames(rows: { metrics: Record<string, unknown> }[]): string[] {
  const present = new Set(rows.flatMap((row) => Object.keys(row.metrics)));
  const standing = STANDING_SCORES.filter((name) => present.delete(name));
  return [...standing, ...present];
}
