import { STANDING_SCORES } from "@/lib/schemas/metrics/definitions";

/** The scores that every board shows, then whatever else the rows carry. */
export function metricNames(rows: { metrics: Record<string, unknown> }[]): string[] {
  return [...new Set([...STANDING_SCORES, ...rows.flatMap((row) => Object.keys(row.metrics))])];
}
