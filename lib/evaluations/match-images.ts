import type { EvalPrompt } from "@/lib/evaluations/eval-prompts";
import { matchFiles } from "@/lib/samples/match-files";
import { problemSentence, type FileProblem } from "@/lib/schemas/sample-uploads";

/** An image file of a prompt. */
export interface MatchedImage {
  name: string;
  key: string;
  /** Which image of its prompt it is. */
  index: number;
}

export interface MatchedImages {
  matched: MatchedImage[];
  leftOut: { file: string; reason: string }[];
  /** Whether any file could be an image by its name. */
  hasImages: boolean;
}

/**
 * Finds each image's prompt by its name, as uploads of samples do (lib/samples/match-files.ts): one layout for all files.
 * @returns matched images in the order of the prompts and of their indices
 */
export function matchImages(names: readonly string[], prompts: readonly EvalPrompt[]): MatchedImages {
  const named = prompts.map(({ key, hasOwnKey, text }, index) => ({
    index,
    key: hasOwnKey ? key : null,
    text,
  }));
  const { placed, problems } = matchFiles(names, named);
  const matched = placed
    .sort((a, b) => a.promptIndex - b.promptIndex || a.sampleIndex - b.sampleIndex)
    .map(({ name, promptIndex, sampleIndex }) => ({
      name,
      key: prompts[promptIndex].key,
      index: sampleIndex,
    }));
  return {
    matched,
    leftOut: problems.map((problem) => ({ file: problem.name, reason: reasonOf(problem) })),
    hasImages: placed.length > 0 || problems.some(({ code }) => code !== "not_media"),
  };
}

/** An evaluation has neither a run nor a manifest. */
function reasonOf({ code, details }: FileProblem): string {
  return problemSentence(code, details).replace(" of this run", "").replace(", or add a manifest", "");
}
