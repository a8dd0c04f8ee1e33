import { counted } from "@/components/format";
import { SourceImages } from "@/components/source-images";
import type { PromptPage } from "@/lib/schemas/prompt-sets";

/** Prompts of a set, each with what is known about it. */
export function PromptList({ prompts }: Pick<PromptPage, "prompts">) {
  if (prompts.length === 0) return <p className="card text-muted mt-3 p-8 text-center">No prompt matches.</p>;
  return (
    <ul className="border-line mt-3 border-t">
      {prompts.map((prompt) => (
        <li key={prompt.index} className="border-line border-b py-3">
          <p className="break-words whitespace-pre-line" lang={prompt.language ?? undefined} dir="auto">
            {prompt.text}
          </p>
          {prompt.negativePrompt && (
            <p className="text-muted mt-1 text-sm break-words">not: {prompt.negativePrompt}</p>
          )}
          <SourceImages
            sources={prompt.images.sources}
            reference={prompt.images.reference}
            className="mt-2"
          />
          <p className="text-muted mt-1 text-xs break-words">{factsOf(prompt).join(" · ")}</p>
        </li>
      ))}
    </ul>
  );
}

function factsOf(prompt: PromptPage["prompts"][number]): string[] {
  return [
    prompt.key,
    prompt.category,
    ...prompt.tags,
    ...(prompt.language ? [prompt.language] : []),
    ...(prompt.sourceArtifacts.length > 0 ? [counted(prompt.sourceArtifacts.length, "source image")] : []),
    ...(prompt.hasTruth ? ["truth known"] : []),
    ...(prompt.arena ? ["arena"] : []),
  ];
}
