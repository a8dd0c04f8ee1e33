import type { Tx } from "@/lib/db/client";
import type { StackModel } from "@/lib/schemas/stack/stack-page";
import type { DemoPromptRow } from "@/lib/demos/demo-prompts";
import type { SampleState } from "@/lib/db/generated/enums";
import { lookedAt } from "@/lib/prompts/shown-states";
import { sampleAddress } from "@/lib/schemas/sample-address";

type Row = {
  modelId: string;
  index: number;
  prompt: string;
  sampleId: string;
  state: SampleState;
  allCorrect: boolean | null;
};

/** Listed models' own images of the page's prompts (none of them in the arena), by model id and prompt index: runs draw a prompt from one seed, whoever draws it. */
export async function readRunImages(
  modelIds: readonly string[],
  prompts: readonly DemoPromptRow[],
  tx: Tx,
): Promise<Map<string, StackModel["images"]>> {
  const rows = await tx.$queryRaw<Row[]>`
    select distinct on (s.model_id, p.index) s.model_id as "modelId", p.index, p.text as prompt, s.id as "sampleId", s.state,
      g.all_correct as "allCorrect"
    from samples s
    join models m on m.id = s.model_id and m.listed
    join runs r on r.id = s.run_id and r.superseded_at is null
    join prompts p on p.id = s.prompt_id
    left join grades g on g.artifact_hash = s.artifact_hash and g.prompt_id = p.id
    where s.model_id = any (${modelIds}) and s.index = 0 and ${lookedAt()}
      and p.id = any (${prompts.map(({ id }) => id)})
    order by s.model_id, p.index, s.id desc, g.grader_id desc`;
  const byModel = new Map<string, StackModel["images"]>();
  for (const { modelId, index, sampleId: id, state, prompt, allCorrect } of rows) {
    const images = byModel.get(modelId) ?? {};
    images[index] = { url: sampleAddress({ id, state }), prompt, allCorrect };
    byModel.set(modelId, images);
  }
  return byModel;
}

/** Samples that a median is taken over, at most. */
const TIMED = 500;

/** Median compute seconds a megapixel over the newest images of each model's runs, with their number. */
export async function readSecondsPerMegapixel(
  modelIds: readonly string[],
  tx: Tx,
): Promise<Map<string, { value: number; n: number }>> {
  const rows = await tx.$queryRaw<{ modelId: string; value: number; n: number }[]>`
    select m.id as "modelId", timed.value, timed.n
    from unnest(${modelIds}::text[]) as m (id)
    cross join lateral (
      select percentile_cont(0.5) within group (order by t.inference_ms * 1000.0 / (t.width * t.height)) as value,
        count(*)::int as n
      from (
        select s.inference_ms, a.width, a.height
        from samples s join artifacts a on a.sha256 = s.artifact_hash
          join runs r on r.id = s.run_id and r.superseded_at is null
        where s.model_id = m.id and s.inference_ms is not null
        order by s.id desc limit ${TIMED}
      ) t
    ) timed
    where timed.n > 0`;
  return new Map(rows.map(({ modelId, value, n }) => [modelId, { value, n }]));
}
