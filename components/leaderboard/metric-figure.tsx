import { useTranslations } from "next-intl";
import { caveatSentence } from "@/components/caveat-text";
import { Explain } from "@/components/explain";
import { useFormat } from "@/components/use-format";
import { metricText } from "@/components/metric-text";
import type { BoardMetricValue } from "@/lib/schemas/metric-values";
import { describeMetric } from "@/lib/schemas/metrics/describe-metric";

/**
 * A metric's value with its interval and n: a number without them says too little. One of another protocol than its column's
 * is marked, since it stands among numbers it may not be compared with.
 */
export function MetricFigure({
  name,
  metric,
  explains = true,
}: {
  name: string;
  metric: BoardMetricValue | undefined;
  /** Whether how it was measured opens on a press; where there are many figures on a page, it would be too heavy. */
  explains?: boolean;
}) {
  const t = useTranslations("leaderboard");
  const tCaveats = useTranslations("site.caveats");
  const format = useFormat();
  if (!metric) return <span className="text-muted">–</span>;
  const described = describeMetric(name);
  const { low, high } = metric;
  const interval =
    low === null || high === null
      ? null
      : t("range", { low: metricText(described, low, format), high: metricText(described, high, format) });
  const caveat = metric.caveat && caveatSentence(tCaveats, metric.caveat);
  const remarks = [
    ...(metric.comparable ? [] : [t("metric.notComparable")]),
    ...(caveat ? [`* ${caveat}`] : []),
    ...(metric.commonPrompts ? [t("metric.commonPrompts")] : []),
    ...(metric.soFar ? [t("metric.soFar")] : []),
  ];
  const numbers = [...(interval ? [interval] : []), `n ${format.count(metric.n)}`].join(" · ");
  return (
    <span className="block tabular-nums">
      <span className={`block ${metric.comparable ? "" : "text-muted"}`}>
        {!metric.comparable && (
          <span className="text-alarm" role="img" aria-label={t("metric.otherProtocol")}>
            ≠{" "}
          </span>
        )}
        {metricText(described, metric.value, format)}
        {caveat && (
          <span className="text-alarm" aria-hidden="true">
            {" "}
            *
          </span>
        )}
      </span>
      <span className="block text-xs whitespace-nowrap">
        {explains ? (
          <Explain about={t("metric.about")} mark={numbers}>
            {remarks.map((remark) => (
              <span key={remark} className="mb-2 block">
                {remark}
              </span>
            ))}
            <span className="block">
              {t.rich("metric.measured", {
                hasInterval: interval === null ? "no" : "yes",
                protocol: metric.protocol.slice(0, 12),
                code: (chunks) => <code className="font-mono text-xs">{chunks}</code>,
              })}
            </span>
          </Explain>
        ) : (
          <span className="text-muted">{numbers}</span>
        )}
      </span>
    </span>
  );
}
