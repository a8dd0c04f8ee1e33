"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { Plot, type Draw } from "@/components/plots/plot";
import { useFormat } from "@/components/use-format";
import type { EncoderExaminationView } from "@/lib/schemas/examination";

type Curve = NonNullable<EncoderExaminationView["curve"]>;

/** The Fréchet distance against the number of samples: the size bias every comparison must mind, and where it leads. */
export function SampleSizeCurve({ curve, label }: { curve: Curve; label: string }) {
  const t = useTranslations("runs.curve");
  const { significant } = useFormat();
  const draw = useCallback<Draw>(
    (plot, width) => {
      const { points, infinity, slope, low, high } = curve;
      const [from, to] = [points[0].n, points[points.length - 1].n];
      const line = Array.from({ length: 60 }, (_, i) => {
        const n = from + ((to - from) * i) / 59;
        return { n, distance: infinity + slope / n };
      });
      const band = low === null || high === null ? [] : [{ x1: from, x2: to, y1: low, y2: high }];
      return {
        marginLeft: 48,
        marginRight: 12,
        marginBottom: 36,
        style: { background: "transparent", color: "var(--muted)" },
        x: { label: t("axis"), ticks: Math.max(3, width / 110), nice: true },
        y: { label: null, grid: true, nice: true, zero: false },
        marks: [
          plot.rect(band, {
            x1: "x1",
            x2: "x2",
            y1: "y1",
            y2: "y2",
            fill: "var(--accent)",
            fillOpacity: 0.1,
          }),
          plot.ruleY([infinity], { stroke: "var(--accent)", strokeDasharray: "4 4" }),
          plot.lineY(line, { x: "n", y: "distance", stroke: "var(--line-strong)", strokeWidth: 1.5 }),
          plot.dot(points, { x: "n", y: "distance", fill: "var(--ink)", r: 3 }),
        ],
      };
    },
    [curve, t],
  );
  const { points, infinity, standardError, low, high } = curve;
  const last = points[points.length - 1];
  return (
    <figure className="card mt-4 p-4 sm:p-5">
      <Plot
        draw={draw}
        height={260}
        label={t("plot", {
          label,
          first: significant(points[0].distance),
          from: points[0].n,
          last: significant(last.distance),
          to: last.n,
          infinity: significant(infinity),
        })}
      />
      <figcaption className="text-muted mt-3 max-w-3xl text-sm">
        {t.rich("about", {
          label,
          from: points[0].n,
          to: last.n,
          infinity: significant(infinity),
          error: significant(standardError),
          hasInterval: low === null || high === null ? "no" : "yes",
          low: significant(low),
          high: significant(high),
          value: (chunks) => <span className="text-ink tabular-nums">{chunks}</span>,
        })}
      </figcaption>
    </figure>
  );
}
