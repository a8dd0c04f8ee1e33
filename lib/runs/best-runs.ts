import type { Tx } from "@/lib/db/client";

/**
 * The run that speaks for each model: of its published ones that with the most samples asked for, of equals the newest. Scores of
 * different runs are never mixed, and runs of weights that the model no longer has do not speak.
 * @param promptSetId runs over its prompts only; null: over any
 */
export function bestRuns(
  modelIds: string[],
  promptSetId: string | null,
  tx: Tx,
): Promise<{ runId: string; modelId: string; samplesPerPrompt: number }[]> {
  return tx.$queryRaw`
    select distinct on ("modelId") id as "runId", "modelId", "samplesPerPrompt" from "Run"
    where state = 'PUBLISHED' and "supersededAt" is null and "modelId" = any (${modelIds})
      and (${promptSetId}::text is null or "promptSetId" = ${promptSetId})
    order by "modelId", "promptCount" * "samplesPerPrompt" desc, "finishedAt" desc nulls last, id desc`;
}
