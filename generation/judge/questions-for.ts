import { captionFromTruth, noun, parseCaption } from "@/generation/world/caption";
import { words } from "@/generation/world/tokenizer";

/** VQAScore's question in the network's words. */
export function matchQuestion(caption: string): string {
  return `does this picture show ${words(caption).join(" ")}`;
}

export const QUALITY_QUESTION = "is this picture well drawn";

/**
 * The claims of a prompt as questions of their own, one for each thing, colour, relation and background it names. None where the prompt is
 * not of Toybox's grammar.
 */
export function claimQuestions(prompt: string): string[] {
  const truth = parseCaption(prompt.trim().replace(/[.!]+$/, ""));
  if (truth === null) return [];
  const things = truth.objects.flatMap(({ kind, colour, count }) => {
    const [is, name] = [count === 1 ? "is" : "are", noun(kind, count)];
    const thing = captionFromTruth({
      objects: [{ kind, colour: null, count }],
      relation: null,
      background: null,
    });
    return [`${is} there ${thing}`, ...(colour ? [`${is} the ${name} ${colour}`] : [])];
  });
  const [first, second] = truth.objects;
  return [
    ...things,
    ...(truth.relation ? [`is the ${first.kind} ${truth.relation} the ${second.kind}`] : []),
    ...(truth.background ? [`is the background ${truth.background}`] : []),
  ];
}
