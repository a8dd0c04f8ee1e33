import type { JudgeAnswer } from "@/lib/judges/ask-judge";
import type { Tx } from "@/lib/db/client";
import type { NoVerdictReason } from "@/lib/rubrics/verdicts";
import { newId } from "@/lib/db/new-id";

/** The columns that verdicts of every kind have in common. */
export interface VerdictColumns {
  judgeId: string;
  callId: string;
  noVerdict: NoVerdictReason | null;
  message: string | null;
}

/**
 * Keep a call and what was read in its answer, once: where the same question is answered already, neither.
 * @param keep makes the verdict's row, or none where there is one, and says how many it made
 */
export async function keepVerdict(
  judgeId: string,
  answer: JudgeAnswer,
  keep: (columns: VerdictColumns) => Promise<{ count: number }>,
  tx: Tx,
): Promise<void> {
  const { verdict, promptHash, reply, attempts, latencyMs, inputTokens, outputTokens, costUsd } = answer;
  const id = newId("judgeCall");
  const said = { promptHash, reply, attempts, latencyMs, inputTokens, outputTokens, costUsd };
  await tx.judgeCall.create({ data: { id, judgeId, ...said } });
  const { count } = await keep({
    judgeId,
    callId: id,
    noVerdict: verdict.kind === "none" ? verdict.reason : null,
    message: verdict.kind === "none" ? verdict.message : null,
  });
  if (count === 0) await tx.judgeCall.delete({ where: { id } });
}
