import { count } from "@/components/format";
import { intervalText, metricFace } from "@/components/leaderboard/metrics";
import type { MetricValue } from "@/lib/schemas/api";

/** A metric's value with its interval and n: a number without them says too little. */
export function MetricFigure({ name, metric }: { name: string; metric: MetricValue | undefined }) {
  if (!metric) return <span className="text-muted">–</span>;
  const { write } = metricFace(name);
  const interval = intervalText(metric, write);
  return (
    <span
      className="block tabular-nums"
      title={[metric.caveat, `protocol ${metric.protocol.slice(0, 12)}`].filter(Boolean).join(" · ")}
    >
      <span className="block">
        {write(metric.value)}
        {metric.caveat && (
          <span className="text-alarm" title={metric.caveat}>
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
