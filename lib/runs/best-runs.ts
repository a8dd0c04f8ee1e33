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
    select distinct on (model_id) id as "runId", model_id as "modelId", samples_per_prompt as "samplesPerPrompt" from runs
    where state = 'PUBLISHED' and superseded_at is null and model_id = any (${modelIds})
      and (${promptSetId}::text is null or prompt_set_id = ${promptSetId})
    order by model_id, prompt_count * samples_per_prompt desc, finished_at desc nulls last, id desc`;
}
