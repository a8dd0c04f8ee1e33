import type { Asker } from "@/lib/models/visibility";
import { maySeePromptSet } from "@/lib/prompts/find-prompt-set";
import type { PromptSet } from "@/lib/db/generated/client";

/** A part of a prompt as an image's address names it. */
export const PROMPT_PART = /^(reference|source-(\d{1,2}))$/;

/** Addresses of the images that a prompt's source artifacts are, in their order, and of the one that shows what was wanted. */
export interface PromptImages {
  sources: string[];
  reference: string | null;
}

/** The addresses of a prompt's images, for somebody who may see its set; see read-prompt-image.ts. */
export function promptImages(prompt: {
  id: string;
  sourceArtifacts: readonly string[];
  referenceArtifact?: string | null;
}): PromptImages {
  const path = `/media/prompts/${prompt.id}`;
  return {
    sources: prompt.sourceArtifacts.map((_, at) => `${path}/source-${at}`),
    reference: prompt.referenceArtifact ? `${path}/reference` : null,
  };
}

/** The same where a page shows samples to somebody who may see those, and not the prompt set: then there are none. */
export function sourcesFor(
  set: Pick<PromptSet, "ownerId" | "listed">,
  by: Asker,
): (prompt: { id: string; sourceArtifacts: readonly string[] }) => string[] {
  return maySeePromptSet(set, by) ? (prompt) => promptImages(prompt).sources : () => [];
}
