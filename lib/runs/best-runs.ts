import type { Tx } from "@/lib/db/client";

/**
 * The run that speaks for each model: on a board the one that was chosen to (board_models); otherwise of its published ones that
 * with the most samples asked for, of equals the newest. Scores of different runs are never mixed, and runs of weights that the
 * model no longer has do not speak.
 * @param board runs over its prompts only; null: over any
 * @param options.soFar where a model has no published one, the newest that is going on and has been scored so far
 */
export function bestRuns(
  modelIds: string[],
  board: { id: string; promptSetId: string } | null,
  tx: Tx,
  { soFar = false }: { soFar?: boolean } = {},
): Promise<{ runId: string; modelId: string; samplesPerPrompt: number }[]> {
  const [boardId, promptSetId] = [board?.id ?? null, board?.promptSetId ?? null];
  return tx.$queryRaw`
    select distinct on (r.model_id) r.id as "runId", r.model_id as "modelId", r.samples_per_prompt as "samplesPerPrompt"
    from runs r left join board_models x on x.board_id = ${boardId} and x.model_id = r.model_id
    where (r.state = 'PUBLISHED'
        or ${soFar} and r.scored_prompts > 0 and r.state in ('GENERATING', 'EXTRACTING', 'SCORING'))
      and r.superseded_at is null and r.model_id = any (${modelIds})
      and (${promptSetId}::text is null or r.prompt_set_id = ${promptSetId})
    order by r.model_id, (r.state = 'PUBLISHED') desc, (x.run_id is not distinct from r.id) desc, r.prompt_count * r.samples_per_prompt desc,
      r.finished_at desc nulls last, r.id desc`;
}
