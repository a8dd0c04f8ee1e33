import type { Snapshot, SnapshotRow } from "@/lib/ratings/snapshot";

/**
 * Compares a stored snapshot with its recomputation; every number must agree within `tolerance` (absolute, in
 * points). Empty when they match, otherwise the differences in words.
 */
export function verifySnapshot(
  stored: Pick<Snapshot, "methodology" | "inputsHash" | "rows">,
  recomputed: Snapshot,
  tolerance = 1e-9,
): string[] {
  const differences: string[] = [];
  for (const key of ["methodology", "inputsHash"] as const) {
    if (stored[key] !== recomputed[key])
      differences.push(`${key}: stored ${stored[key]}, recomputed ${recomputed[key]}`);
  }
  const fresh = new Map(recomputed.rows.map((row) => [row.model, row]));
  for (const row of stored.rows) {
    const other = fresh.get(row.model);
    if (other === undefined) {
      differences.push(`${row.model}: stored, but not in the recomputation`);
      continue;
    }
    fresh.delete(row.model);
    for (const key of Object.keys(other) as (keyof SnapshotRow)[]) {
      const [was, is] = [row[key], other[key]];
      const close = typeof was === "number" && typeof is === "number" && Math.abs(was - is) <= tolerance;
      if (was !== is && !close) differences.push(`${row.model} ${key}: stored ${was}, recomputed ${is}`);
    }
  }
  for (const model of fresh.keys()) differences.push(`${model}: recomputed, but not stored`);
  return differences;
}
