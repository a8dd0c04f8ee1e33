import type { JudgeAnswer } from "@/lib/judges/ask-judge";

/** The columns that verdicts on samples and on pairs have in common. */
export function keptOf(answer: JudgeAnswer) {
  const { verdict, promptHash, reply, attempts, latencyMs, inputTokens, outputTokens, costUsd } = answer;
  return {
    noVerdict: verdict.kind === "none" ? verdict.reason : null,
    message: verdict.kind === "none" ? verdict.message : null,
    promptHash,
    reply,
    attempts,
    latencyMs,
    inputTokens,
    outputTokens,
    costUsd,
  };
}
