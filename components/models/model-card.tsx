import { useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import { UNKNOWN } from "@/components/format";
import { figureRows } from "@/components/models/page-text";
import { Said } from "@/components/said";
import { useFormat } from "@/components/use-format";
import { chapterAddress, type Chapter } from "@/components/demos/chapters";
import type { BundledCard } from "@/lib/schemas/stack/bundled-card";

/** What stands on a bundled model's card: how it was trained, and what was measured of it then. */
export function ModelCard({ card, choices }: { card: BundledCard; choices: Chapter[] }) {
  const t = useTranslations("models");
  const chapters = useTranslations("stack.chapters");
  const format = useFormat();
  const { count, duration } = format;
  const { training, figures, sampler, parameters, license, adapter } = card;
  const trained: Row[] = [
    [t("card.recipe"), <Said key="recipe" text={training.recipe} />],
    [t("card.seed"), training.seed === undefined ? UNKNOWN : String(training.seed)],
    [
      t("card.steps"),
      training.batch === undefined
        ? count(training.steps)
        : t("card.stepsOf", { steps: count(training.steps), batch: training.batch }),
    ],
    [t("card.time"), training.minutes === undefined ? UNKNOWN : duration(training.minutes * 60_000)],
    [t("card.machine"), <Said key="machine" text={training.machine} />],
    [t("card.data"), <Said key="data" text={training.data} />],
    ...(training.startsFrom
      ? [[t("card.startsFrom"), <Said key="from" text={training.startsFrom} />] as Row]
      : []),
    [t("card.parameters"), count(parameters)],
    ...(adapter
      ? [
          [t("card.adapter"), t("card.adapterOf", { base: adapter.base, rank: adapter.rank })] as [
            string,
            string,
          ],
        ]
      : []),
    [
      t("card.sampler"),
      t("card.samplerWith", {
        name: sampler.default,
        steps: sampler.steps,
        guidance: sampler.guidanceScale,
      }),
    ],
    [t("card.licence"), <Said key="licence" text={license} />],
  ];
  return (
    <div>
      <div className="grid gap-x-14 gap-y-8 md:grid-cols-2">
        <Rows title={t("card.training")} rows={trained} />
        <div>
          <Rows title={t("card.figures")} rows={figureRows(t, format, figures)} />
          {figures.howMeasured && (
            <p className="text-muted mt-3 text-sm">
              {t("card.measuredOn", { how: figures.howMeasured })}
              {figures.fdToyboxOfMany &&
                ` ${t("card.measuredOfMany", {
                  n: figures.fdToyboxOfMany.n,
                  how: figures.fdToyboxOfMany.howMeasured,
                })}`}
            </p>
          )}
        </div>
      </div>
      {training.history && (
        <p className="text-muted mt-6 max-w-[68ch] text-sm" translate="no">
          {training.history}
        </p>
      )}
      {choices.length > 0 && (
        <p className="mt-6 text-sm">
          <span className="text-muted">{t("card.choices")}</span>{" "}
          {choices.map((choice, index) => (
            <span key={choice}>
              {index > 0 && ", "}
              <Link href={chapterAddress(choice)} className="link">
                {chapters(choice)}
              </Link>
            </span>
          ))}
        </p>
      )}
    </div>
  );
}

type Row = [label: string, value: ReactNode];

function Rows({ title, rows }: { title: string; rows: Row[] }) {
  return (
    <section>
      <h3 className="text-lg">{title}</h3>
      <dl className="border-line mt-3 border-t">
        {rows.map(([label, value]) => (
          <div key={label} className="border-line flex justify-between gap-6 border-b py-2">
            <dt className="text-muted shrink-0 text-sm">{label}</dt>
            <dd className="min-w-0 text-right text-sm break-words tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
