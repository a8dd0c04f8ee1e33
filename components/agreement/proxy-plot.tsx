"use client";

import { useCallback } from "react";
import { metricText } from "@/components/metric-text";
import { Plot, type Draw } from "@/components/plots/plot";
import type { AgreementView, ProxyView } from "@/lib/schemas/agreement";
import { describeMetric } from "@/lib/schemas/metrics/describe-metric";

/** One proxy against people's ratings: a dot a model, its two 95% intervals as a cross. Better is up, and right where it is known what is better. */
export function ProxyPlot({ proxy, models }: { proxy: ProxyView; models: AgreementView["models"] }) {
  const metric = describeMetric(proxy.id);
  const draw = useCallback<Draw>(
    (plot, width) => {
      const metric = describeMetric(proxy.id);
      const rated = new Map(models.map((model) => [model.slug, model]));
      const dots = proxy.points.map((point) => {
        const { name, rating, low: ratingLow, high: ratingHigh } = rated.get(point.model)!;
        return { ...point, name, rating, ratingLow, ratingHigh };
      });
      return {
        marginLeft: 48,
        marginRight: 24,
        marginTop: 16,
        marginBottom: 40,
        style: { background: "transparent", color: "var(--muted)" },
        x: {
          label: `${metric.label}${proxy.better === "lower" ? ", less is better" : ""} →`,
          reverse: proxy.better === "lower",
          nice: true,
          zero: false,
          ticks: Math.max(3, width / 130),
          tickFormat: (value: number) => metricText(metric, value),
        },
        y: { label: null, grid: true, nice: true, zero: false },
        marks: [
          plot.ruleX(dots, { x: "value", y1: "ratingLow", y2: "ratingHigh", stroke: "var(--line-strong)" }),
          plot.ruleY(
            dots.filter(({ low, high }) => low !== null && high !== null),
            { y: "rating", x1: "low", x2: "high", stroke: "var(--line-strong)" },
          ),
          plot.dot(dots, { x: "value", y: "rating", fill: "var(--accent)", r: 4.5 }),
          plot.text(dots, {
            x: "value",
            y: "rating",
            text: "name",
            dy: -12,
            fill: "var(--ink)",
            stroke: "var(--page)",
            strokeWidth: 3,
          }),
          plot.tip(
            dots,
            plot.pointer({
              x: "value",
              y: "rating",
              title: (dot: (typeof dots)[number]) =>
                `${dot.name}\nrating ${Math.round(dot.rating)} (${Math.round(dot.ratingLow)} to ${Math.round(dot.ratingHigh)})\n${metric.label} ${metricText(metric, dot.value)}${dot.n === null ? "" : `, n = ${dot.n}`}`,
              fill: "var(--card)",
            }),
          ),
        ],
      };
    },
    [proxy, models],
  );
  const words = proxy.points.map(({ model, value }) => {
    const rated = models.find(({ slug }) => slug === model)!;
    return `${rated.name} ${Math.round(rated.rating)} and ${metricText(metric, value)}`;
  });
  return <Plot draw={draw} height={300} label={`Rating against ${metric.label}: ${words.join(", ")}`} />;
}
