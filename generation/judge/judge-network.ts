import { Tensor, type InferenceSession } from "onnxruntime-node";
import type { JudgeCard } from "@/generation/judge/judge-card";
import {
  END_ID,
  PADDING_ID,
  QUESTION_LENGTH,
  questionTokens,
  UNKNOWN_ID,
  wordOf,
} from "@/generation/world/question-tokenizer";
import type { Random } from "@/generation/world/random";

/** What the vision network saw, for any number of questions: one part a frame. An image is one frame. */
export type Memory = readonly Float32Array[];

/** A word that was said, with the log-probabilities of all that could have been. */
export interface SaidWord {
  id: number;
  /** Natural logarithms, one a token id; they are the network's own (of frames their mean), whatever the temperature. */
  logprobs: Float32Array;
}

export interface JudgeNetwork {
  card: JudgeCard;
  /** Looks at each frame by itself: pixels [3,S,S] in [-1,1]. */
  see(frames: readonly Float32Array[]): Promise<Memory>;
  /**
   * Log-probabilities, by token id, of the first word of the answer to each question; null for one too long to be read. The network is
   * asked about each frame, and a word's probability is the mean over the frames.
   */
  firstWords(memory: Memory, questions: readonly string[]): Promise<(Float32Array | null)[]>;
  /**
   * Answers a question word by word, at temperature 0 the likeliest one; the end is the last "word" unless `limit` cut it off.
   * Null where the question is too long to be read.
   */
  say(
    memory: Memory,
    question: string,
    how: { temperature: number; random: Random; limit: number },
  ): Promise<SaidWord[] | null>;
}

/** Longest question in tokens, the mark among them: what is left is room for an answer. */
export const LONGEST_QUESTION = QUESTION_LENGTH - 6;
/** ONNX Runtime multiplies a lone row by another kernel (onnx-model.ts): never fewer than two, so that answers keep their bits. */
const FEWEST_ROWS = 2;

/** The two networks of a card as what they do: vision (image -> memory) and language (memory, tokens -> logits). */
export function openJudgeNetwork(
  card: JudgeCard,
  vision: InferenceSession,
  language: InferenceSession,
): JudgeNetwork {
  const { imageSize, memoryShape, questionVocabularySize: vocabulary } = card;
  const memorySize = memoryShape[0] * memoryShape[1];

  /** Question tokens as this network knows them: words that came after it are unknown to it. */
  const read = (question: string): number[] | null => {
    const tokens = questionTokens(question).map((id) => (id < vocabulary ? id : UNKNOWN_ID));
    return tokens.length <= LONGEST_QUESTION ? tokens : null;
  };

  /** Log-probabilities of what follows the last token of each row: the mean of the probabilities over the frames. */
  async function next(memory: Memory, rows: readonly number[][]): Promise<Float32Array[]> {
    const byFrame: Float32Array[][] = [];
    for (const frame of memory) byFrame.push(await nextOf(frame, rows));
    return rows.map((_, row) => meanOf(byFrame.map((answers) => answers[row])));
  }

  async function nextOf(memory: Float32Array, rows: readonly number[][]): Promise<Float32Array[]> {
    const sent = Math.max(rows.length, FEWEST_ROWS);
    const memories = new Float32Array(sent * memorySize);
    const tokens = new BigInt64Array(sent * QUESTION_LENGTH).fill(BigInt(PADDING_ID));
    for (let row = 0; row < sent; row += 1) {
      memories.set(memory, row * memorySize);
      (rows[row] ?? rows[0]).forEach((id, at) => (tokens[row * QUESTION_LENGTH + at] = BigInt(id)));
    }
    const { logits } = await language.run({
      memory: new Tensor("float32", memories, [sent, ...memoryShape]),
      tokens: new Tensor("int64", tokens, [sent, QUESTION_LENGTH]),
    });
    const values = logits.data as Float32Array;
    return rows.map((row, index) => {
      const from = (index * QUESTION_LENGTH + row.length - 1) * vocabulary;
      return logSoftmax(values.subarray(from, from + vocabulary));
    });
  }

  async function look(pixels: Float32Array): Promise<Float32Array> {
    const two = new Float32Array(FEWEST_ROWS * pixels.length);
    for (let row = 0; row < FEWEST_ROWS; row += 1) two.set(pixels, row * pixels.length);
    const { memory } = await vision.run({
      image: new Tensor("float32", two, [FEWEST_ROWS, 3, imageSize, imageSize]),
    });
    return (memory.data as Float32Array).slice(0, memorySize);
  }

  return {
    card,
    async see(frames) {
      const memory: Float32Array[] = [];
      for (const frame of frames) memory.push(await look(frame));
      return memory;
    },
    async firstWords(memory, questions) {
      const rows = questions.map(read);
      const readable = rows.filter((row) => row !== null);
      const answers = readable.length === 0 ? [] : await next(memory, readable);
      return rows.map((row) => (row === null ? null : answers[readable.indexOf(row)]));
    },
    async say(memory, question, { temperature, random, limit }) {
      const row = read(question);
      if (row === null) return null;
      const said: SaidWord[] = [];
      while (said.length < limit && row.length < QUESTION_LENGTH) {
        const [logprobs] = await next(memory, [row]);
        const id = pick(logprobs, temperature, random);
        said.push({ id, logprobs });
        row.push(id);
        if (id === END_ID) break;
      }
      return said;
    },
  };
}

function logSoftmax(logits: Float32Array): Float32Array {
  const most = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const total = Math.log(logits.reduce((sum, value) => sum + Math.exp(value - most), 0)) + most;
  return logits.map((value) => value - total);
}

/** The logarithm of the mean of probabilities that are given as logarithms, place by place; of one alone its own bits. */
function meanOf(logprobs: readonly Float32Array[]): Float32Array {
  if (logprobs.length === 1) return logprobs[0];
  return logprobs[0].map((_, id) => {
    const total = logprobs.reduce((sum, each) => sum + Math.exp(each[id]), 0);
    return Math.log(total / logprobs.length);
  });
}

/** A word or the end, never a mark: the network was not taught to say those, and a reader could not read them. */
function pick(logprobs: Float32Array, temperature: number, random: Random): number {
  const ids = [...logprobs.keys()].filter((id) => id === END_ID || wordOf(id) !== null);
  if (temperature === 0) return ids.reduce((best, id) => (logprobs[id] > logprobs[best] ? id : best), ids[0]);
  const most = Math.max(...ids.map((id) => logprobs[id]));
  return random.pick(
    ids,
    ids.map((id) => Math.exp((logprobs[id] - most) / temperature)),
  );
}
