import { useTranslations } from "next-intl";
import { SourceImages } from "@/components/source-images";
import type { PromptPage } from "@/lib/schemas/prompt-sets";

/** Prompts of a set, each with what is known about it. */
export function PromptList({ prompts }: Pick<PromptPage, "prompts">) {
  const t = useTranslations("prompts");
  if (prompts.length === 0)
    return <p className="card text-muted mt-3 p-8 text-center">{t("browser.none")}</p>;
  return (
    <ul className="border-line mt-3 border-t">
      {prompts.map((prompt) => (
        <li key={prompt.index} className="border-line border-b py-3">
          <p
            className="break-words whitespace-pre-line"
            lang={prompt.language ?? undefined}
            dir="auto"
            translate="no"
          >
            {prompt.text}
          </p>
          {prompt.negativePrompt && (
            <p className="text-muted mt-1 text-sm break-words">
              {t("browser.negative", { prompt: prompt.negativePrompt })}
            </p>
          )}
          <SourceImages
            sources={prompt.images.sources}
            reference={prompt.images.reference}
            className="mt-2"
          />
          <p className="text-muted mt-1 text-xs break-words">
            <span translate="no">{namesOf(prompt).join(" · ")}</span>
            {factsOf(t, prompt).map((fact) => ` · ${fact}`)}
          </p>
        </li>
      ))}
    </ul>
  );
}

type Prompt = PromptPage["prompts"][number];

/** What a prompt is called and sorted under, as its file says. */
const namesOf = ({ key, category, tags, language }: Prompt) => [
  key,
  category,
  ...tags,
  ...(language ? [language] : []),
];

const factsOf = (t: ReturnType<typeof useTranslations<"prompts">>, prompt: Prompt): string[] => [
  ...(prompt.sourceArtifacts.length > 0 ? [t("sourceImages", { n: prompt.sourceArtifacts.length })] : []),
  ...(prompt.hasTruth ? [t("browser.truthKnown")] : []),
  ...(prompt.arena ? [t("browser.arena")] : []),
];
