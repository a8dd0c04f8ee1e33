import { createHash } from "node:crypto";
import type { Question } from "@/lib/rubrics/checklist";
import type { Rubric } from "@/lib/rubrics/rubric";

type JsonSchema = { [key: string]: unknown };

/** What is sent to a judge, besides the images. */
export interface JudgeQuestion {
  system: string;
  user: string;
  /** The form of the answer; null: one word. */
  schema: { name: string; schema: JsonSchema } | null;
  maxTokens: number;
  /** Whether the probabilities of its words are wanted: needed (true), useful, or not wanted. */
  logprobs: "needed" | "useful" | "unwanted";
}

/** What a question is about. */
export interface Subject {
  prompt: string;
  /** For a checklist. */
  questions?: readonly Question[];
}

/**
 * The question that a rubric puts about a prompt.
 * @param frames how many of each video are shown, for rubrics that see videos
 */
export function askAbout(rubric: Rubric, subject: Subject, frames: readonly number[] = []): JudgeQuestion {
  const values: Record<string, string> = {
    prompt: JSON.stringify(subject.prompt),
    questions: numbered(subject.questions ?? []),
    frames: String(frames[0]),
    frames_a: String(frames[0]),
    frames_b: String(frames[1]),
  };
  const fill = (lines: string[]) =>
    lines
      .join("\n")
      .replaceAll(/\{\{(prompt|questions|frames|frames_a|frames_b)\}\}/g, (_, name: string) => values[name]);
  const text = { system: fill(rubric.system), user: fill(rubric.user) };
  switch (rubric.kind) {
    case "pointwise": {
      const levels = rubric.aspects.map(({ name, levels }) => [name, choice([...levels, "cannot_tell"])]);
      const schema = object({ reasoning: { type: "string" }, ...Object.fromEntries(levels) });
      return { ...text, schema: { name: rubric.name, schema }, maxTokens: 700, logprobs: "unwanted" };
    }
    case "pairwise": {
      const verdict = choice(["A", "B", "both_good", "both_bad", "cannot_tell"]);
      const schema = object({ reasoning: { type: "string" }, verdict });
      return { ...text, schema: { name: rubric.name, schema }, maxTokens: 700, logprobs: "useful" };
    }
    case "checklist": {
      const answer = object({ id: { type: "integer" }, answer: choice(["yes", "no", "cannot_tell"]) });
      const answers = { type: "array", items: answer };
      const schema = object({ reasoning: { type: "string" }, answers });
      return { ...text, schema: { name: rubric.name, schema }, maxTokens: 1_500, logprobs: "unwanted" };
    }
    case "vqascore":
      return { ...text, schema: null, maxTokens: 4, logprobs: "needed" };
    case "decompose": {
      const item = object({
        id: { type: "integer" },
        text: { type: "string" },
        parents: { type: "array", items: { type: "integer" } },
      });
      const schema = object({ questions: { type: "array", items: item } });
      return { ...text, schema: { name: rubric.name, schema }, maxTokens: 2_000, logprobs: "unwanted" };
    }
  }
}

/** sha256 (hex) of all that is asked in words: verdicts keep it. */
export function hashOfQuestion({ system, user, schema }: JudgeQuestion): string {
  return createHash("sha256")
    .update(JSON.stringify([system, user, schema]))
    .digest("hex");
}

/** Strict mode wants every property required and nothing else allowed. */
const object = (properties: JsonSchema): JsonSchema => ({
  type: "object",
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});
const choice = (values: string[]): JsonSchema => ({ type: "string", enum: values });
const numbered = (questions: readonly Question[]) =>
  questions.map(({ id, text }) => `${id}. ${text.replaceAll(/\s+/g, " ")}`).join("\n");
