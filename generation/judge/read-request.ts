/** What a chat request asks for, by the markers that docs/mini-judge.md lists. */
export type Task =
  /** VQAScore: is the image of this caption? */
  | { form: "caption"; caption: string }
  /** Any question in words. */
  | { form: "question"; question: string }
  | { form: "checklist"; questions: ChecklistQuestion[] }
  /** A rubric over one image, or two images to compare. */
  | { form: "prompt"; prompt: string };

export interface ChecklistQuestion {
  /** Its number in the list. */
  id: number;
  text: string;
}

export const MOST_QUESTIONS = 32;

/** The request cannot be understood; the message says what to write instead. */
export class UnreadableRequestError extends Error {}

const CAPTION = /^\s*Does this figure show "(.*)"\? Please answer Yes or No\.?\s*$/ms;
// Lines end at \n alone: a JSON string may hold U+2028 as it is, which `.` and `$` would take for an end.
const PROMPT = /(?:^|\n)[ \t]*PROMPT:[ \t]*([^\n]*)/;
const QUESTIONS = /(?:^|\n)[ \t]*QUESTIONS:[ \t\r]*(?=\n|$)/;
const NUMBERED = /^\s*(\d{1,4})[.)]\s+(\S.*)$/;

/**
 * Reads what is asked from the text of all messages, and from the last user message where there is no marker.
 * @throws UnreadableRequestError
 */
export function readRequest(allText: string, lastUserText: string): Task {
  const caption = CAPTION.exec(allText);
  if (caption) return { form: "caption", caption: unescaped(caption[1]) };
  const questions = QUESTIONS.exec(allText);
  if (questions)
    return {
      form: "checklist",
      questions: readQuestions(allText.slice(questions.index + questions[0].length)),
    };
  const prompt = PROMPT.exec(allText);
  if (prompt) return { form: "prompt", prompt: readQuoted(prompt[1]) };
  if (lastUserText.trim() === "") {
    throw new UnreadableRequestError(
      "The messages hold no question: write one, or PROMPT: and a quoted prompt, beside the image",
    );
  }
  return { form: "question", question: lastUserText };
}

/** A caption may stand in its quotes as a JSON string does, or as it is. */
function unescaped(text: string): string {
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return text;
  }
}

function readQuoted(text: string): string {
  try {
    const value: unknown = JSON.parse(text.trim());
    if (typeof value === "string") return value;
  } catch {
    // Said below, in the same words as for a number.
  }
  throw new UnreadableRequestError(
    'PROMPT: must be followed by a JSON string on the same line, such as PROMPT: "a red ball"',
  );
}

/** The numbered lines that follow at once; a line that is none ends the list. */
function readQuestions(text: string): ChecklistQuestion[] {
  const questions: ChecklistQuestion[] = [];
  for (const line of text.split("\n").slice(1)) {
    const numbered = NUMBERED.exec(line);
    if (!numbered) {
      if (line.trim() === "" && questions.length === 0) continue;
      break;
    }
    questions.push({ id: Number(numbered[1]), text: numbered[2].trim() });
  }
  if (questions.length === 0)
    throw new UnreadableRequestError("QUESTIONS: must be followed by lines such as 1. Is there a ball?");
  if (questions.length > MOST_QUESTIONS) {
    throw new UnreadableRequestError(
      `QUESTIONS: holds ${questions.length} questions; at most ${MOST_QUESTIONS} are answered`,
    );
  }
  if (new Set(questions.map(({ id }) => id)).size < questions.length) {
    throw new UnreadableRequestError("QUESTIONS: holds the same number twice");
  }
  return questions;
}
