import { writeFileSync } from "node:fs";
import {
  answerTokens,
  CANNOT_TELL,
  PADDING_ID,
  QUESTION_LENGTH,
  QUESTION_VOCABULARY_SIZE,
  QUESTION_WORDS,
  questionTokens,
} from "@/generation/world/question-tokenizer";
import { FIXED_QUESTIONS, QUESTION_KINDS, questionsAbout } from "@/generation/world/questions";
import { seededRandom } from "@/generation/world/random";
import { sampleBalancedScene } from "@/generation/world/scene-sampler";

/**
 * Writes the questions that the mini judge learns from, about the scenes of export.ts's grader splits:
 * `npx tsx training/export/questions.ts [folder = training/data] [scenes = 30000]`. Per split: <split>.questions.bin uint8
 * [N,24,32] (question, mark, answer, end, padding), <split>.kinds.bin uint8 [N,24]. questions.json names it all.
 */
const EACH = 24;
/** A stream of random numbers of its own, so that scenes stay what they are. */
const STREAM = 200;

function padded(tokens: number[]): number[] {
  if (tokens.length > QUESTION_LENGTH) throw new Error(`${tokens.length} tokens are too many`);
  return [...tokens, ...new Array<number>(QUESTION_LENGTH - tokens.length).fill(PADDING_ID)];
}

const folder = process.argv[2] ?? "training/data";
const splits = {
  grader: { count: Number(process.argv[3] ?? 30_000), from: 0 },
  "grader-validation": { count: 3_000, from: 10_000_000 },
};
for (const [name, { count, from }] of Object.entries(splits)) {
  const tokens = new Uint8Array(count * EACH * QUESTION_LENGTH);
  const kinds = new Uint8Array(count * EACH);
  for (let index = 0; index < count; index += 1) {
    const scene = sampleBalancedScene(from + index, "grader");
    questionsAbout(scene, seededRandom(from + index, STREAM), EACH).forEach(({ kind, text, answer }, at) => {
      const row = index * EACH + at;
      tokens.set(padded([...questionTokens(text), ...answerTokens(answer)]), row * QUESTION_LENGTH);
      kinds[row] = QUESTION_KINDS.indexOf(kind);
    });
  }
  writeFileSync(`${folder}/${name}.questions.bin`, tokens);
  writeFileSync(`${folder}/${name}.kinds.bin`, kinds);
  console.log(`${name}: ${count} scenes, ${count * EACH} questions`);
}
const contract = {
  each: EACH,
  length: QUESTION_LENGTH,
  vocabularySize: QUESTION_VOCABULARY_SIZE,
  words: QUESTION_WORDS,
  kinds: QUESTION_KINDS,
  answers: Object.fromEntries(["yes", "no", CANNOT_TELL].map((answer) => [answer, answerTokens(answer)])),
  fixed: Object.fromEntries(
    Object.entries(FIXED_QUESTIONS).map(([kind, texts]) => [kind, texts.map(questionTokens)]),
  ),
};
writeFileSync(`${folder}/questions.json`, `${JSON.stringify(contract, null, 2)}\n`);
