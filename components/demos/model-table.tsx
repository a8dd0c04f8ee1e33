import Link from "next/link";
import { count, duration } from "@/components/format";
import { MetricFigure } from "@/components/leaderboard/metric-figure";
import type { StackModel } from "@/lib/schemas/stack/stack-page";

const millions = (parameters: number) => `${(parameters / 1e6).toFixed(1)} M`;

const trainedFor = ({ training }: StackModel["card"]) =>
  training.minutes === undefined ? "–" : duration(training.minutes * 60_000);

/** Minutes and steps are those since it began: from nothing, or from another model's weights. */
const beganAs = ({ training, drawnBy }: StackModel["card"]) =>
  training.startsFrom
    ? `from ${training.startsFrom.split(" (")[0]}`
    : drawnBy
      ? `drawn by ${drawnBy.model}`
      : "";

export type TabledModel = Pick<StackModel, "slug" | "name" | "card" | "metrics">;
/** By name, with what stands above them. */
export type TabledMetrics = readonly { name: string; title: string }[];

const IMAGE_METRICS: TabledMetrics = [
  { name: "grader-alignment", title: "Draws all that was asked for" },
  { name: "fd-toybox", title: "FD-toybox" },
];
export const CLIP_METRICS: TabledMetrics = [
  { name: "clip-alignment", title: "Shows all that was asked for" },
  { name: "fvd-toybox", title: "FVD-toybox" },
];
/** Cells of their own on a wide screen; on a phone they stand beside the model's name. */
const WIDE = "hidden border-b border-inherit py-2.5 sm:table-cell";

/** The models that embody a choice, with what they cost to train and what was measured of them here. On a phone each row is stacked; its roles keep it a table. */
export function ModelTable({
  models,
  metrics: shown = IMAGE_METRICS,
}: {
  models: TabledModel[];
  metrics?: TabledMetrics;
}) {
  const columns = ["Model", "Weights", "Trained", ...shown.map(({ title }) => title)];
  if (models.length === 0) {
    return (
      <p className="card text-muted my-5 p-4 text-sm">
        No bundled model that embodies this is served here yet. It appears with its figures when it is.
      </p>
    );
  }
  return (
    <table role="table" className="my-5 block w-full text-sm sm:table">
      <thead role="rowgroup" className="text-muted hidden text-left text-xs sm:table-header-group">
        <tr role="row">
          {columns.map((title, column) => (
            <th
              key={title}
              role="columnheader"
              scope="col"
              className={`border-line border-b py-2 font-medium ${column > 2 ? "pl-4 text-right" : "pr-4"}`}
            >
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="block sm:table-row-group">
        {models.map(({ slug, name, card, metrics }) => (
          <tr
            key={slug}
            role="row"
            className="border-line grid grid-cols-2 gap-x-4 border-b py-2.5 align-top first:border-t sm:table-row"
          >
            <th
              role="rowheader"
              scope="row"
              className="col-span-2 text-left font-normal sm:border-b sm:border-inherit sm:py-2.5 sm:pr-4"
            >
              <Link href={`/models/${slug}`} className="link">
                {name}
              </Link>
              <span className="text-muted ml-2 text-xs sm:hidden">
                {millions(card.parameters)}, {trainedFor(card)} {beganAs(card)}
              </span>
            </th>
            <td role="cell" className={`${WIDE} pr-4 whitespace-nowrap tabular-nums`}>
              {millions(card.parameters)}
            </td>
            <td role="cell" className={`${WIDE} pr-4 tabular-nums`}>
              {trainedFor(card)}
              <span className="text-muted block text-xs">
                {card.training.steps !== undefined && `${count(card.training.steps)} steps`} {beganAs(card)}
              </span>
            </td>
            {shown.map(({ name: metric, title }) => (
              <td
                key={metric}
                role="cell"
                className="pt-1.5 sm:border-b sm:border-inherit sm:py-2.5 sm:pl-4 sm:text-right"
              >
                <span className="text-muted block text-xs sm:hidden" aria-hidden="true">
                  {title}
                </span>
                <MetricFigure name={metric} metric={metrics[metric]} explains={false} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
