import type { ReactNode } from "react";
import { counted } from "@/components/format";
import { promptProblemPlace, promptProblemText } from "@/lib/schemas/prompt-problems";
import type { PromptPreview } from "@/lib/schemas/prompt-sets";

/** Categories whose first prompts are shown. */
const SHOWN = 30;
/** Problems shown before the rest is asked for. */
const TOLD = 12;

const FORMAT: Record<string, string> = {
  csv: "CSV",
  tsv: "TSV",
  jsonl: "JSON lines",
  json: "JSON",
  text: "plain text",
  "text-folder": "a text file a prompt",
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
  const { format, prompts, images, errors, warnings, categories, against } = preview;
  return (
    <section aria-labelledby="preview" className="border-line border-t pt-6">
      <h2 id="preview" className="text-2xl">
        {prompts === 0
          ? "Nothing to import"
          : `${counted(prompts, "prompt")} in ${counted(categories.length, "category", "categories")}`}
      </h2>
      <p className="text-muted mt-1 text-sm">
        {[
          ...(format ? [`Read as ${FORMAT[format] ?? format}`] : []),
          ...(images > 0 ? [counted(images, "image")] : []),
          errors > 0 ? counted(errors, "error") : "no errors",
          ...(warnings > 0 ? [counted(warnings, "remark")] : []),
        ].join(", ")}
        .
      </p>
      {against && (
        <p className="mt-2 text-sm">
          Against the version before: {counted(against.kept, "prompt")} unchanged, {against.added} new,{" "}
          {against.changed} changed, {against.removed} left out.
        </p>
      )}
      <Problems preview={preview} />
      {children && <div className="mt-5">{children}</div>}
      <div className="mt-8 grid gap-6">
        {categories.slice(0, SHOWN).map(({ name, count, first }) => (
          <section key={name} aria-label={`Category ${name}`}>
            <h3 className="flex justify-between gap-4 text-base break-words">
              {name}{" "}
              <span className="text-muted font-sans text-sm tabular-nums">{counted(count, "prompt")}</span>
            </h3>
            <ul className="border-line mt-2 border-t text-sm">
              {first.map((prompt) => (
                <li key={prompt.key} className="border-line border-b py-2">
                  <span className="line-clamp-2 break-words whitespace-pre-line">{prompt.text}</span>
                  <span className="text-muted text-xs break-words">
                    {[
                      prompt.key,
                      ...prompt.tags.slice(0, 5),
                      ...(prompt.sources > 0 ? [counted(prompt.sources, "source image")] : []),
                    ].join(" · ")}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      {categories.length > SHOWN && (
        <p className="text-muted mt-4 text-sm">
          and {counted(categories.length - SHOWN, "more category", "more categories")}
        </p>
      )}
    </section>
  );
}

function Problems({ preview: { problems, errors, warnings } }: { preview: PromptPreview }) {
  if (problems.length === 0) return null;
  const rows = problems.map((problem, at) => (
    <li key={at} className="border-line grid grid-cols-[4.5rem_minmax(0,1fr)] gap-x-3 border-b py-1.5">
      <span className={problem.severity === "error" ? "text-alarm" : "text-muted"}>
        {problem.severity === "error" ? "error" : "remark"}
      </span>
      <span className="break-words">
        {promptProblemPlace(problem) && <span className="font-medium">{promptProblemPlace(problem)}: </span>}
        {promptProblemText(problem)}
      </span>
    </li>
  ));
  const untold = errors + warnings - problems.length;
  return (
    <div className="mt-4 text-sm">
      <ul aria-label="Problems" className="border-line border-t">
        {rows.slice(0, TOLD)}
      </ul>
      {rows.length > TOLD && (
        <details>
          <summary className="cursor-pointer py-2">{counted(rows.length - TOLD, "more", "more")}</summary>
          <ul aria-label="More problems">{rows.slice(TOLD)}</ul>
          {untold > 0 && (
            <p className="text-muted py-2">
              and {counted(untold, "more that is", "more that are")} not shown
            </p>
          )}
        </details>
      )}
    </div>
  );
}
