import Link from "next/link";
import { count } from "@/components/format";
import { differencesText } from "@/components/runs/protocol-differences";
import { samplesWord } from "@/components/sample-word";
import type { MetricColumnView } from "@/lib/schemas/metric-values";
import { describeMetric } from "@/lib/schemas/metrics/describe-metric";

/** What must be known before a column of numbers is read: on how many samples they stand, and which may not be compared. */
export function MetricNotes({
  columns,
  isVideo,
}: {
  columns: Record<string, MetricColumnView>;
  isVideo: boolean;
}) {
  const entries = Object.entries(columns).map(([name, column]) => ({
    ...column,
    label: describeMetric(name).label,
  }));
  const apart = entries.filter(({ models, comparable }) => comparable < models);
  const limited = entries.filter(({ commonPrompts }) => commonPrompts);
  const elsewhere = grouped(entries.flatMap(({ label, elsewhere }) => elsewhere.map((one) => ({ label, ...one })))); // prettier-ignore
  if (apart.length + limited.length + elsewhere.length === 0) return null;
  return (
    <div className="mt-4 grid max-w-4xl gap-2 text-sm">
      {apart.map(({ label, models, comparable, differences }) => (
        <p
          key={label}
          role="note"
          className="bg-alarm-soft text-alarm rounded-md px-4 py-3 leading-relaxed break-words"
        >
          Other protocols: {models - comparable} of {models} values of {label}, marked ≠, were measured
          another way{differences.length > 0 && ` (${differencesText(differences)})`}. They are compared with
          nothing here and sort last.
        </p>
      ))}
      {elsewhere.map(({ board, labels, differences }) => (
        <p
          key={`${board.slug} ${labels.join()}`}
          role="note"
          className="bg-alarm-soft text-alarm rounded-md px-4 py-3 leading-relaxed break-words"
        >
          {labels.join(" and ")} on{" "}
          <Link className="underline underline-offset-2" href={`/leaderboard/${board.slug}`}>
            {board.name}
          </Link>{" "}
          {labels.length === 1 ? "is" : "are"} of another protocol and may not be held against the numbers
          here
          {differences.length > 0 && ` (${differencesText(differences)})`}.
        </p>
      ))}
      {limited.length > 0 && (
        <p className="text-muted leading-relaxed">
          {limited.map(({ label, n }) => `${label} (n ${count(n)})`).join(" and ")}: taken over the prompts
          that all of these models have answered, so that a few missing {samplesWord({ isVideo })} cost nobody
          the comparison. Each run&apos;s own page has the numbers over all its samples.
        </p>
      )}
    </div>
  );
}

type Elsewhere = MetricColumnView["elsewhere"][number] & { label: string };

/** One note a board and cause. */
function grouped(all: Elsewhere[]) {
  const notes = new Map<string, Omit<Elsewhere, "label"> & { labels: string[] }>();
  for (const { label, ...one } of all) {
    const cause = `${one.board.slug} ${differencesText(one.differences)}`;
    const known = notes.get(cause);
    if (known) known.labels.push(label);
    else notes.set(cause, { ...one, labels: [label] });
  }
  return [...notes.values()];
}
