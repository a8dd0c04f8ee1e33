import Link from "next/link";
import { useTranslations } from "next-intl";
import { joined, kindOf } from "@/components/leaderboard/page-text";
import { differencesText } from "@/components/runs/protocol-differences";
import { useFormat } from "@/components/use-format";
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
  const t = useTranslations("leaderboard");
  const tDifferences = useTranslations("site.differences");
  const { count } = useFormat();
  const entries = Object.entries(columns).map(([name, column]) => ({
    ...column,
    label: describeMetric(name).label,
  }));
  const apart = entries.filter(({ models, comparable }) => comparable < models);
  const limited = entries.filter(({ commonPrompts }) => commonPrompts);
  const causeOf = (differences: Differences) => differencesText(tDifferences, differences);
  const becauseOf = (differences: Differences) =>
    differences.length > 0 ? ` (${causeOf(differences)})` : "";
  const elsewhere = grouped(
    entries.flatMap(({ label, elsewhere }) => elsewhere.map((one) => ({ label, ...one }))),
    causeOf,
  );
  if (apart.length + limited.length + elsewhere.length === 0) return null;
  return (
    <div className="mt-4 grid max-w-4xl gap-2 text-sm">
      {apart.map(({ label, models, comparable, differences }) => (
        <p
          key={label}
          role="note"
          className="bg-alarm-soft text-alarm rounded-md px-4 py-3 leading-relaxed break-words"
        >
          {t("metricNotes.apart", {
            n: models - comparable,
            models,
            metric: label,
            because: becauseOf(differences),
          })}
        </p>
      ))}
      {elsewhere.map(({ board, labels, differences }) => (
        <p
          key={`${board.slug} ${labels.join()}`}
          role="note"
          className="bg-alarm-soft text-alarm rounded-md px-4 py-3 leading-relaxed break-words"
        >
          {t.rich("metricNotes.elsewhere", {
            metrics: joined(t, labels),
            board: board.name,
            n: labels.length,
            because: becauseOf(differences),
            link: (chunks) => (
              <Link className="underline underline-offset-2" href={`/leaderboard/${board.slug}`}>
                {chunks}
              </Link>
            ),
          })}
        </p>
      ))}
      {limited.length > 0 && (
        <p className="text-muted leading-relaxed">
          {t("metricNotes.limited", {
            ...kindOf({ isVideo }),
            metrics: joined(
              t,
              limited.map(({ label, n }) => `${label} (n ${count(n)})`),
            ),
          })}
        </p>
      )}
    </div>
  );
}

type Differences = MetricColumnView["differences"];

type Elsewhere = MetricColumnView["elsewhere"][number] & { label: string };

/** One note a board and cause. */
function grouped(all: Elsewhere[], causeOf: (differences: Differences) => string) {
  const notes = new Map<string, Omit<Elsewhere, "label"> & { labels: string[] }>();
  for (const { label, ...one } of all) {
    const cause = `${one.board.slug} ${causeOf(one.differences)}`;
    const known = notes.get(cause);
    if (known) known.labels.push(label);
    else notes.set(cause, { ...one, labels: [label] });
  }
  return [...notes.values()];
}
