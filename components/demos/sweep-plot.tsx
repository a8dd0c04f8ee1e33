"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { Plot, type Draw } from "@/components/plots/plot";
import { seriesColour } from "@/components/plots/series-colours";
import { useFormat } from "@/components/use-format";
import type { StackSweep } from "@/lib/schemas/stack/stack-page";

/** Share of prompts drawn entirely right against one setting, with 95% intervals; one line a model. */
export function SweepPlot({
  sweeps,
  setting,
  counts = "prompts",
}: {
  sweeps: StackSweep[];
  setting: string;
  /** What the share is of. */
  counts?: "prompts" | "captions";
}) {
  const [t, { percent }] = [useTranslations("demos.sweeps"), useFormat()];
  const drawn = sweeps.filter(({ points }) => points.length > 0);
  const draw = useCallback<Draw>(
    (plot) => {
      const points = sweeps.flatMap(({ model, points }) =>
        points.map((point) => ({ ...point, name: model.name })),
      );
      const names = [...new Set(points.map(({ name }) => name))];
      return {
        marginLeft: 44,
        marginBottom: 36,
        style: { background: "transparent", color: "var(--muted)" },
        x: { type: "log", label: setting },
        y: { domain: [0, 1], grid: true, label: null, tickFormat: (share: number) => percent(share) },
        color: { domain: names, range: names.map((_, index) => seriesColour(index)) },
        marks: [
          // Every swept value is named: a logarithmic scale's own format leaves some of them blank.
          plot.axisX([...new Set(points.map((point) => point.setting))], { text: String }),
          plot.ruleX(points, {
            x: "setting",
            y1: "low",
            y2: "high",
            stroke: "name",
            strokeWidth: 2,
            strokeOpacity: 0.35,
          }),
          plot.lineY(points, { x: "setting", y: "value", z: "name", stroke: "name", strokeWidth: 1.75 }),
          plot.dot(points, { x: "setting", y: "value", fill: "name", r: 4 }),
        ],
      };
    },
    [sweeps, setting, percent],
  );
  if (drawn.length === 0) {
    return <p className="text-muted text-sm">{t("empty")}</p>;
  }
  return (
    <figure className="card my-6 p-4 sm:p-5">
      <ul className="mb-2 flex flex-wrap gap-x-4 gap-y-1 text-xs">
        {drawn.map(({ model }, index) => (
          <li key={model.slug} className="flex items-center gap-1.5">
            <span
              className="size-2.5 rounded-full"
              style={{ background: seriesColour(index) }}
              aria-hidden="true"
            />
            <span translate="no">{model.name}</span>
          </li>
        ))}
      </ul>
      <Plot
        draw={draw}
        height={260}
        label={drawn
          .map(({ model, points }) =>
            t("curve", {
              model: model.name,
              points: points
                .map(({ value, setting }) => t("at", { share: percent(value), setting }))
                .join(", "),
            }),
          )
          .join(". ")}
      />
      <figcaption className="text-muted mt-2 text-sm">
        {t("caption", {
          counts,
          sources: drawn
            .map(({ model, source, points }) => t("source", { model: model.name, n: points[0].n, source }))
            .join("; "),
        })}
      </figcaption>
    </figure>
  );
}
