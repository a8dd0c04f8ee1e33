"use client";

import type * as PlotModule from "@observablehq/plot";
import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import { UNKNOWN } from "@/components/format";
import { AsTable } from "@/components/plots/as-table";
import { labelWidth } from "@/components/plots/place-labels";
import { endNames } from "@/components/plots/placed-names";
import { Plot, type Draw } from "@/components/plots/plot";
import { seriesColour, seriesDash } from "@/components/plots/series-colours";
import { Segmented } from "@/components/segmented";

type Point = {
  model: string;
  name: string;
  votes: number;
  createdAt: string;
  rating: number;
  low: number;
  high: number;
};

/** With more models than these, bands would lie over each other: they are drawn of the highlighted one alone. */
const MANY = 4;
/** Narrower plots have no room for names beside the lines: the list above them says which is which. */
const WIDE = 560;
/** Columns of the table. */
const STAGES = 5;

/** Ratings over the board's snapshots with their intervals: by votes counted, or by time. One model may be brought forward. */
export function RatingHistoryPlot({ points, height = 320 }: { points: Point[]; height?: number }) {
  const t = useTranslations("plots");
  const [by, setBy] = useState<"votes" | "time">("votes");
  const [chosen, setChosen] = useState<string | null>(null);
  const [pointed, setPointed] = useState<string | null>(null);
  const names = bestFirst(points);
  const forward = pointed ?? chosen;
  const draw = useCallback<Draw>(
    (plot, width) => drawHistory(plot, width, { points, by, forward, axis: t("axis") }),
    [points, by, forward, t],
  );
  if (points.length === 0) return <p className="text-muted text-sm">{t("none")}</p>;
  return (
    <div>
      <div className="mb-2 flex flex-wrap items-start justify-between gap-2">
        <ul className="flex flex-1 flex-wrap gap-x-1" aria-label={t("forward")}>
          {names.map((name, index) => (
            <li key={name} translate="no">
              <button
                type="button"
                aria-pressed={chosen === name}
                onClick={() => setChosen(chosen === name ? null : name)}
                onPointerEnter={() => setPointed(name)}
                onPointerLeave={() => setPointed(null)}
                className="text-muted hover:text-ink aria-pressed:text-ink aria-pressed:bg-sunk flex min-h-8 items-center gap-1.5 rounded px-1.5 text-left text-sm sm:text-xs"
              >
                <svg width="20" height="6" aria-hidden="true" className="shrink-0">
                  <line
                    x2="20"
                    y1="3"
                    y2="3"
                    strokeWidth="3"
                    style={{ stroke: seriesColour(index) }}
                    strokeDasharray={seriesDash(index)}
                  />
                </svg>
                {name}
              </button>
            </li>
          ))}
        </ul>
        <Segmented
          value={by}
          onChange={setBy}
          options={{ votes: t("by.votes"), time: t("by.time") }}
          label={t("by.label")}
        />
      </div>
      <Plot
        draw={draw}
        height={height}
        label={t("plot", {
          n: points.at(-1)?.votes ?? 0,
          ratings: names
            .map(
              (name) => `${name} ${Math.round(points.filter((point) => point.name === name).at(-1)!.rating)}`,
            )
            .join(", "),
        })}
      />
      <AsTable label={t("table")}>
        <HistoryTable points={points} names={names} />
      </AsTable>
    </div>
  );
}

function drawHistory(
  plot: typeof PlotModule,
  width: number,
  {
    points,
    by,
    forward,
    axis,
  }: { points: Point[]; by: "votes" | "time"; forward: string | null; axis: string },
): PlotModule.PlotOptions {
  const order = bestFirst(points);
  const x = (point: Point) => (by === "votes" ? point.votes : new Date(point.createdAt));
  const last = order.map((name) => points.filter((point) => point.name === name).at(-1)!);
  const strength = (name: string) => (forward === null || forward === name ? 1 : 0.2);
  const isWide = width >= WIDE && order.length > 1;
  const longest = Math.max(...order.map(labelWidth));
  const banded = order.length <= MANY ? points : points.filter(({ name }) => name === forward);
  return {
    marginLeft: 44,
    marginRight: isWide ? Math.min(longest + 16, width / 3) : 12,
    marginBottom: 36,
    style: { background: "transparent", color: "var(--muted)" },
    x: { label: by === "votes" ? axis : null, nice: true, ticks: Math.max(3, width / 130) },
    y: { label: null, grid: true, domain: range(points) },
    color: { domain: order, range: order.map((_, index) => seriesColour(index)) },
    marks: [
      ...order.flatMap((name, index) => {
        const own = points.filter((point) => point.name === name);
        const band = banded.filter((point) => point.name === name);
        return [
          plot.areaY(band, {
            clip: true,
            x,
            y1: "low",
            y2: "high",
            fill: "name",
            fillOpacity: 0.12 * strength(name),
            curve: "step-after",
          }),
          plot.lineY(own, {
            clip: true,
            x,
            y: "rating",
            stroke: "name",
            strokeDasharray: seriesDash(index),
            strokeWidth: forward === name ? 3 : 1.75,
            strokeOpacity: strength(name),
            curve: "step-after",
          }),
        ];
      }),
      plot.dot(last, {
        x,
        y: "rating",
        fill: "name",
        fillOpacity: ({ name }: Point) => strength(name),
        r: 3.5,
      }),
      isWide
        ? endNames(plot, last, {
            x,
            y: "rating",
            fill: ({ name }) => (strength(name) === 1 ? "var(--ink)" : "var(--line-strong)"),
          })
        : null,
    ],
  };
}

/** Every model's rating at a few stages, the newest with its interval. */
function HistoryTable({ points, names }: { points: Point[]; names: string[] }) {
  const t = useTranslations("plots");
  const times = [...new Set(points.map(({ createdAt }) => createdAt))];
  const wanted = Array.from(
    { length: STAGES },
    (_, k) => times[Math.round((k * (times.length - 1)) / (STAGES - 1))],
  );
  const stages = [...new Set(wanted)];
  const at = (name: string, time: string) =>
    points.find((point) => point.name === name && point.createdAt === time);
  return (
    <table className="w-full tabular-nums">
      <thead className="text-muted text-xs">
        <tr>
          <th scope="col" className="py-2 pr-4 text-left font-medium">
            {t("model")}
          </th>
          {stages.map((time) => (
            <th key={time} scope="col" className="px-3 py-2 text-right font-medium">
              {t("votes", { n: points.find(({ createdAt }) => createdAt === time)!.votes })}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr key={name} className="border-line border-t">
            <th scope="row" className="py-2 pr-4 text-left font-normal" translate="no">
              {name}
            </th>
            {stages.map((time, index) => {
              const point = at(name, time);
              return (
                <td key={time} className="px-3 text-right whitespace-nowrap">
                  {point ? Math.round(point.rating) : UNKNOWN}
                  {point && index === stages.length - 1 && (
                    <span className="text-muted text-xs">
                      {" "}
                      {t("range", {
                        low: String(Math.round(point.low)),
                        high: String(Math.round(point.high)),
                      })}
                    </span>
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The ratings' axis: from where the first tenth of the votes is behind, whose intervals would dwarf all that follows. */
function range(points: Point[]): [number, number] {
  const most = Math.max(...points.map(({ votes }) => votes));
  const settled = points.filter(({ votes }) => votes >= most / 10);
  const low = Math.min(...settled.map((point) => (point.low + point.rating) / 2));
  const high = Math.max(...settled.map((point) => (point.high + point.rating) / 2));
  return [Math.floor(low / 50) * 50, Math.ceil(high / 50) * 50];
}

/** The models by their newest rating: colours follow it, the accent first. */
function bestFirst(points: Point[]): string[] {
  const newest = new Map(points.map(({ name, rating }) => [name, rating]));
  return [...newest].sort(([, a], [, b]) => b - a).map(([name]) => name);
}
