"use client";

import { useCallback, useState } from "react";
import { count } from "@/components/format";
import { Plot, type Draw } from "@/components/plots/plot";
import { seriesColour } from "@/components/plots/series-colours";
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

/** Ratings over the board's snapshots with their intervals: by votes counted, or by time. */
export function RatingHistoryPlot({ points, height = 320 }: { points: Point[]; height?: number }) {
  const [by, setBy] = useState<"votes" | "time">("votes");
  const names = bestFirst(points);
  const draw = useCallback<Draw>(
    (plot, width) => {
      const order = bestFirst(points);
      const x = (point: Point) => (by === "votes" ? point.votes : new Date(point.createdAt));
      const last = order.map((name) => points.filter((point) => point.name === name).at(-1)!);
      return {
        marginLeft: 44,
        marginRight: 12,
        marginBottom: 36,
        style: { background: "transparent", color: "var(--muted)" },
        x: { label: by === "votes" ? "votes counted" : null, nice: true, ticks: Math.max(3, width / 130) },
        y: { label: null, grid: true, domain: range(points) },
        color: { domain: order, range: order.map((_, index) => seriesColour(index)) },
        marks: [
          plot.areaY(points, {
            clip: true,
            x,
            y1: "low",
            y2: "high",
            z: "name",
            fill: "name",
            fillOpacity: 0.12,
            curve: "step-after",
          }),
          plot.lineY(points, {
            clip: true,
            x,
            y: "rating",
            z: "name",
            stroke: "name",
            strokeWidth: 1.75,
            curve: "step-after",
          }),
          plot.dot(last, { x, y: "rating", fill: "name", r: 3.5 }),
        ],
      };
    },
    [points, by],
  );
  if (points.length === 0) return <p className="text-muted text-sm">No vote has been counted yet.</p>;
  return (
    <div>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm sm:text-xs">
          {names.map((name, index) => (
            <li key={name} className="flex items-center gap-1.5">
              <span
                className="size-2.5 rounded-full"
                style={{ background: seriesColour(index) }}
                aria-hidden="true"
              />
              {name}
            </li>
          ))}
        </ul>
        <Segmented
          value={by}
          onChange={setBy}
          options={{ votes: "by votes", time: "by time" }}
          label="Axis"
        />
      </div>
      <Plot
        draw={draw}
        height={height}
        label={`Ratings after ${count(points.at(-1)?.votes ?? 0)} votes: ${names
          .map(
            (name) => `${name} ${Math.round(points.filter((point) => point.name === name).at(-1)!.rating)}`,
          )
          .join(", ")}`}
      />
    </div>
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
