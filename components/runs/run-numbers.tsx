import { useTranslations } from "next-intl";
import { Explain } from "@/components/explain";
import { caveatSentence } from "@/components/caveat-text";
import { UNKNOWN } from "@/components/format";
import { AxisTicks, IntervalBar } from "@/components/interval-bar";
import { metricText } from "@/components/metric-text";
import { intervalText } from "@/components/runs/page-text";
import { useFormat } from "@/components/use-format";
import type { RunView } from "@/lib/schemas/runs";
import { describeMetric, type MetricDescription } from "@/lib/schemas/metrics/describe-metric";

type Metrics = RunView["metrics"];
type Number = { name: string; described: MetricDescription; metric: Metrics[string] };

/** A run's scores with interval, n and protocol: what its clips show side by side, then the others, then what explains them. */
export function RunNumbers({ metrics }: { metrics: Metrics }) {
  const numbers = Object.entries(metrics).map(([name, metric]): Number => ({
    name,
    metric,
    described: describeMetric(name),
  }));
  const ofClips = numbers.filter(({ described }) => described.metric?.startsWith("clip-"));
  const others = numbers.filter((each) => !ofClips.includes(each));
  return (
    <>
      {ofClips.length > 0 && <ClipShares numbers={ofClips} />}
      <Cards numbers={others.filter(({ described }) => !described.detail)} />
      <MotionProbes numbers={others.filter(({ described }) => described.detail)} />
    </>
  );
}

function Cards({ numbers }: { numbers: Number[] }) {
  const t = useTranslations("runs");
  const tCaveats = useTranslations("site.caveats");
  const format = useFormat();
  return (
    <dl className="mt-4 grid gap-4 sm:grid-cols-2">
      {numbers.map(({ name, described, metric }) => {
        const interval = intervalText(t, format, described, metric);
        const n = format.count(metric.n);
        return (
          <div key={name} className="card appear p-5">
            <dt className="text-muted text-sm">
              {t("numbers.direction", {
                label: described.label,
                better: described.better === "nearer to 0.5" ? "half" : String(described.better),
              })}{" "}
              <Explain about={described.label}>{described.meaning}</Explain>
            </dt>
            <dd className="mt-1 font-serif text-4xl tabular-nums">
              {metricText(described, metric.value, format)}
            </dd>
            <dd className="text-muted mt-1 text-sm tabular-nums">
              {interval ? t("numbers.interval", { interval, n }) : t("numbers.n", { n })}
            </dd>
            {metric.caveat && (
              <dd className="text-alarm mt-2 text-sm">{caveatSentence(tCaveats, metric.caveat)}</dd>
            )}
            <dd className="text-muted mt-3 font-mono text-xs">
              <Explain
                about={t("numbers.inFull")}
                mark={t("numbers.protocol", { protocol: metric.protocol.slice(0, 12) })}
              >
                <span className="break-all">{metric.protocol}</span>
              </Explain>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

const PERCENT = { low: 0, high: 100, ticks: [0, 25, 50, 75, 100] };
const ORDER = ["alignment", "objects", "colours", "verb", "direction", "persistence"].map(
  (part) => `clip-${part}`,
);

/** Shares of clips that show what their prompts ask for, as a forest plot: all of it, part by part, and by category. */
function ClipShares({ numbers }: { numbers: Number[] }) {
  const t = useTranslations("runs");
  const format = useFormat();
  const parts = ORDER.flatMap((name) => numbers.filter((each) => each.name === name));
  const categories = numbers.filter(({ described }) => described.detail);
  return (
    <div className="card appear mt-4 p-5">
      <h3 className="text-lg">{t("numbers.clips")}</h3>
      <p className="text-muted mt-1 max-w-3xl text-sm">
        {t("numbers.clipsAbout")}
        {categories.length > 0 && ` ${t("numbers.clipsCategories")}`}
      </p>
      <ul className="mt-4">
        {[...parts, ...categories].map(({ name, described, metric }) => (
          <li
            key={name}
            className="border-line grid grid-cols-[1fr_auto] items-center gap-x-4 border-t py-2 sm:grid-cols-[13rem_1fr_13rem]"
          >
            <span className="text-sm">
              {described.label}{" "}
              <Explain about={described.label}>
                {described.meaning} {t("numbers.under", { protocol: metric.protocol.slice(0, 12) })}
              </Explain>
            </span>
            <span className="order-last col-span-2 sm:order-none sm:col-span-1">
              <IntervalBar
                value={100 * metric.value}
                low={100 * (metric.low ?? metric.value)}
                high={100 * (metric.high ?? metric.value)}
                axis={PERCENT}
                strong={!described.detail}
              />
            </span>
            <span className="text-right text-sm whitespace-nowrap tabular-nums">
              {metricText(described, metric.value, format)}{" "}
              <span className="text-muted text-xs">
                {t("numbers.range", {
                  interval: intervalText(t, format, described, metric) ?? UNKNOWN,
                  n: format.count(metric.n),
                })}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <div className="border-line grid border-t pt-1 sm:grid-cols-[13rem_1fr_13rem] sm:gap-x-4">
        <span className="hidden sm:block" />
        <AxisTicks axis={PERCENT} />
      </div>
    </div>
  );
}

/** What the distance makes of motion: figures of the metric on these clips, not of the model. */
function MotionProbes({ numbers }: { numbers: Number[] }) {
  const t = useTranslations("runs");
  const format = useFormat();
  if (numbers.length === 0) return null;
  return (
    <div className="card appear mt-4 p-5">
      <h3 className="text-lg">{t("numbers.motion")}</h3>
      <p className="text-muted mt-1 max-w-3xl text-sm">{t("numbers.motionAbout")}</p>
      <dl className="mt-3">
        {numbers.map(({ name, described, metric }) => (
          <div
            key={name}
            className="border-line flex flex-wrap justify-between gap-x-6 border-t py-2 text-sm"
          >
            <dt>
              {described.label}{" "}
              <Explain about={described.label}>
                {described.meaning} {t("numbers.under", { protocol: metric.protocol.slice(0, 12) })}
              </Explain>
            </dt>
            <dd className="tabular-nums">
              {metricText(described, metric.value, format)}{" "}
              <span className="text-muted text-xs">
                {t("numbers.range", {
                  interval: intervalText(t, format, described, metric) ?? UNKNOWN,
                  n: format.count(metric.n),
                })}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
