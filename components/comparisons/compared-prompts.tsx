"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { UNKNOWN } from "@/components/format";
import { PageButtons } from "@/components/page-buttons";
import { SourceImages } from "@/components/source-images";
import { useFormat } from "@/components/use-format";
import { useApi } from "@/components/use-api";
import { PairedSample } from "@/components/viewer/paired-sample";
import type { ComparedPrompts, Disagreement } from "@/lib/schemas/comparisons";

/** By the names of the message's choices. */
const FILTERS = {
  all: "all",
  "people-judges": "people_judges",
  "people-metrics": "people_metrics",
  "judges-metrics": "judges_metrics",
} as const satisfies Record<Disagreement, string>;

type Row = ComparedPrompts["prompts"][number];

/** Two runs prompt by prompt: what people, judges and the grader say, with a filter for where they disagree. */
export function ComparedPromptsTable({
  comparisonId,
  first,
  second,
}: {
  comparisonId: string;
  /** Ids of the two runs. */
  first: string;
  second: string;
}) {
  const t = useTranslations("comparisons.prompts");
  const [disagreement, setDisagreement] = useState<Disagreement>("all");
  const [category, setCategory] = useState("");
  const [offset, setOffset] = useState(0);
  const query = new URLSearchParams({ first, second, disagreement, offset: String(offset), ...(category && { category }) }); // prettier-ignore
  const { data, error } = useApi<ComparedPrompts>(`/api/v1/comparisons/${comparisonId}/prompts?${query}`, {
    keepsLast: true,
  });
  return (
    <section className="mt-12" aria-labelledby="by-prompt">
      <h3 id="by-prompt" className="text-xl">
        {t("title")}
      </h3>
      <div className="mt-4 flex flex-wrap gap-4 text-sm">
        <label>
          <span className="text-muted mb-1 block">{t("show")}</span>
          <select
            className="field"
            value={disagreement}
            onChange={(event) => {
              setDisagreement(event.target.value as Disagreement);
              setOffset(0);
            }}
          >
            {Object.entries(FILTERS).map(([value, filter]) => (
              <option key={value} value={value}>
                {t("filters", { filter })}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span className="text-muted mb-1 block">{t("category")}</span>
          <select
            className="field"
            value={category}
            onChange={(event) => {
              setCategory(event.target.value);
              setOffset(0);
            }}
          >
            <option value="">{t("allCategories")}</option>
            {data?.categories.map((name) => (
              <option key={name} translate="no">
                {name}
              </option>
            ))}
          </select>
        </label>
      </div>
      {error && (
        <p role="alert" className="text-alarm mt-4 text-sm">
          {error.message}
        </p>
      )}
      {data?.total === 0 && <p className="text-muted mt-4 text-sm">{t("none")}</p>}
      {data?.prompts.map((row) => (
        <PromptRow key={row.key} row={row} names={[data.first.name, data.second.name]} />
      ))}
      {data && data.total > data.pageSize && <PageButtons page={data} go={setOffset} />}
    </section>
  );
}

function PromptRow({ row, names }: { row: Row; names: [string, string] }) {
  const t = useTranslations("comparisons.prompts");
  const { percent, signed } = useFormat();
  const { people, judges, metrics } = row;
  return (
    <article className="border-line mt-6 border-t pt-4">
      <h4 className="text-sm break-words" translate="no">
        {row.text}
      </h4>
      <p className="text-muted mt-1 text-xs" translate="no">
        {row.category}
      </p>
      <SourceImages sources={row.sources} className="mt-3" />
      <dl className="mt-2 flex flex-wrap gap-x-6 gap-y-1 text-sm tabular-nums">
        <Said by={t("people")} n={people?.n}>
          {people && t("for", { value: percent(people.value), name: names[0] })}
        </Said>
        <Said by={t("judges")} n={judges?.n}>
          {judges && t("for", { value: signed(judges.value, 2), name: names[0] })}
        </Said>
        <Said by={t("grader")} n={metrics?.n}>
          {metrics && t("for", { value: signed(metrics.value, 2), name: names[0] })}
        </Said>
      </dl>
      <div className="mt-3 grid grid-cols-2 gap-4">
        {([0, 1] as const).map((side) => (
          <div key={side}>
            <p className="text-muted mb-2 text-xs" translate="no">
              {names[side]}
            </p>
            <ul className="grid gap-3 sm:grid-cols-2">
              {[row.first, row.second][side].map(({ sampleId }, at) => (
                <li key={sampleId}>
                  <PairedSample row={row} side={side} at={at} names={names} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </article>
  );
}

function Said({ by, n, children }: { by: string; n: number | undefined; children: string | null }) {
  const t = useTranslations("comparisons.prompts");
  const { count } = useFormat();
  return (
    <div className="flex gap-2">
      <dt className="text-muted">{by}</dt>
      <dd>
        {children ?? UNKNOWN}
        {n !== undefined && <span className="text-muted"> {t("ofSize", { n: count(n) })}</span>}
      </dd>
    </div>
  );
}
