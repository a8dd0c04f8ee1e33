import { useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import { Explain } from "@/components/explain";
import type { Format } from "@/components/format";
import { MetricFigure } from "@/components/leaderboard/metric-figure";
import { metricNames } from "@/components/leaderboard/metric-names";
import { kindOf } from "@/components/leaderboard/page-text";
import type { ModelWords } from "@/components/models/page-text";
import { saidParameters } from "@/components/runs/parameters-text";
import { FilesBadge } from "@/components/runs/files-badge";
import { Said } from "@/components/said";
import { useFormat } from "@/components/use-format";
import { describeMetric } from "@/lib/schemas/metrics/describe-metric";
import type { ModelView } from "@/lib/schemas/views";

/** How a model is built, what it costs, and what was measured of it. */
export function ModelFacts({ model }: { model: ModelView }) {
  const t = useTranslations("models");
  const format = useFormat();
  const { day, dollars, duration, networkSize, yesNo } = format;
  const { row, pricePerImageUsd: price } = model;
  const stack = (["paradigm", "architecture", "representation", "textConditioning"] as const).map(
    (name): Row => [t(`facts.${name}`), <Said key={name} text={model[name]} />],
  );
  const kind = kindOf({ isVideo: model.task === "TEXT_TO_VIDEO" });
  const facts: Row[] = [
    [t("facts.released"), <Said key="released" text={day(model.released)} />],
    [t("facts.openWeights"), yesNo(model.openWeights)],
    [t("facts.licence"), <Said key="licence" text={model.licence} />],
    [t("facts.parameters"), networkSize(model.parameters)],
    [t("facts.perSample", kind), dollars(price)],
    [t("facts.per1k", kind), dollars(price === null ? null : price * 1000)],
    [t("facts.perMegapixel"), dollars(row?.pricePerMegapixelUsd)],
    [t("facts.latency"), duration(row?.medianLatencyMs)],
    ...(model.spent === null ? [] : [[t("facts.spent"), spentText(t, format, model.spent)] as Row]),
  ];
  return (
    <div className="mt-12 grid gap-x-14 gap-y-10 md:grid-cols-3">
      <Facts title={t("facts.built")} rows={stack} />
      <div>
        <Facts title={t("facts.terms")} rows={facts} />
        <PriceHistory prices={model.prices} />
      </div>
      <section>
        <h2 className="text-xl">{t("facts.measured")}</h2>
        <dl className="border-line mt-3 border-t">
          {metricNames([model]).map((name) => (
            <div key={name} className="border-line flex items-baseline justify-between gap-4 border-b py-2.5">
              <dt className="text-muted text-sm">
                {describeMetric(name).label}{" "}
                {describeMetric(name).meaning && (
                  <Explain about={describeMetric(name).label}>{describeMetric(name).meaning}</Explain>
                )}
              </dt>
              <dd className="text-right">
                <MetricFigure name={name} metric={model.metrics[name]} />
              </dd>
            </div>
          ))}
        </dl>
        {model.bestRun && (
          <p className="mt-3 text-sm">
            <Link href={`/runs/${model.bestRun.runId}`} className="link">
              {t("facts.itsRun")}
            </Link>{" "}
            <FilesBadge files={model.bestRun.files} runId={model.bestRun.runId} always />
            <AskedWith parameters={model.bestRun.parameters} />
          </p>
        )}
      </section>
    </div>
  );
}

/** What its endpoint was asked for besides the prompts. */
function AskedWith({ parameters }: Pick<NonNullable<ModelView["bestRun"]>, "parameters">) {
  const t = useTranslations("models.facts");
  const tRuns = useTranslations("runs");
  const said = [parameters.imageSize, saidParameters(tRuns, parameters)].filter(Boolean).join(", ");
  return said === "" ? null : (
    <span className="text-muted mt-1 block break-words">{t("askedWith", { said })}</span>
  );
}

const spentText = (
  t: ModelWords,
  { dollars }: Format,
  { usd, estimatedUsd }: NonNullable<ModelView["spent"]>,
) =>
  estimatedUsd === 0
    ? dollars(usd)
    : t("facts.spentEstimated", { all: dollars(usd), estimated: dollars(estimatedUsd) });

/** What an image has cost from when on, where it has changed. */
function PriceHistory({ prices }: Pick<ModelView, "prices">) {
  const t = useTranslations("models.facts");
  const { day, dollars } = useFormat();
  if (prices.length < 2) return null;
  return (
    <section className="mt-4 text-sm" aria-label={t("priceHistory")}>
      <h3 className="text-muted">{t("priceFrom")}</h3>
      <ul className="mt-1">
        {prices.map(({ at, pricePerImageUsd, source, by }) => (
          <li key={at} className="flex justify-between gap-6 py-1">
            <time dateTime={at} translate="no">
              {day(at)}
            </time>
            <span className="text-right">
              {dollars(pricePerImageUsd)}
              <span className="text-muted block break-words">
                {source === null ? t("priceBy", { by }) : <Said text={source} />}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

type Row = [label: string, value: ReactNode];

function Facts({ title, rows }: { title: string; rows: Row[] }) {
  return (
    <section>
      <h2 className="text-xl">{title}</h2>
      <dl className="border-line mt-3 border-t">
        {rows.map(([label, value]) => (
          <div key={label} className="border-line flex justify-between gap-6 border-b py-2.5">
            <dt className="text-muted text-sm">{label}</dt>
            <dd className="text-right text-[0.9375rem]">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
