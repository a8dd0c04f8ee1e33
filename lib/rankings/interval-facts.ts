import type { SnapshotDetails } from "@/lib/snapshots/snapshot-details";
import type { IntervalsNote } from "@/lib/schemas/leaderboard";

/** What a fit's intervals allow for, and of how many voters and prompts they speak. */
export function intervalFacts({ options, judge }: SnapshotDetails): IntervalsNote {
  const clusters = (judge ?? options.dependence)?.clusters ?? [];
  return {
    clusteredBy: clusters.filter(({ used }) => used).map(({ label }) => label),
    clusters: clusters.map(({ label, clusters, effective }) => ({ label, clusters, effective })),
  };
}
