import { caveatText } from "@/components/caveat-text";
import { Explain } from "@/components/explain";
import { count } from "@/components/format";
import { intervalText, metricText } from "@/components/metric-text";
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
  if (!metric) return <span className="text-muted">–</span>;
  const described = describeMetric(name);
  const interval = intervalText(described, metric);
  const caveat = metric.caveat && caveatText(metric.caveat);
  const remarks = [
    ...(metric.comparable ? [] : ["≠ Of another protocol: compared with nothing here."]),
    ...(caveat ? [`* ${caveat}`] : []),
    ...(metric.commonPrompts ? ["Over the prompts that all models here have answered."] : []),
    ...(metric.soFar ? ["So far: its run is still going on."] : []),
  ];
  const numbers = [...(interval ? [interval] : []), `n ${count(metric.n)}`].join(" · ");
  return (
    <span className="block tabular-nums">
      <span className={`block ${metric.comparable ? "" : "text-muted"}`}>
        {!metric.comparable && (
          <span className="text-alarm" role="img" aria-label="another protocol">
            ≠{" "}
          </span>
        )}
        {metricText(described, metric.value)}
        {caveat && (
          <span className="text-alarm" aria-hidden="true">
            {" "}
            *
          </span>
        )}
      </span>
      <span className="block text-xs whitespace-nowrap">
        {explains ? (
          <Explain about="how it was measured" mark={numbers}>
            {remarks.map((remark) => (
              <span key={remark} className="mb-2 block">
                {remark}
              </span>
            ))}
            <span className="block">
              {interval && "The 95% interval, and n"}
              {!interval && "n"}: the samples it was measured on. Protocol{" "}
              <code className="font-mono text-xs">{metric.protocol.slice(0, 12)}</code>
            </span>
          </Explain>
        ) : (
          <span className="text-muted">{numbers}</span>
        )}
      </span>
    </span>
  );
}
