import { useTranslations } from "next-intl";
import Link from "next/link";
import { MetricFigure } from "@/components/leaderboard/metric-figure";
import { useFormat } from "@/components/use-format";
import type { Messages } from "@/messages/areas";
import type { StackModel } from "@/lib/schemas/stack/stack-page";

export type TabledModel = Pick<StackModel, "slug" | "name" | "card" | "metrics">;
export type TabledMetrics = readonly (keyof Messages["demos"]["table"]["metrics"])[];

const IMAGE_METRICS: TabledMetrics = ["grader-alignment", "fd-toybox"];
export const CLIP_METRICS: TabledMetrics = ["clip-alignment", "fvd-toybox"];
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
  const [t, common, format] = [useTranslations("demos.table"), useTranslations("demos"), useFormat()];
  const columns = [t("model"), t("weights"), t("trained"), ...shown.map((metric) => t(`metrics.${metric}`))];
  const millions = (parameters: number) => `${format.fixed(parameters / 1e6, 1)} M`;
  const trainedFor = ({ training: { minutes } }: StackModel["card"]) =>
    format.duration(minutes === undefined ? null : minutes * 60_000);
  /** Minutes and steps are those since it began: from nothing, or from another model's weights. */
  const beganAs = ({ training, drawnBy }: StackModel["card"]) =>
    training.startsFrom
      ? t("from", { model: training.startsFrom.split(" (")[0] })
      : drawnBy
        ? t("drawnBy", { model: drawnBy.model })
        : "";
  if (models.length === 0) {
    return <p className="card text-muted my-5 p-4 text-sm">{t("none")}</p>;
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
              <Link href={`/models/${slug}`} className="link" translate="no">
                {name}
              </Link>
              <span className="text-muted ml-2 text-xs sm:hidden">
                <span translate="no">
                  {millions(card.parameters)}, {trainedFor(card)}
                </span>{" "}
                {beganAs(card)}
              </span>
            </th>
            <td role="cell" className={`${WIDE} pr-4 whitespace-nowrap tabular-nums`} translate="no">
              {millions(card.parameters)}
            </td>
            <td role="cell" className={`${WIDE} pr-4 tabular-nums`}>
              <span translate="no">{trainedFor(card)}</span>
              <span className="text-muted block text-xs">
                {card.training.steps !== undefined && common("steps", { n: card.training.steps })}{" "}
                {beganAs(card)}
              </span>
            </td>
            {shown.map((metric) => (
              <td
                key={metric}
                role="cell"
                className="pt-1.5 sm:border-b sm:border-inherit sm:py-2.5 sm:pl-4 sm:text-right"
              >
                <span className="text-muted block text-xs sm:hidden" aria-hidden="true">
                  {t(`metrics.${metric}`)}
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
