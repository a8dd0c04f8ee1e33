"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useCallback, useMemo, useState } from "react";
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
import { useFormat } from "@/components/use-format";
import type { PricedModel } from "@/lib/schemas/leaderboard";

/** How a cost is written, and a rating. */
function useWriting(kind: CostKind) {
  const { dollars, duration, points } = useFormat();
  return { write: kind === "price" ? dollars : duration, rounded: points };
}

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
  const t = useTranslations("leaderboard.value");
  const byKind = useMemo(
    () => ({ price: valuePoints(models, "price"), latency: valuePoints(models, "latency") }),
    [models],
  );
  const drawn = (["price", "latency"] as const).filter((kind) => byKind[kind].length >= ENOUGH);
  const [wanted, setWanted] = useState<CostKind>("price");
  if (drawn.length === 0) return null;
  const kind = drawn.includes(wanted) ? wanted : drawn[0];
  const points = byKind[kind];
  const unknown = models.filter((model) => model.rating !== null && costOf(model, kind) === null).length;
  return (
    <section aria-labelledby={id} className="mt-14">
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-3">
        <Heading id={id} className="text-2xl">
          {t("title", { against: drawn.length > 1 ? "both" : kind })}
        </Heading>
        {drawn.length > 1 && (
          <Segmented
            label={t("against")}
            value={kind}
            onChange={setWanted}
            options={{ price: t("price"), latency: t("latency") }}
          />
        )}
      </div>
      <p className="text-muted mt-2 max-w-3xl text-sm">
        {t("text", { kind })}
        {unknown > 0 && ` ${t("notKnown", { kind, n: unknown })}`}
      </p>
      <ValuePlot points={points} kind={kind} height={height} />
      <AsTable label={t("label", { kind })}>
        <ValueTable points={points} kind={kind} />
      </AsTable>
    </section>
  );
}

function ValuePlot({ points, kind, height }: { points: ValuePoint[]; kind: CostKind; height: number }) {
  const t = useTranslations("leaderboard.value");
  const { write, rounded } = useWriting(kind);
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
          label: t("axis", { kind }),
          inset: 14,
          ticks: Math.max(3, width / 130),
          tickFormat: (value: number) => write(value),
        },
        y: { label: t("rating"), grid: true, nice: true, zero: false },
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
                [
                  point.name,
                  t("tip", {
                    rating: rounded(point.rating),
                    low: rounded(point.low),
                    high: rounded(point.high),
                    n: point.votes,
                  }),
                  write(point.cost),
                ].join("\n"),
              fill: "var(--paper)",
            }),
          ),
        ],
      };
    },
    [points, kind, write, rounded, t],
  );
  const words = points.map((point) =>
    t("point", {
      model: point.name,
      rating: rounded(point.rating),
      cost: write(point.cost),
      unbeaten: point.onFront ? "yes" : "no",
    }),
  );
  return (
    <Plot
      draw={draw}
      height={height}
      label={t("plot", { label: t("label", { kind }), points: words.join("; ") })}
    />
  );
}

/** The same in numbers. */
function ValueTable({ points, kind }: { points: ValuePoint[]; kind: CostKind }) {
  const t = useTranslations("leaderboard");
  const { write, rounded } = useWriting(kind);
  const { count, yesNo } = useFormat();
  return (
    <table className="w-full max-w-3xl tabular-nums">
      <thead className="text-muted text-xs">
        <tr>
          <th scope="col" className="py-2 pr-4 text-left font-medium">
            {t("value.modelFirst", { kind })}
          </th>
          <th scope="col" className="px-3 py-2 text-right font-medium">
            {t("value.cost", { kind })}
          </th>
          <th scope="col" className="px-3 py-2 text-right font-medium">
            {t("columns.rating")}
          </th>
          <th scope="col" className="px-3 py-2 text-right font-medium">
            {t("columns.interval")}
          </th>
          <th scope="col" className="px-3 py-2 text-right font-medium">
            {t("columns.votes")}
          </th>
          <th scope="col" className="py-2 pl-3 text-left font-medium">
            {t("value.beaten")}
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
              {t("range", { low: rounded(point.low), high: rounded(point.high) })}
            </td>
            <td className="px-3 text-right">
              {point.provisional
                ? t.rich("value.votesProvisional", {
                    n: point.votes,
                    muted: (chunks) => <span className="text-muted">{chunks}</span>,
                  })
                : count(point.votes)}
            </td>
            <td className="pl-3">{yesNo(!point.onFront)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
