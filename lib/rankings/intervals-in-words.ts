import type { SnapshotDetails } from "@/lib/snapshots/snapshot-details";
import type { ClusterSummary } from "@/lib/ratings/dependence";
import type { IntervalsNote } from "@/lib/schemas/leaderboard";

/** What a fit's intervals allow for, and of whom they speak: for the page. */
export function intervalsInWords({ options, judge }: SnapshotDetails): IntervalsNote {
  const clusters = (judge ?? options.dependence)?.clusters ?? [];
  const used = clusters.filter((cluster) => cluster.used);
  const few = clusters.filter((cluster) => !cluster.used && cluster.clusters > 0);
  const sentences = [
    used.length === 0
      ? "Intervals take every vote as independent."
      : `Intervals allow for ${used.map(({ label }) => GO_TOGETHER[label]).join(" and ")} going together: ${used.map(size).join(" and ")}.`,
    ...(few.length === 0
      ? []
      : [
          `${capital(few.map(size).join(" and "))} ${few.length === 1 && few[0].clusters === 1 ? "is" : "are"} too few to show how much ${few.map(({ label }) => `${label}s`).join(" and ")} differ, so the intervals speak of these alone.`,
        ]),
  ];
  return {
    clusteredBy: used.map(({ label }) => label),
    clusters: clusters.map(({ label, clusters, effective }) => ({ label, clusters, effective })),
    text: sentences.join(" "),
  };
}

const GO_TOGETHER = { voter: "votes of one voter", prompt: "votes on one prompt" };

/** Few heavy voters say less than their number: it is given where it matters. */
function size({ label, clusters, effective }: ClusterSummary): string {
  const number = clusters.toLocaleString("en");
  const worth =
    effective < 0.75 * clusters
      ? ` (worth ${Math.round(effective).toLocaleString("en")} of equal weight)`
      : "";
  return `${number} ${label}${clusters === 1 ? "" : "s"}${worth}`;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
