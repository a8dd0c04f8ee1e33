"use client";

import Link from "next/link";
import { useCallback, useMemo, useState } from "react";
import { counted, dollars, duration, points as rounded } from "@/components/format";
import {
  costOf,
  costScale,
  valuePoints,
  type CostKind,
  type ValuePoint,
} from "@/components/leaderboard/value-points";
import { AsTable } from "@/components/plots/as-table";
import { placedNames } from "@/components/plots/placed-names";
import { Plot, type Draw } from "@/components/plots/plot";
import { Segmented } from "@/components/segmented";
import type { PricedModel } from "@/lib/schemas/leaderboard";

const KINDS = {
  price: { option: "price", axis: "price of 1,000 samples", cheaper: "cheaper", write: dollars },
  latency: { option: "speed", axis: "median time of a sample", cheaper: "faster", write: duration },
} as const;

/** Fewer dots than these compare nothing. */
const ENOUGH = 2;

/**
 * Rating against price or time, a dot a model with its 95% interval; the line joins those that none beats in both. Nothing where no
 * two models are rated and of known cost.
 * @param props.id of the heading
 */
export function ValueChart({
  models,
  id = "value",
  height = 380,
  heading: Heading = "h2",
}: {
  models: readonly PricedModel[];
  id?: string;
  height?: number;
  heading?: "h2" | "h3";
}) {
  const byKind = useMemo(
    () => ({ price: valuePoints(models, "price"), latency: valuePoints(models, "latency") }),
    [models],
  );
  const drawn = (["price", "latency"] as const).filter((kind) => byKind[kind].length >= ENOUGH);
  const [wanted, setWanted] = useState<CostKind>("price");
  if (drawn.length === 0) return null;
  const kind = drawn.includes(wanted) ? wanted : drawn[0];
  const points = byKind[kind];
  const { cheaper } = KINDS[kind];
  const unknown = models.filter((model) => model.rating !== null && costOf(model, kind) === null).length;
  return (
    <section aria-labelledby={id} className="mt-14">
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-3">
        <Heading id={id} className="text-2xl">
          Quality against {drawn.length > 1 ? "price and speed" : KINDS[kind].option}
        </Heading>
        {drawn.length > 1 && (
          <Segmented
            label="Against"
            value={kind}
            onChange={setWanted}
            options={{ price: KINDS.price.option, latency: KINDS.latency.option }}
          />
        )}
      </div>
      <p className="text-muted mt-2 max-w-3xl text-sm">
        Up is better, left is {cheaper}. Bars are 95% intervals of the ratings. The line joins the models that
        no other here beats in both, going by the estimates.
        {unknown > 0 && ` Of ${counted(unknown, "rated model")} the ${KINDS[kind].option} is not known.`}
      </p>
      <ValuePlot points={points} kind={kind} height={height} />
      <AsTable label={`Rating against ${KINDS[kind].axis}`}>
        <ValueTable points={points} kind={kind} />
      </AsTable>
    </section>
  );
}

function ValuePlot({ points, kind, height }: { points: ValuePoint[]; kind: CostKind; height: number }) {
  const { axis, write } = KINDS[kind];
  const draw = useCallback<Draw>(
    (plot, width) => {
      const front = points.filter(({ onFront }) => onFront);
      const others = points.filter(({ onFront }) => !onFront);
      const byRating = (of: ValuePoint[]) => of.toSorted((a, b) => b.rating - a.rating);
      return {
        marginLeft: 44,
        marginRight: 20,
        marginTop: 20,
        marginBottom: 40,
        style: { background: "transparent", color: "var(--muted)" },
        x: {
          type: costScale(points.map(({ cost }) => cost)),
          label: axis,
          inset: 14,
          ticks: Math.max(3, width / 130),
          tickFormat: (value: number) => write(value),
        },
        y: { label: "rating", grid: true, nice: true, zero: false },
        marks: [
          plot.line(front, {
            x: "cost",
            y: "rating",
            curve: "step-after",
            stroke: "var(--accent)",
            strokeWidth: 1.5,
            strokeDasharray: "5 4",
          }),
          plot.ruleX(points, {
            x: "cost",
            y1: "low",
            y2: "high",
            stroke: "var(--line-strong)",
            strokeWidth: 2,
          }),
          plot.dot(others, { x: "cost", y: "rating", fill: "var(--page)", stroke: "var(--ink)", r: 4.5 }),
          plot.dot(front, {
            x: "cost",
            y: "rating",
            fill: "var(--accent)",
            symbol: "diamond",
            r: 6,
          }),
          placedNames(plot, [...byRating(front), ...byRating(others)], { x: "cost", y: "rating" }),
          plot.tip(
            points,
            plot.pointer({
              x: "cost",
              y: "rating",
              title: (point: ValuePoint) =>
                `${point.name}\nrating ${rounded(point.rating)} (${rounded(point.low)} to ${rounded(point.high)}), ${counted(point.votes, "vote")}\n${write(point.cost)}`,
              fill: "var(--paper)",
            }),
          ),
        ],
      };
    },
    [points, axis, write],
  );
  const words = points.map(
    (point) =>
      `${point.name} ${rounded(point.rating)} at ${write(point.cost)}${point.onFront ? ", unbeaten" : ""}`,
  );
  return <Plot draw={draw} height={height} label={`Rating against ${axis}: ${words.join("; ")}`} />;
}

/** The same in numbers. */
function ValueTable({ points, kind }: { points: ValuePoint[]; kind: CostKind }) {
  const { cheaper, write } = KINDS[kind];
  return (
    <table className="w-full max-w-3xl tabular-nums">
      <thead className="text-muted text-xs">
        <tr>
          <th scope="col" className="py-2 pr-4 text-left font-medium">
            Model, {cheaper} first
          </th>
          <th scope="col" className="px-3 py-2 text-right font-medium">
            {kind === "price" ? "1,000 samples" : "A sample"}
          </th>
          <th scope="col" className="px-3 py-2 text-right font-medium">
            Rating
          </th>
          <th scope="col" className="px-3 py-2 text-right font-medium">
            95% interval
          </th>
          <th scope="col" className="px-3 py-2 text-right font-medium">
            Votes
          </th>
          <th scope="col" className="py-2 pl-3 text-left font-medium">
            Beaten in both
          </th>
        </tr>
      </thead>
      <tbody>
        {points.map((point) => (
          <tr key={point.model} className="border-line border-t">
            <th scope="row" className="py-2 pr-4 text-left font-normal">
              <Link href={`/models/${point.model}`} className="hover:text-accent">
                {point.name}
              </Link>
            </th>
            <td className="px-3 text-right">{write(point.cost)}</td>
            <td className="px-3 text-right">{rounded(point.rating)}</td>
            <td className="text-muted px-3 text-right whitespace-nowrap">
              {rounded(point.low)} to {rounded(point.high)}
            </td>
            <td className="px-3 text-right">
              {point.votes}
              {point.provisional && <span className="text-muted"> (provisional)</span>}
            </td>
            <td className="pl-3">{point.onFront ? "no" : "yes"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
