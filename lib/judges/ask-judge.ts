import { FileError } from "@/lib/media/files/file-error";
import { orderWithRetries } from "@/lib/providers/with-retries";
import { askAbout, hashOfQuestion, type Subject } from "@/lib/rubrics/question-text";
import { readVerdict } from "@/lib/rubrics/read-verdict";
import type { Rubric, Shown } from "@/lib/rubrics/rubric";
import type { Verdict } from "@/lib/rubrics/verdicts";
import type { OpenJudge } from "@/lib/judges/open-judge";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import { askChat, type ChatUsage } from "@/lib/providers/openai-chat";

/** What a judge answered, with all that is kept of it. */
export interface JudgeAnswer {
  verdict: Verdict;
  /** When a rate limit wants to be asked again; null: it did not say, or there was none. */
  retryAfterMs: number | null;
  promptHash: string;
  /** Its words, cut short and redacted; the whole reply where there were none. */
  reply: string;
  attempts: number;
  latencyMs: number;
  inputTokens: number | null;
  outputTokens: number | null;
  /** Of all attempts; null: the judge's prices are not known. */
  costUsd: number | null;
}

/**
 * Ask a judge about one sample, or two, under a rubric. Whatever it does is an answer: a call that fails is a verdict of kind
 * "none" with its reason. The signal's reason is thrown when the caller aborts.
 * @param ask.shown each sample without metadata (lib/media/judge-image.ts)
 */
export async function askJudge(
  judge: OpenJudge,
  rubric: Rubric,
  ask: { subject: Subject; shown: readonly Shown[] },
  client: GuardedClient,
  signal?: AbortSignal,
): Promise<JudgeAnswer> {
  const frames = ask.shown.map(({ files }) => files.length);
  const question = askAbout(rubric, ask.subject, frames);
  const logprobs = question.logprobs === "needed" || (question.logprobs === "useful" && judge.logprobs);
  let costUsd: number | null = null;
  const { outcome, attempts } = await orderWithRetries(async () => {
    const outcome = await askChat(judge.address, { ...question, logprobs, shown: ask.shown }, client, signal);
    const cost = costOf(outcome.usage, judge);
    if (cost !== null) costUsd = (costUsd ?? 0) + cost;
    return outcome;
  }, signal);
  const about = {
    promptHash: hashOfQuestion(question),
    attempts,
    latencyMs: outcome.latencyMs,
    inputTokens: outcome.usage.inputTokens,
    outputTokens: outcome.usage.outputTokens,
    costUsd,
    reply: outcome.reply,
  };
  if (outcome.kind !== "ok") {
    const verdict: Verdict = { kind: "none", reason: outcome.kind, message: outcome.message };
    const retryAfterMs = outcome.kind === "rate_limited" ? outcome.retryAfterMs : null;
    return { ...about, verdict, retryAfterMs };
  }
  return { ...about, verdict: readVerdict(rubric, ask.subject, outcome), retryAfterMs: null };
}

/**
 * What stands in an answer's place when there is nothing to ask about.
 * @param error why a sample could not be read; what is wrong with a video is told
 */
export function unreadableSample(error: unknown): JudgeAnswer {
  const why = error instanceof FileError ? error.message : "The stored image cannot be read.";
  const verdict = { kind: "none", reason: "unreadable", message: `${why} The judge was not asked.` } as const;
  const unknown = { inputTokens: null, outputTokens: null, costUsd: null, retryAfterMs: null };
  return { verdict, ...unknown, promptHash: "", reply: "", attempts: 0, latencyMs: 0 };
}

function costOf(usage: ChatUsage, judge: OpenJudge): number | null {
  if (usage.costUsd !== null) return usage.costUsd;
  const { usdPerMillionInputTokens: input, usdPerMillionOutputTokens: output } = judge;
  if (input === null || output === null || usage.inputTokens === null) return null;
  return (usage.inputTokens * input + (usage.outputTokens ?? 0) * output) / 1e6;
}
