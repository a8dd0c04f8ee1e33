import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { problemPlace, problemText } from "@/components/prompts/problem-text";
import type { PromptPreview } from "@/lib/schemas/prompt-sets";

/** Categories whose first prompts are shown. */
const SHOWN = 30;
/** Problems shown before the rest is asked for. */
const TOLD = 12;

/** Formats by their names; the others are described. */
const FORMAT: Record<string, string> = {
  csv: "CSV",
  tsv: "TSV",
  json: "JSON",
  partiprompts: "PartiPrompts",
  drawbench: "DrawBench",
  geneval: "GenEval",
  "t2i-compbench": "T2I-CompBench",
  "dpg-bench": "DPG-Bench",
  vbench: "VBench",
  hpd: "HPD",
  "pick-a-pic": "Pick-a-Pic",
  gedit: "GEdit",
  imgedit: "ImgEdit",
};

/** What an import would store, and what is wrong with its file. `children` is what to do about it. */
export function Preview({ preview, children }: { preview: PromptPreview; children?: ReactNode }) {
  const t = useTranslations("prompts");
  const { format, prompts, images, errors, warnings, categories, against } = preview;
  return (
    <section aria-labelledby="preview" className="border-line border-t pt-6">
      <h2 id="preview" className="text-2xl">
        {prompts === 0
          ? t("preview.nothing")
          : t("preview.title", { n: prompts, categories: categories.length })}
      </h2>
      <p className="text-muted mt-1 text-sm">
        {t("preview.summary", {
          format: format ? formatText(t, format) : "none",
          images,
          errors,
          remarks: warnings,
        })}
      </p>
      {against && <p className="mt-2 text-sm">{t("preview.against", against)}</p>}
      <Problems preview={preview} />
      {children && <div className="mt-5">{children}</div>}
      <div className="mt-8 grid gap-6">
        {categories.slice(0, SHOWN).map(({ name, count, first }) => (
          <section key={name} aria-label={t("preview.category", { name })}>
            <h3 className="flex justify-between gap-4 text-base break-words">
              <span translate="no">{name}</span>{" "}
              <span className="text-muted font-sans text-sm tabular-nums">{t("prompts", { n: count })}</span>
            </h3>
            <ul className="border-line mt-2 border-t text-sm">
              {first.map((prompt) => (
                <li key={prompt.key} className="border-line border-b py-2">
                  <span className="line-clamp-2 break-words whitespace-pre-line" translate="no">
                    {prompt.text}
                  </span>
                  <PromptFacts prompt={prompt} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      {categories.length > SHOWN && (
        <p className="text-muted mt-4 text-sm">{t("moreCategories", { n: categories.length - SHOWN })}</p>
      )}
    </section>
  );
}

function PromptFacts({ prompt }: { prompt: PromptPreview["categories"][number]["first"][number] }) {
  const t = useTranslations("prompts.preview");
  const { key, tags, sources } = prompt;
  const facts = [key, ...tags.slice(0, 5)].join(" · ");
  return (
    <span className="text-muted text-xs break-words" translate={sources === 0 ? "no" : undefined}>
      {sources === 0 ? facts : t("factsAndSources", { facts, n: sources })}
    </span>
  );
}

function formatText(t: ReturnType<typeof useTranslations<"prompts">>, format: string): string {
  if (format === "jsonl") return t("jsonLines");
  if (format === "text") return t("preview.plainText");
  if (format === "text-folder") return t("preview.textFolder");
  return FORMAT[format] ?? format;
}

function Problems({ preview: { problems, errors, warnings } }: { preview: PromptPreview }) {
  const t = useTranslations("prompts");
  if (problems.length === 0) return null;
  const rows = problems.map((problem, at) => (
    <li key={at} className="border-line grid grid-cols-[4.5rem_minmax(0,1fr)] gap-x-3 border-b py-1.5">
      <span className={problem.severity === "error" ? "text-alarm" : "text-muted"}>
        {t("preview.severity", { severity: problem.severity })}
      </span>
      <span className="break-words">
        {problemPlace(t, problem) && (
          <span className="font-medium">{t("preview.at", { place: problemPlace(t, problem) })} </span>
        )}
        {problemText(t, problem)}
      </span>
    </li>
  ));
  const untold = errors + warnings - problems.length;
  return (
    <div className="mt-4 text-sm">
      <ul aria-label={t("preview.problems")} className="border-line border-t">
        {rows.slice(0, TOLD)}
      </ul>
      {rows.length > TOLD && (
        <details>
          <summary className="cursor-pointer py-2">{t("preview.more", { n: rows.length - TOLD })}</summary>
          <ul aria-label={t("preview.moreProblems")}>{rows.slice(TOLD)}</ul>
          {untold > 0 && <p className="text-muted py-2">{t("preview.untold", { n: untold })}</p>}
        </details>
      )}
    </div>
  );
}
