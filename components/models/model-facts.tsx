import Link from "next/link";
import { samplesWord, sampleWord } from "@/components/sample-word";
import { Explain } from "@/components/explain";
import { day, dollars, duration, networkSize, yesNo } from "@/components/format";
import { MetricFigure } from "@/components/leaderboard/metric-figure";
import { metricNames } from "@/components/leaderboard/metric-names";
import { saidParameters } from "@/components/runs/parameters-text";
import { FilesBadge } from "@/components/runs/files-badge";
import { describeMetric } from "@/lib/schemas/metrics/describe-metric";
import type { ModelView } from "@/lib/schemas/views";

/** How a model is built, what it costs, and what was measured of it. */
export function ModelFacts({ model }: { model: ModelView }) {
  const { row } = model;
  const stack: [string, string | null][] = [
    ["Paradigm", model.paradigm],
    ["Architecture", model.architecture],
    ["Representation", model.representation],
    ["Text conditioning", model.textConditioning],
  ];
  const made = { isVideo: model.task === "TEXT_TO_VIDEO" };
  const facts: [string, string][] = [
    ["Released", day(model.released)],
    ["Open weights", yesNo(model.openWeights)],
    ["Licence", model.licence ?? "–"],
    ["Parameters", networkSize(model.parameters)],
    [`Per ${sampleWord(made)}`, dollars(model.pricePerImageUsd)],
    [
      `Per 1k ${samplesWord(made)}`,
      dollars(model.pricePerImageUsd === null ? null : model.pricePerImageUsd * 1000),
    ],
    ["Per megapixel", dollars(row?.pricePerMegapixelUsd)],
    ["Median latency", duration(row?.medianLatencyMs)],
    ...(model.spent === null ? [] : [["It has cost you", spentText(model.spent)] as [string, string]]),
  ];
  return (
    <div className="mt-12 grid gap-x-14 gap-y-10 md:grid-cols-3">
      <Facts title="How it is built" rows={stack.map(([label, value]) => [label, value ?? "–"])} />
      <div>
        <Facts title="Terms" rows={facts} />
        <PriceHistory prices={model.prices} />
      </div>
      <section>
        <h2 className="text-xl">Measured</h2>
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
              The run they are of
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
  const said = [parameters.imageSize, saidParameters(parameters)].filter(Boolean).join(", ");
  return said === "" ? null : <span className="text-muted mt-1 block break-words">Asked with {said}.</span>;
}

const spentText = ({ usd, estimatedUsd }: NonNullable<ModelView["spent"]>) =>
  estimatedUsd === 0 ? dollars(usd) : `${dollars(usd)}, ${dollars(estimatedUsd)} of it estimated`;

/** What an image has cost from when on, where it has changed. */
function PriceHistory({ prices }: Pick<ModelView, "prices">) {
  if (prices.length < 2) return null;
  return (
    <section className="mt-4 text-sm" aria-label="Price history">
      <h3 className="text-muted">Price of an image, from</h3>
      <ul className="mt-1">
        {prices.map(({ at, pricePerImageUsd, source, by }) => (
          <li key={at} className="flex justify-between gap-6 py-1">
            <span>{day(at)}</span>
            <span className="text-right">
              {dollars(pricePerImageUsd)}
              <span className="text-muted block break-words">
                {source ?? (by === "operator" ? "by the operator" : "by its submitter")}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Facts({ title, rows }: { title: string; rows: [string, string][] }) {
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
