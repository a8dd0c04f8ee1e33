"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { PageButtons } from "@/components/page-buttons";
import { SourceImages } from "@/components/source-images";
import { useApi } from "@/components/use-api";
import { useFormat } from "@/components/use-format";
import { PairedSample } from "@/components/viewer/paired-sample";
import type { BesideSort, RunsBeside } from "@/lib/schemas/run-beside";

type Prompt = RunsBeside["prompts"][number];
type Sample = Prompt["first"][number];

/** Two runs' samples beside each other, prompt by prompt, by category or by how far judges differ on the two. */
export function RunsBesideSection({ runId, against }: { runId: string; against: string }) {
  const t = useTranslations("runs.beside");
  const [category, setCategory] = useState("");
  const [sort, setSort] = useState<BesideSort>("disagreement");
  const [offset, setOffset] = useState(0);
  const query = new URLSearchParams({ against, sort, offset: String(offset), ...(category && { category }) });
  const { data, error } = useApi<RunsBeside>(`/api/v1/runs/${runId}/beside?${query}`, { keepsLast: true });
  return (
    <section className="mt-10" aria-labelledby="beside">
      <h3 id="beside" className="text-xl">
        {t("title")}
      </h3>
      {error && (
        <p role="alert" className="text-alarm mt-4 text-sm">
          {error.message}
        </p>
      )}
      {data && (
        <>
          <div className="mt-4 flex flex-wrap gap-4 text-sm">
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
                <option value="">{t("all")}</option>
                {data.categories.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            </label>
            <label>
              <span className="text-muted mb-1 block">{t("order")}</span>
              <select
                className="field"
                value={sort}
                onChange={(event) => {
                  setSort(event.target.value as BesideSort);
                  setOffset(0);
                }}
              >
                <option value="disagreement">{t("disagreement")}</option>
                <option value="prompt">{t("prompt")}</option>
              </select>
            </label>
          </div>
          {data.prompts.map((prompt) => (
            <PromptRow key={prompt.key} prompt={prompt} names={[data.first.model, data.second.model]} />
          ))}
          <Pages data={data} go={setOffset} />
        </>
      )}
    </section>
  );
}

function PromptRow({ prompt, names }: { prompt: Prompt; names: [string, string] }) {
  const t = useTranslations("runs.beside");
  const { fixed } = useFormat();
  return (
    <article className="border-line mt-6 border-t pt-4">
      <h4 className="text-sm break-words" translate="no">
        {prompt.text}
      </h4>
      <p className="text-muted mt-1 text-xs">
        {prompt.disagreement === null
          ? prompt.category
          : t("differBy", { category: prompt.category, by: fixed(prompt.disagreement, 2) })}
      </p>
      <SourceImages sources={prompt.sources} className="mt-3" />
      <div className="mt-3 grid grid-cols-2 gap-4">
        {([0, 1] as const).map((side) => (
          <div key={side}>
            <p className="text-muted mb-2 text-xs" translate="no">
              {names[side]}
            </p>
            <ul className="grid grid-cols-2 gap-3">
              {[prompt.first, prompt.second][side].map((sample, at) => (
                <li key={sample.sampleId}>
                  <PairedSample row={prompt} side={side} at={at} names={names} />
                  <SampleFacts sample={sample} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </article>
  );
}

function SampleFacts({ sample: { judges, allCorrect } }: { sample: Sample }) {
  const t = useTranslations("runs.beside");
  const { fixed } = useFormat();
  return (
    <ul className="text-muted mt-1 text-xs tabular-nums">
      {allCorrect !== null && <li>{t("correct", { correct: allCorrect ? "yes" : "no" })}</li>}
      {judges.map(({ judge, rubric, score }) => (
        <li key={`${judge} ${rubric}`}>{t("judged", { judge, rubric, score: fixed(score, 2) })}</li>
      ))}
    </ul>
  );
}

function Pages({ data, go }: { data: RunsBeside; go: (offset: number) => void }) {
  const t = useTranslations("runs.beside");
  if (data.total > 0) return <PageButtons page={data} go={go} />;
  return <p className="text-muted mt-4 text-sm">{t("nothing")}</p>;
}
