"use client";

import { useState } from "react";
import { count, percent, signed, UNKNOWN } from "@/components/format";
import { PageButtons } from "@/components/page-buttons";
import { SourceImages } from "@/components/source-images";
import { useApi } from "@/components/use-api";
import { PairedSample } from "@/components/viewer/paired-sample";
import type { ComparedPrompts, Disagreement } from "@/lib/schemas/comparisons";

const FILTERS = {
  all: "All",
  "people-judges": "People and judges disagree",
  "people-metrics": "People and the grader disagree",
  "judges-metrics": "Judges and the grader disagree",
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
        Prompt by prompt
      </h3>
      <div className="mt-4 flex flex-wrap gap-4 text-sm">
        <label>
          <span className="text-muted mb-1 block">Show</span>
          <select
            className="field"
            value={disagreement}
            onChange={(event) => {
              setDisagreement(event.target.value as Disagreement);
              setOffset(0);
            }}
          >
            {Object.entries(FILTERS).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span className="text-muted mb-1 block">Category</span>
          <select
            className="field"
            value={category}
            onChange={(event) => {
              setCategory(event.target.value);
              setOffset(0);
            }}
          >
            <option value="">All</option>
            {data?.categories.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      </div>
      {error && (
        <p role="alert" className="text-alarm mt-4 text-sm">
          {error.message}
        </p>
      )}
      {data?.total === 0 && <p className="text-muted mt-4 text-sm">No prompt matches.</p>}
      {data?.prompts.map((row) => (
        <PromptRow key={row.key} row={row} names={[data.first.name, data.second.name]} />
      ))}
      {data && data.total > data.pageSize && <PageButtons page={data} go={setOffset} />}
    </section>
  );
}

function PromptRow({ row, names }: { row: Row; names: [string, string] }) {
  const { people, judges, metrics } = row;
  return (
    <article className="border-line mt-6 border-t pt-4">
      <h4 className="text-sm break-words">{row.text}</h4>
      <p className="text-muted mt-1 text-xs">{row.category}</p>
      <SourceImages sources={row.sources} className="mt-3" />
      <dl className="mt-2 flex flex-wrap gap-x-6 gap-y-1 text-sm tabular-nums">
        <Said by="People" n={people?.n}>
          {people && `${percent(people.value)} for ${names[0]}`}
        </Said>
        <Said by="Judges" n={judges?.n}>
          {judges && `${signed(judges.value, 2)} for ${names[0]}`}
        </Said>
        <Said by="Grader" n={metrics?.n}>
          {metrics && `${signed(metrics.value, 2)} for ${names[0]}`}
        </Said>
      </dl>
      <div className="mt-3 grid grid-cols-2 gap-4">
        {([0, 1] as const).map((side) => (
          <div key={side}>
            <p className="text-muted mb-2 text-xs">{names[side]}</p>
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
  return (
    <div className="flex gap-2">
      <dt className="text-muted">{by}</dt>
      <dd>
        {children ?? UNKNOWN}
        {n !== undefined && <span className="text-muted"> (n {count(n)})</span>}
      </dd>
    </div>
  );
}
