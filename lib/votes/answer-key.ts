import type { Outcome } from "@/lib/ratings/outcome";

/** What one vote said of each criterion, "overall" among them; a is the first of the two models. */
export type Answers = Readonly<Record<string, Outcome | undefined>>;

/** CriterionCount.answers: the same for the same answers, in whatever order they were given. */
export function answerKey(answers: Answers): string {
  const given = Object.entries(answers).filter(([, outcome]) => outcome !== undefined);
  return given
    .map(([criterion, outcome]) => `${criterion}=${outcome}`)
    .sort()
    .join(" ");
}

/** The answers a key stands for. */
export function readAnswerKey(key: string): Record<string, Outcome> {
  return Object.fromEntries(key.split(" ").map((answer) => answer.split("=") as [string, Outcome]));
}
