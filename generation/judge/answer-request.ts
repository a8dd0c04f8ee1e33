import { assess, believe, type Assessment, type Belief } from "@/generation/judge/evidence";
import { CannotTellError, fillSchema, type Findings } from "@/generation/judge/fill-schema";
import type { JudgeNetwork, Memory, SaidWord } from "@/generation/judge/judge-network";
import { plainQuestion } from "@/generation/judge/plain-question";
import { matchQuestion } from "@/generation/judge/questions-for";
import type { Task } from "@/generation/judge/read-request";
import { compare } from "@/generation/judge/verdict";
import { CANNOT_TELL, END_ID, questionTokens, wordOf } from "@/generation/world/question-tokenizer";
import type { Random } from "@/generation/world/random";

export interface JudgeTask {
  task: Task;
  /** What is shown: one image or video, or two; of each its frames (of an image one), pixels [3,S,S] in [-1,1]. */
  shown: Float32Array[][];
  /** A JSON schema to fill, "json" for an object of the judge's own form, null for plain words. */
  form: { schema: unknown } | "json" | null;
  temperature: number;
  random: Random;
  /** Most words of an answer in words. */
  wordLimit: number;
}

/**
 * A question that was put to the network, and P(yes), of a video from the mean over its frames; null where it can't tell, absent for an answer
 * in words.
 */
export interface Asked {
  /** Which image, or video. */
  image: "A" | "B";
  question: string;
  yes?: number | null;
}

export interface JudgeAnswer {
  /** Null where it can't tell and the schema leaves no room to say so; `refusal` then says why. */
  content: string | null;
  refusal: string | null;
  /** The words of an answer in words, as said; null for an object, whose words are no network's. */
  words: SaidWord[] | null;
  /** Whether the word limit cut the answer off. */
  cut: boolean;
  asked: Asked[];
  tokens: { read: number; said: number };
}

const NAMES = ["A", "B"] as const;
const REFUSAL =
  "I can't tell: this is outside the small world that I know (Toybox images and what is said about them).";

/**
 * Looks at the images or videos, puts the task's questions to the network and answers in the form that was asked for.
 * @throws UnfillableSchemaError when the schema asks for what this task has no findings for
 */
export async function answerRequest(network: JudgeNetwork, request: JudgeTask): Promise<JudgeAnswer> {
  const memories = await Promise.all(request.shown.map((frames) => network.see(frames)));
  const { task } = request;
  if (task.form === "caption") return answerInWords(network, memories, request, matchQuestion(task.caption));
  if (task.form === "question")
    return answerInWords(network, memories, request, plainQuestion(task.question));
  if (task.form === "checklist") {
    const beliefs = await believe(
      network,
      memories[0],
      task.questions.map(({ text }) => plainQuestion(text)),
    );
    const answers = task.questions.map(({ id }, at) => ({
      id,
      yes: beliefs[at].yes,
      reasoning: told(beliefs[at]),
    }));
    return answerInForm(network, request, [beliefs], { reasoning: beliefs.map(told).join("; "), answers });
  }
  const assessed = await Promise.all(memories.map((memory) => assess(network, memory, task.prompt)));
  return answerInForm(
    network,
    request,
    assessed.map(({ asked }) => asked),
    { ...rubricFindings(assessed), ...(memories[0].length > 1 && { motion: null, consistency: null }) },
  );
}

function rubricFindings(assessed: Assessment[]): Findings {
  const [first, second] = assessed;
  if (second === undefined) {
    const { following, quality, asked } = first;
    return { reasoning: asked.map(told).join("; "), prompt_following: following, quality };
  }
  const reasoning = assessed.map(({ asked }, at) => `${NAMES[at]}: ${asked.map(told).join("; ")}`).join(". ");
  return { reasoning, verdict: compare(first, second) };
}

function answerInForm(
  network: JudgeNetwork,
  { form, shown }: JudgeTask,
  beliefs: Belief[][],
  findings: Findings,
): JudgeAnswer {
  const schema = form === null || form === "json" ? ownSchema(findings) : form.schema;
  const asked = beliefs.flatMap((each, at) =>
    each.map(({ question, yes }) => ({ image: NAMES[at], question, yes })),
  );
  const answer = {
    words: null,
    cut: false,
    asked,
    tokens: counted(network, shown, asked, asked.length),
  };
  try {
    return { ...answer, content: JSON.stringify(fillSchema(schema, findings)), refusal: null };
  } catch (error) {
    if (!(error instanceof CannotTellError)) throw error;
    return { ...answer, content: null, refusal: REFUSAL };
  }
}

async function answerInWords(
  network: JudgeNetwork,
  [memory]: Memory[],
  request: JudgeTask,
  question: string,
): Promise<JudgeAnswer> {
  const said = await network.say(memory, question, {
    temperature: request.temperature,
    random: request.random,
    limit: request.wordLimit,
  });
  const words = said?.filter(({ id }) => id !== END_ID) ?? null;
  const text = words === null ? CANNOT_TELL : words.map(({ id }) => wordOf(id)).join(" ");
  const asked: Asked[] = [{ image: "A", question }];
  const cut = words !== null && words.length === said!.length;
  const tokens = counted(network, request.shown, asked, words?.length ?? 0);
  if (request.form === null) return { content: sentence(text), refusal: null, words, cut, asked, tokens };
  const findings: Findings = {
    reasoning: `${question}: ${text}`,
    answer: text === CANNOT_TELL ? null : text,
  };
  return { ...answerInForm(network, request, [], findings), asked, tokens };
}

/** What is answered where no schema says how. */
function ownSchema(findings: Findings): unknown {
  const share = { type: ["number", "null"], minimum: 0, maximum: 1 };
  const choice = (values: string[]) => ({ enum: [...values, "cannot_tell"] });
  const properties: Record<string, unknown> = { reasoning: { type: "string" } };
  if (findings.prompt_following !== undefined)
    Object.assign(properties, { prompt_following: share, quality: share });
  if (findings.verdict !== undefined) properties.verdict = choice(["A", "B", "both_good", "both_bad"]);
  if (findings.answers) {
    const item = { type: "object", properties: { id: { type: "integer" }, answer: choice(["yes", "no"]) } };
    properties.answers = { type: "array", items: item };
  }
  if (findings.answer !== undefined) properties.answer = { type: ["string", "null"] };
  return { type: "object", properties };
}

function told({ question, yes }: Belief): string {
  return `${question}? ${yes === null ? "I can't tell" : `${yes >= 0.5 ? "yes" : "no"} (P(yes) ${yes.toFixed(2)})`}`;
}

/** "yes" is said as "Yes", and "i" as "I". */
export const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Tokens read: the places of each frame once, and every question's words with its mark. */
function counted({ card }: JudgeNetwork, shown: Float32Array[][], asked: Asked[], said: number) {
  const frames = shown.reduce((sum, { length }) => sum + length, 0);
  const questions = asked.reduce((sum, { question }) => sum + questionTokens(question).length, 0);
  return { read: frames * card.memoryShape[0] + questions, said };
}
