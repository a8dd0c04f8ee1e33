import { z } from "zod";

/** The mini judge answers up to so many in one request, and a person can still review them. */
export const MOST_QUESTIONS = 32;

/** An atomic yes/no question about an image; it is only worth asking if its parents are answered yes. */
export const question = z.object({
  id: z.number().int().positive(),
  text: z.string().trim().min(3).max(300),
  parents: z.array(z.number().int().positive()).default([]),
});
export type Question = z.output<typeof question>;

/** A prompt's questions: distinct ids, and parents that come before their children, so that nothing depends on itself. */
export const questionList = z
  .array(question)
  .min(1)
  .max(MOST_QUESTIONS)
  .superRefine((questions, context) => {
    const seen = new Set<number>();
    for (const { id, parents } of questions) {
      const unknown = parents.find((parent) => !seen.has(parent));
      if (seen.has(id)) context.addIssue({ code: "custom", message: `Question ${id} is there twice.` });
      if (unknown !== undefined) {
        context.addIssue({
          code: "custom",
          message: `Question ${id} depends on question ${unknown}, which does not come before it.`,
        });
      }
      seen.add(id);
    }
  });

export type Answer = "yes" | "no" | "cannot_tell";

/** A question's answer, and what it counts: 0, 1, or nothing (null) where it could not be told. */
export interface CountedAnswer {
  id: number;
  text: string;
  answer: Answer;
  counts: 0 | 1 | null;
}

/**
 * What a checklist's answers count. A question under a parent that counts 0 counts 0 whatever was answered: the cup that is
 * not there is not blue. What could not be told counts nothing.
 * @param answers by question id, one for each question
 * @returns score: the share that counts 1 of all that count, 0 to 1; null when nothing counts
 */
export function countAnswers(
  questions: readonly Question[],
  answers: ReadonlyMap<number, Answer>,
): { score: number | null; counted: CountedAnswer[] } {
  const counts = new Map<number, 0 | 1 | null>();
  for (const { id, parents } of questions) {
    const answer = answers.get(id) ?? "cannot_tell";
    const own = answer === "cannot_tell" ? null : answer === "yes" ? 1 : 0;
    counts.set(id, parents.some((parent) => counts.get(parent) === 0) ? 0 : own);
  }
  const known = [...counts.values()].filter((value) => value !== null);
  return {
    score: known.length === 0 ? null : known.reduce<number>((sum, value) => sum + value, 0) / known.length,
    counted: questions.map(({ id, text }) => ({
      id,
      text,
      answer: answers.get(id) ?? "cannot_tell",
      counts: counts.get(id)!,
    })),
  };
}
