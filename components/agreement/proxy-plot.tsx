"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { metricText } from "@/components/metric-text";
import { useFormat } from "@/components/use-format";
import { AsTable } from "@/components/plots/as-table";
import { placedNames } from "@/components/plots/placed-names";
import { Plot, type Draw } from "@/components/plots/plot";
import type { AgreementView, ProxyView } from "@/lib/schemas/agreement";
import { describeMetric } from "@/lib/schemas/metrics/describe-metric";

/** One proxy against people's ratings: a dot a model, its two 95% intervals as a cross. Better is up, and right where it is known what is better. */
export function ProxyPlot({ proxy, models }: { proxy: ProxyView; models: AgreementView["models"] }) {
  const t = useTranslations("agreement.plot");
  const format = useFormat();
  const metric = describeMetric(proxy.id);
  const draw = useCallback<Draw>(
    (plot, width) => {
      const metric = describeMetric(proxy.id);
      const rated = new Map(models.map((model) => [model.slug, model]));
      const dots = proxy.points.map((point) => {
        const { name, rating, low: ratingLow, high: ratingHigh } = rated.get(point.model)!;
        return { ...point, name, rating, ratingLow, ratingHigh };
      });
      const byRating = dots.toSorted((a, b) => b.rating - a.rating);
      return {
        marginLeft: 48,
        marginRight: 24,
        marginTop: 16,
        marginBottom: 40,
        style: { background: "transparent", color: "var(--muted)" },
        x: {
          label: t("axis", { metric: metric.label, lower: proxy.better === "lower" ? "yes" : "no" }),
          // Right is better, and so the arrow points there also where the axis runs down.
          labelArrow: "right",
          reverse: proxy.better === "lower",
          nice: true,
          zero: false,
          ticks: Math.max(3, width / 130),
          tickFormat: (value: number) => metricText(metric, value, format),
        },
        y: { label: null, grid: true, nice: true, zero: false },
        marks: [
          plot.ruleX(dots, { x: "value", y1: "ratingLow", y2: "ratingHigh", stroke: "var(--line-strong)" }),
          plot.ruleY(
            dots.filter(({ low, high }) => low !== null && high !== null),
            { y: "rating", x1: "low", x2: "high", stroke: "var(--line-strong)" },
          ),
          plot.dot(dots, { x: "value", y: "rating", fill: "var(--accent)", r: 4.5 }),
          placedNames(plot, byRating, { x: "value", y: "rating" }),
          plot.tip(
            dots,
            plot.pointer({
              x: "value",
              y: "rating",
              title: (dot: (typeof dots)[number]) =>
                [
                  dot.name,
                  t("tip", {
                    rating: format.points(dot.rating),
                    low: format.points(dot.ratingLow),
                    high: format.points(dot.ratingHigh),
                  }),
                  t("value", {
                    metric: metric.label,
                    value: metricText(metric, dot.value, format),
                    hasCount: dot.n === null ? "no" : "yes",
                    n: dot.n ?? 0,
                  }),
                ].join("\n"),
              fill: "var(--card)",
            }),
          ),
        ],
      };
    },
    [proxy, models, t, format],
  );
  const words = proxy.points.map(({ model, value }) => {
    const rated = models.find(({ slug }) => slug === model)!;
    return t("point", {
      model: rated.name,
      rating: format.points(rated.rating),
      value: metricText(metric, value, format),
    });
  });
  return (
    <div>
      <Plot draw={draw} height={300} label={t("plot", { metric: metric.label, points: words.join(", ") })} />
      <AsTable label={t("label", { metric: metric.label })}>
        <ProxyTable proxy={proxy} models={models} />
      </AsTable>
    </div>
  );
}

/** The same in numbers, best-rated first. */
function ProxyTable({ proxy, models }: { proxy: ProxyView; models: AgreementView["models"] }) {
  const t = useTranslations("agreement.plot");
  const format = useFormat();
  const metric = describeMetric(proxy.id);
  const rated = models.toSorted((a, b) => b.rating - a.rating);
  const interval = (low: number, high: number, write: (value: number) => string) => (
    <span className="text-muted text-xs whitespace-nowrap">
      {t("range", { low: write(low), high: write(high) })}
    </span>
  );
  return (
    <table className="w-full tabular-nums">
      <thead className="text-muted text-xs">
        <tr>
          <th scope="col" className="py-2 pr-4 text-left font-medium">
            {t("model")}
          </th>
          <th scope="col" className="px-3 py-2 text-right font-medium">
            {t("rating")}
          </th>
          <th scope="col" className="px-3 py-2 text-right font-medium" translate="no">
            {metric.label}
          </th>
          <th scope="col" className="py-2 pl-3 text-right font-medium">
            {t("count")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rated.flatMap(({ slug, name, rating, low, high }) => {
          const point = proxy.points.find(({ model }) => model === slug);
          if (point === undefined) return [];
          return [
            <tr key={slug} className="border-line border-t">
              <th scope="row" className="py-2 pr-4 text-left font-normal" translate="no">
                {name}
              </th>
              <td className="px-3 text-right">
                {format.points(rating)} {interval(low, high, format.points)}
              </td>
              <td className="px-3 text-right">
                {metricText(metric, point.value, format)}{" "}
                {point.low !== null &&
                  point.high !== null &&
                  interval(point.low, point.high, (value) => metricText(metric, value, format))}
              </td>
              <td className="pl-3 text-right">{format.count(point.n)}</td>
            </tr>,
          ];
        })}
      </tbody>
    </table>
  );
}
