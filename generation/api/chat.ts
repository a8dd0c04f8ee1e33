import { randomInt, randomUUID } from "node:crypto";
import type { BatchQueue } from "@/generation/batch-queue";
import { newRoutes } from "@/generation/http/app";
import { jsonBody, limitBody, requireJson } from "@/generation/http/json-body";
import { sentence, type JudgeAnswer, type JudgeTask } from "@/generation/judge/answer-request";
import { groupFrames } from "@/generation/judge/frame-labels";
import { UnfillableSchemaError } from "@/generation/judge/fill-schema";
import type { JudgeCard } from "@/generation/judge/judge-card";
import type { JudgeLibrary } from "@/generation/judge/judge-library";
import type { SaidWord } from "@/generation/judge/judge-network";
import { readImage } from "@/generation/read-image";
import { readRequest, UnreadableRequestError, type Task } from "@/generation/judge/read-request";
import { END_ID, wordOf } from "@/generation/world/question-tokenizer";
import { seededRandom } from "@/generation/world/random";
import { chatRequestSchema, readMessages, type ChatRequest, type GivenImage } from "./chat-request";
import { findJudge } from "./models";
import { invalidValue, parseBody } from "./parse-body";
import { roundedMs, submitToQueue } from "./submit-to-queue";

/** Two images of a few megabytes each, or two videos of frames that are smaller, as base64. */
const BODY_LIMIT = 24 * 1024 * 1024;
/** Longest answer there is room for (question-tokenizer.ts). */
const LONGEST_ANSWER = 16;

export interface QueuedVerdict extends JudgeTask {
  card: JudgeCard;
}
export type JudgeQueue = BatchQueue<QueuedVerdict, JudgeAnswer>;

/** POST /v1/chat/completions: the bundled judges (docs/mini-judge.md). */
export function chatRoutes(judges: JudgeLibrary, queue: JudgeQueue) {
  return newRoutes().post(
    "/v1/chat/completions",
    requireJson,
    limitBody(BODY_LIMIT),
    jsonBody((body) => parseBody(chatRequestSchema, body)),
    async (c) => {
      const wanted = c.req.valid("json");
      const card = findJudge(judges, wanted.model);
      const { allText, lastUserText, images } = readMessages(wanted.messages);
      const task = understand(() => readRequest(allText, lastUserText));
      const samples = understand(() => groupFrames(images));
      checkSamples(task, samples);
      const shown: Float32Array[][] = [];
      for (const frames of samples) {
        const read = frames.map(({ url, param }) => readImage(url, card.imageSize, param));
        shown.push(await Promise.all(read));
      }
      const verdict: QueuedVerdict = {
        card,
        task,
        shown,
        form: formOf(wanted),
        temperature: wanted.temperature ?? 1,
        random: seededRandom(wanted.seed ?? randomInt(2 ** 32)),
        wordLimit: Math.min(
          wanted.max_completion_tokens ?? wanted.max_tokens ?? LONGEST_ANSWER,
          LONGEST_ANSWER,
        ),
      };
      const { results, queuedMs } = await submitToQueue(queue, card.id, [verdict], c.var.signal).catch(
        explain,
      );
      return c.json(completion(card, results[0], wanted, queuedMs));
    },
  );
}

function understand<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadableRequestError) throw invalidValue("messages", error.message);
    throw error;
  }
}

/** A schema it cannot fill is found out only after it has looked. */
function explain(error: unknown): never {
  if (error instanceof UnfillableSchemaError) throw invalidValue("response_format", error.message);
  throw error;
}

function checkSamples(task: Task, samples: GivenImage[][]): void {
  const most = task.form === "prompt" ? 2 : 1;
  if (samples.length === 0)
    throw invalidValue("messages", "there is no image; send one as an image_url part");
  if (samples.length > most) {
    const what = most === 2 ? "one image is judged, or two are compared" : "this is about one image";
    throw invalidValue("messages", `${what}, and ${samples.length} were sent`);
  }
}

function formOf({ response_format: format }: ChatRequest): JudgeTask["form"] {
  if (format?.type === "json_schema") return { schema: format.json_schema.schema };
  return format?.type === "json_object" ? "json" : null;
}

function completion(card: JudgeCard, answer: JudgeAnswer, wanted: ChatRequest, queuedMs: number) {
  const { read, said } = answer.tokens;
  const top = wanted.top_logprobs ?? 0;
  const logprobs =
    wanted.logprobs && answer.words
      ? { content: answer.words.map((word, at) => describeWord(word, at === 0, top)), refusal: null }
      : null;
  return {
    id: `chatcmpl-${randomUUID()}`,
    object: "chat.completion",
    created: Math.floor(Date.now() / 1000),
    model: card.id,
    // Which weights answered: verdicts of others are another judge's.
    system_fingerprint: `${card.id}@${card.files.textDecoder.sha256.slice(0, 12)}`,
    choices: [
      {
        index: 0,
        message: { role: "assistant", content: answer.content, refusal: answer.refusal },
        logprobs,
        finish_reason: answer.cut ? "length" : "stop",
      },
    ],
    usage: { prompt_tokens: read, completion_tokens: said, total_tokens: read + said },
    salon: { model: card.id, asked: answer.asked, timingMs: { queue: roundedMs(queuedMs) } },
  };
}

/** A word as it stands in the answer: the first with a capital, the others after a space. */
function spelled(id: number, first: boolean): { token: string; bytes: number[] } {
  const word = id === END_ID ? "<end>" : (wordOf(id) ?? "<mark>");
  const token = first ? sentence(word) : id === END_ID ? word : ` ${word}`;
  return { token, bytes: [...Buffer.from(token)] };
}

function describeWord({ id, logprobs }: SaidWord, first: boolean, top: number) {
  const likeliest = [...logprobs.keys()].sort((a, b) => logprobs[b] - logprobs[a]).slice(0, top);
  const described = (each: number) => ({ ...spelled(each, first), logprob: logprobs[each] });
  return { ...described(id), top_logprobs: likeliest.map(described) };
}
