import Link from "next/link";
import { count, duration } from "@/components/format";
import { MetricFigure } from "@/components/leaderboard/metric-figure";
import type { StackModel } from "@/lib/schemas/stack";

const millions = (parameters: number) => `${(parameters / 1e6).toFixed(1)} M`;

const trainedFor = ({ training }: StackModel["card"]) =>
  training.minutes === undefined ? "–" : duration(training.minutes * 60_000);

/** The models that embody a choice, with what they cost to train and what was measured of them here. */
export function ModelTable({ models }: { models: StackModel[] }) {
  if (models.length === 0) {
    return (
      <p className="card text-muted my-5 p-4 text-sm">
        No bundled model that embodies this is served here yet. It appears with its figures when it is.
      </p>
    );
  }
  return (
    <div className="my-5 overflow-x-auto">
      <table className="w-full text-sm sm:min-w-[34rem]">
        <thead className="text-muted text-left text-xs">
          <tr>
            {["Model", "Weights", "Trained", "Draws all that was asked for", "FD-toybox"].map(
              (title, column) => (
                <th
                  key={title}
                  scope="col"
                  className={`border-line border-b py-2 font-medium ${column > 2 ? "pl-3 text-right sm:pl-4" : "pr-3 sm:pr-4"} ${column === 1 || column === 2 ? "hidden sm:table-cell" : ""}`}
                >
                  {title}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {models.map(({ slug, name, card, metrics }) => (
            <tr key={slug} className="border-line border-b align-top">
              <th scope="row" className="py-2.5 pr-3 text-left font-normal sm:pr-4">
                <Link href={`/models/${slug}`} className="link">
                  {name}
                </Link>
                <span className="text-muted block text-xs sm:hidden">
                  {millions(card.parameters)}, {trainedFor(card)}
                </span>
              </th>
              <td className="hidden py-2.5 pr-4 whitespace-nowrap tabular-nums sm:table-cell">
                {millions(card.parameters)}
              </td>
              <td className="hidden py-2.5 pr-4 tabular-nums sm:table-cell">
                {trainedFor(card)}
                <span className="text-muted block text-xs">
                  {card.training.steps !== undefined && `${count(card.training.steps)} steps`}
                </span>
              </td>
              <td className="py-2.5 pl-3 text-right sm:pl-4">
                <MetricFigure name="grader-alignment" metric={metrics["grader-alignment"]} />
              </td>
              <td className="py-2.5 pl-3 text-right sm:pl-4">
                <MetricFigure name="fd-toybox" metric={metrics["fd-toybox"]} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
