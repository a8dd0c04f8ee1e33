import { z } from "zod";
import { countAnswers, questionList, type Answer } from "@/lib/rubrics/checklist";
import { parseReply } from "@/lib/rubrics/parse-reply";
import type { Subject } from "@/lib/rubrics/question-text";
import type { Rubric, RubricOf } from "@/lib/rubrics/rubric";
import { verdictProbabilities, yesProbability, type AnswerToken } from "@/lib/rubrics/token-probabilities";
import type { NoVerdictReason, Verdict } from "@/lib/rubrics/verdicts";

/** What a judge said: its words, and their probabilities where it tells them. */
export interface Reply {
  text: string;
  tokens: readonly AnswerToken[] | null;
}

const none = (reason: NoVerdictReason, message: string): Verdict => ({ kind: "none", reason, message });
const CANNOT_TELL = none("cannot_tell", "The judge says that it cannot tell.");

/** What a judge's words mean under a rubric. Anything that is not exactly an answer to it is no verdict, with the reason. */
export function readVerdict(rubric: Rubric, subject: Subject, reply: Reply): Verdict {
  if (rubric.kind === "vqascore") return readYesNo(reply);
  const answer = parseReply(reply.text);
  if (answer === undefined) {
    return none(
      "invalid",
      "The answer has no JSON object: the judge must answer in the form it is asked for.",
    );
  }
  switch (rubric.kind) {
    case "pointwise":
      return readLevels(rubric, answer);
    case "pairwise":
      return readChoice(answer, reply.tokens);
    case "checklist":
      return readAnswers(subject.questions ?? [], answer);
    case "decompose":
      return readQuestions(answer);
  }
}

/** Below so much probability on Yes and No together, the judge was saying something else. */
const LEAST_YES_OR_NO = 0.5;

function readYesNo({ tokens }: Reply): Verdict {
  if (tokens === null || tokens.length === 0) {
    return none("invalid", "The answer has no token probabilities: VQAScore needs a judge that tells them.");
  }
  const found = yesProbability(tokens);
  if (found === null || found.yes + found.no < LEAST_YES_OR_NO) {
    return none("cannot_tell", "The judge's first word is neither Yes nor No.");
  }
  return { kind: "sample", score: found.yes, details: { kind: "vqascore", ...found } };
}

function readLevels(rubric: RubricOf<"pointwise">, answer: Record<string, unknown>): Verdict {
  const aspects: Record<string, { level: string; score: number }> = {};
  const worst = new Map<string, number>();
  for (const { name, group, levels } of rubric.aspects) {
    const level = spoken(answer[name]);
    if (level === "cannot_tell") return CANNOT_TELL;
    const at = level === null ? -1 : levels.indexOf(level);
    if (at === -1) {
      const said = level === null ? "is missing" : `is '${level.slice(0, 40)}'`;
      return none("invalid", `The answer's ${name} ${said} instead of one of ${levels.join(", ")}.`);
    }
    const score = at / (levels.length - 1);
    aspects[name] = { level: levels[at], score };
    worst.set(group, Math.min(worst.get(group) ?? 1, score));
  }
  const product = [...worst.values()].reduce((all, score) => all * score, 1);
  return {
    kind: "sample",
    score: product ** (1 / worst.size),
    details: { kind: "pointwise", reasoning: reasoning(answer), aspects },
  };
}

const CHOICES = { a: "A", b: "B", both_good: "both_good", both_bad: "both_bad" } as const;
const HARD = { A: 1, B: 0, both_good: 0.5, both_bad: 0.5 } as const;

function readChoice(answer: Record<string, unknown>, tokens: readonly AnswerToken[] | null): Verdict {
  const said = spoken(answer.verdict);
  if (said === "cannot_tell") return CANNOT_TELL;
  if (said === null || !(said in CHOICES)) {
    return none("invalid", "The answer's verdict is none of A, B, both_good, both_bad.");
  }
  const choice = CHOICES[said as keyof typeof CHOICES];
  const probabilities = tokens === null ? null : verdictProbabilities(tokens);
  const preference = probabilities === null ? HARD[choice] : probabilities.A + probabilities.neither / 2;
  return { kind: "pair", choice, preference, probabilities };
}

const answerList = z.array(z.object({ id: z.coerce.number().int(), answer: z.string() }));

function readAnswers(questions: NonNullable<Subject["questions"]>, answer: Record<string, unknown>): Verdict {
  const parsed = answerList.safeParse(answer.answers);
  if (!parsed.success) return none("invalid", "The answer has no list of {id, answer}.");
  const answers = new Map<number, Answer>();
  for (const each of parsed.data) {
    const said = spoken(each.answer);
    if (said !== "yes" && said !== "no" && said !== "cannot_tell") {
      return none(
        "invalid",
        `Question ${each.id} is answered '${each.answer.slice(0, 40)}' instead of yes or no.`,
      );
    }
    if (answers.has(each.id)) return none("invalid", `Question ${each.id} is answered twice.`);
    answers.set(each.id, said);
  }
  const missing = questions.find(({ id }) => !answers.has(id));
  if (missing !== undefined) return none("invalid", `Question ${missing.id} is not answered.`);
  const { score, counted } = countAnswers(questions, answers);
  if (score === null) return CANNOT_TELL;
  return {
    kind: "sample",
    score,
    details: { kind: "checklist", reasoning: reasoning(answer), answers: counted },
  };
}

function readQuestions(answer: Record<string, unknown>): Verdict {
  const parsed = questionList.safeParse(answer.questions);
  if (!parsed.success) {
    return none("invalid", `The answer is no list of questions: ${parsed.error.issues[0].message}`);
  }
  return { kind: "questions", questions: parsed.data };
}

/** "Both good" and " BOTH_GOOD " are both_good; anything but text is nothing. */
function spoken(value: unknown): string | null {
  return typeof value === "string"
    ? value
        .trim()
        .toLowerCase()
        .replaceAll(/[\s-]+/g, "_")
    : null;
}

const reasoning = (answer: Record<string, unknown>) =>
  typeof answer.reasoning === "string" ? answer.reasoning.slice(0, 2_000) : "";
