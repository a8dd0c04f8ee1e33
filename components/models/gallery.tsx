"use client";

import { Check, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { ReportImage } from "@/components/moderation/report-image";
import { Said } from "@/components/said";
import { SampleImage } from "@/components/sample-image";
import type { ModelView } from "@/lib/schemas/views";

type Sample = ModelView["samples"][number];

/** How many images are shown before "show all". */
const FIRST = 36;

/** A model's samples by category; the grader's reading is a small sign in the corner. */
export function Gallery({ samples }: { samples: Sample[] }) {
  const t = useTranslations("models.gallery");
  const [category, setCategory] = useState<string | null>(null);
  const [verdict, setVerdict] = useState<boolean | null>(null);
  const [all, setAll] = useState(false);
  const categories = [...new Set(samples.map((sample) => sample.category))];
  const graded = samples.some((sample) => sample.allCorrect !== null);
  const fitting = samples.filter(
    (sample) =>
      (category === null || sample.category === category) &&
      (verdict === null || sample.allCorrect === verdict),
  );
  const shown = all ? fitting : fitting.slice(0, FIRST);
  if (samples.length === 0) return <p className="card text-muted p-8 text-center">{t("none")}</p>;
  return (
    <div>
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        <Chips
          label={t("category")}
          value={category}
          onChange={setCategory}
          options={[
            [null, t("all")],
            ...categories.map((name): [string, ReactNode] => [name, <Said key={name} text={name} />]),
          ]}
        />
        {graded && (
          <Chips
            label={t("reading")}
            value={verdict}
            onChange={setVerdict}
            options={[
              [null, t("any")],
              [true, t("allCorrect")],
              [false, t("missing")],
            ]}
          />
        )}
      </div>
      <ul className="mt-6 grid grid-cols-2 gap-x-4 gap-y-6 sm:grid-cols-3 md:grid-cols-4 lg:grid-cols-6">
        {shown.map((sample) => (
          <li key={sample.sampleId}>
            <figure>
              <div className="frame relative [--frame-padding:5px]">
                <span className="contents" translate="no">
                  <SampleImage src={sample.url} prompt={sample.prompt} />
                </span>
                {sample.allCorrect !== null && <Reading correct={sample.allCorrect} />}
              </div>
              <figcaption
                className="text-muted mt-2 line-clamp-3 text-xs leading-snug"
                title={sample.prompt}
                translate="no"
              >
                {sample.prompt}
              </figcaption>
              <ReportImage what={{ sampleId: sample.sampleId }} />
            </figure>
          </li>
        ))}
      </ul>
      {fitting.length === 0 && <p className="text-muted py-8 text-center">{t("noneOfKind")}</p>}
      {fitting.length > shown.length && (
        <button type="button" className="button-quiet mx-auto mt-8 flex" onClick={() => setAll(true)}>
          {t("showAll", { n: fitting.length })}
        </button>
      )}
    </div>
  );
}

function Reading({ correct }: { correct: boolean }) {
  const Icon = correct ? Check : X;
  const words = useTranslations("models.gallery")("reads", { correct: correct ? "yes" : "no" });
  return (
    <span
      title={words}
      className={`bg-paper border-line absolute right-0 bottom-0 grid size-5 place-items-center border-t border-l ${correct ? "text-accent" : "text-muted"}`}
    >
      <Icon className="size-3.5" aria-hidden="true" />
      <span className="sr-only">{words}</span>
    </span>
  );
}

function Chips<Value extends string | boolean | null>({
  label,
  value,
  onChange,
  options,
}: {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  options: [value: Value, label: ReactNode][];
}) {
  return (
    <div role="group" aria-label={label} className="flex flex-wrap gap-1">
      {options.map(([option, name]) => (
        <button
          key={String(option)}
          type="button"
          aria-pressed={value === option}
          onClick={() => onChange(option)}
          className="text-muted hover:text-ink aria-pressed:bg-sunk aria-pressed:text-ink min-h-9 rounded-full px-3 text-sm"
        >
          {name}
        </button>
      ))}
    </div>
  );
}
