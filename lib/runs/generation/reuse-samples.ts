import type { Tx } from "@/lib/db/client";
import type { Run } from "@/lib/db/generated/client";
import type { ModerationReason, SampleState } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/new-id";
import { versionsOf } from "@/lib/prompts/find-prompt-set";

interface Reusable {
  promptId: string;
  index: number;
  artifactHash: string;
  seedRequested: number | null;
  seedUsed: number | null;
  revisedPrompt: string | null;
  latencyMs: number | null;
  inferenceMs: number | null;
  state: SampleState;
  stateReason: ModerationReason | null;
}

/**
 * Give a run over a new version of a prompt set the samples that its model made, under the same parameters and seed policy, of the
 * prompts that have not changed (by their content hash), the newest of each; so that only new prompts are generated. Runs over the
 * same version never share samples.
 * @returns how many samples the run has by that
 */
export async function reuseSamples(run: Run, tx: Tx): Promise<number> {
  const others = (await versionsOf(run.promptSetId, tx)).filter((id) => id !== run.promptSetId);
  if (others.length === 0) return 0;
  const rows = await tx.$queryRaw<Reusable[]>`
    select distinct on (p.id, s.index) p.id as "promptId", s.index, s.artifact_hash as "artifactHash",
      s.seed_requested as "seedRequested", s.seed_used as "seedUsed", s.revised_prompt as "revisedPrompt",
      s.latency_ms as "latencyMs", s.inference_ms as "inferenceMs",
      s.state, s.state_reason as "stateReason"
    from prompts p
    join prompts earlier on earlier.content_hash = p.content_hash and earlier.prompt_set_id = any (${others})
    join samples s on s.prompt_id = earlier.id and s.model_id = ${run.modelId} and s.index < ${run.samplesPerPrompt}
    join runs r on r.id = s.run_id and r.superseded_at is null and r.source = ${run.source}::run_source
      and r.endpoint_version = ${run.endpointVersion}
      and r.image_size = ${run.imageSize} and r.seed_policy = ${run.seedPolicy}::seed_policy
      and r.steps is not distinct from ${run.steps}::int and r.guidance is not distinct from ${run.guidance}::float8
      and r.negative_prompt is not distinct from ${run.negativePrompt}
      and r.extra_fields = ${JSON.stringify(run.extraFields)}::jsonb
      and r.extra_headers = ${JSON.stringify(run.extraHeaders)}::jsonb
      and (r.seed_policy <> 'FIXED' or s.seed_requested = (${run.seeds}::int[])[s.index + 1])
    join artifacts a on a.sha256 = s.artifact_hash and a.erased_at is null
    where p.prompt_set_id = ${run.promptSetId} and p.index < ${run.promptCount}
    order by p.id, s.index, s.created_at desc, s.id desc`;
  await tx.sample.createMany({
    data: rows.map((row) => ({ ...row, id: newId("sample"), runId: run.id, modelId: run.modelId })),
  });
  return rows.length;
}
