import { FileError } from "@/lib/media/files/file-error";
import { derivedKey } from "@/lib/prompt-files/content-hash";
import { parsePromptFiles } from "@/lib/prompt-files/parse-prompt-files";
import type { FilePrompt } from "@/lib/prompt-files/prompt-file";
import { promptProblemPlace, promptProblemText } from "@/lib/schemas/prompt-problems";
import { clipTruthSchema, type ClipTruth } from "@/lib/schemas/stack/clip";
import { captionTruthSchema, type CaptionTruth } from "@/lib/schemas/stack/scene";

/** A prompt as an evaluation needs it. */
export interface EvalPrompt {
  key: string;
  /** Whether the file gives the key; if not, it is the prompt's place. */
  hasOwnKey: boolean;
  text: string;
  /** What an image of it must show, where that is known exactly (Toybox prompts). */
  truth: CaptionTruth | null;
  /** What a clip of it must show, likewise. */
  clipTruth: ClipTruth | null;
}

/** Far above every benchmark. */
const MOST_PROMPTS = 1_000_000;

/**
 * The prompts of a file in any form that prompt sets are imported from (lib/prompt-files). Where no key is given, it is the prompt's
 * place, from 0.
 * @throws FileError with the first fault and its line
 */
export function parseEvalPrompts(bytes: Uint8Array, path: string): EvalPrompt[] {
  const { prompts, problems, errors } = parsePromptFiles([{ name: path, bytes }], {
    maxPrompts: MOST_PROMPTS,
  });
  if (errors > 0) {
    const [first] = problems;
    const place = promptProblemPlace(first);
    throw new FileError(
      path,
      place === "" ? promptProblemText(first) : `${place}: ${promptProblemText(first)}`,
    );
  }
  return prompts.map((prompt, place) => {
    const truth = captionTruthSchema.safeParse(prompt.truth);
    const clipTruth = clipTruthSchema.strict().safeParse(prompt.truth);
    const hasOwnKey = isOwnKey(prompt);
    return {
      key: hasOwnKey ? prompt.key : String(place),
      hasOwnKey,
      text: prompt.text,
      truth: truth.success ? truth.data : null,
      clipTruth: clipTruth.success ? clipTruth.data : null,
    };
  });
}

/** Whether the key is not what the content gives, with a number where the same prompt is there again. */
function isOwnKey({ key, text, negativePrompt, sources }: FilePrompt): boolean {
  const derived = derivedKey(text, negativePrompt, sources);
  return key !== derived && !(key.startsWith(`${derived}-`) && /^\d+$/.test(key.slice(derived.length + 1)));
}
