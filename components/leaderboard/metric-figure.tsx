import { caveatText } from "@/components/caveat-text";
import { count } from "@/components/format";
import { intervalText, metricText } from "@/components/metric-text";
import type { BoardMetricValue } from "@/lib/schemas/metric-values";
import { describeMetric } from "@/lib/schemas/metrics/describe-metric";

/**
 * A metric's value with its interval and n: a number without them says too little. One of another protocol than its column's
 * is marked, since it stands among numbers it may not be compared with.
 */
export function MetricFigure({ name, metric }: { name: string; metric: BoardMetricValue | undefined }) {
  if (!metric) return <span className="text-muted">–</span>;
  const described = describeMetric(name);
  const interval = intervalText(described, metric);
  const caveat = metric.caveat && caveatText(metric.caveat);
  return (
    <span
      className="block tabular-nums"
      title={[
        !metric.comparable && "of another protocol: compared with nothing here",
        metric.commonPrompts && "over the prompts that all models here have answered",
        metric.soFar && "so far: its run is still going on",
        caveat,
        `protocol ${metric.protocol.slice(0, 12)}`,
      ]
        .filter(Boolean)
        .join(" · ")}
    >
      <span className={`block ${metric.comparable ? "" : "text-muted"}`}>
        {!metric.comparable && (
          <span className="text-alarm" aria-label="another protocol">
            ≠{" "}
          </span>
        )}
        {metricText(described, metric.value)}
        {caveat && (
          <span className="text-alarm" title={caveat}>
            {" "}
            *
          </span>
        )}
      </span>
      <span className="text-muted block text-xs whitespace-nowrap">
        {interval && <>{interval} · </>}n {count(metric.n)}
      </span>
    </span>
  );
}
