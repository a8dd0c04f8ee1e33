import type { Question } from "@/lib/rubrics/checklist";
import type { CaptionTruth } from "@/lib/schemas/stack/scene";

const COUNT_WORDS = ["", "one", "two", "three"];

/**
 * The checklist of a Toybox prompt, from what its caption claims: for each object whether it is there, then its number, its
 * colour; then how the first stands to the second, and the background. Nothing is asked that the caption leaves unsaid.
 */
export function toyboxQuestions(truth: CaptionTruth): Question[] {
  const questions: Question[] = [];
  const ask = (text: string, parents: number[] = []): number => {
    const id = questions.length + 1;
    questions.push({ id, text, parents });
    return id;
  };
  const present = truth.objects.map(({ kind, colour, count }) => {
    const [is, noun] = count > 1 ? ["Are", plural(kind)] : ["Is", kind];
    const id = ask(`Is there ${article(kind)} ${kind}?`);
    if (count > 1) ask(`Are there ${COUNT_WORDS[count]} ${noun}?`, [id]);
    if (colour !== null) ask(`${is} the ${noun} ${colour}?`, [id]);
    return id;
  });
  const [first, second] = truth.objects;
  if (truth.relation !== null && second !== undefined) {
    ask(`Is the ${first.kind} ${truth.relation} the ${second.kind}?`, [present[0], present[1]]);
  }
  if (truth.background !== null) ask(`Is the background ${truth.background}?`);
  return questions;
}

const article = (word: string) => (/^[aeiou]/.test(word) ? "an" : "a");
const plural = (kind: string) => (kind === "fish" ? kind : `${kind}s`);
