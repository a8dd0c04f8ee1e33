import type { Tx } from "@/lib/db/client";
import type { StackModel } from "@/lib/schemas/stack";
import type { DemoPromptRow } from "@/lib/demos/demo-prompts";

type Row = { modelId: string; index: number; prompt: string; sampleId: string; allCorrect: boolean | null };

/** Listed models' own pictures of the page's prompts (none of them in the arena), by model id and prompt index: runs draw a prompt from one seed, whoever draws it. */
export async function readRunPictures(
  modelIds: readonly string[],
  prompts: readonly DemoPromptRow[],
  tx: Tx,
): Promise<Map<string, StackModel["pictures"]>> {
  const rows = await tx.$queryRaw<Row[]>`
    select distinct on (s."modelId", p.index) s."modelId", p.index, p.text as prompt, s.id as "sampleId",
      g."allCorrect"
    from "Sample" s
    join "Model" m on m.id = s."modelId" and m.listed
    join "Run" r on r.id = s."runId" and r."supersededAt" is null
    join "Prompt" p on p.id = s."promptId"
    left join "Grade" g on g."artifactHash" = s."artifactHash" and g."promptId" = p.id
    where s."modelId" = any (${modelIds}) and s.index = 0
      and p.id = any (${prompts.map(({ id }) => id)})
    order by s."modelId", p.index, s.id desc, g."graderId" desc`;
  const byModel = new Map<string, StackModel["pictures"]>();
  for (const { modelId, index, sampleId, prompt, allCorrect } of rows) {
    const pictures = byModel.get(modelId) ?? {};
    pictures[index] = { url: `/media/samples/${sampleId}`, prompt, allCorrect };
    byModel.set(modelId, pictures);
  }
  return byModel;
}

/** Samples that a median is taken over, at most. */
const TIMED = 500;

/** Median compute seconds a megapixel over the newest pictures of each model's runs, with their number. */
export async function readSecondsPerMegapixel(
  modelIds: readonly string[],
  tx: Tx,
): Promise<Map<string, { value: number; n: number }>> {
  const rows = await tx.$queryRaw<{ modelId: string; value: number; n: number }[]>`
    select m.id as "modelId", timed.value, timed.n
    from unnest(${modelIds}::text[]) as m (id)
    cross join lateral (
      select percentile_cont(0.5) within group (order by t."inferenceMs" * 1000.0 / (t.width * t.height)) as value,
        count(*)::int as n
      from (
        select s."inferenceMs", a.width, a.height
        from "Sample" s join "Artifact" a on a.sha256 = s."artifactHash"
          join "Run" r on r.id = s."runId" and r."supersededAt" is null
        where s."modelId" = m.id and s."inferenceMs" is not null
        order by s.id desc limit ${TIMED}
      ) t
    ) timed
    where timed.n > 0`;
  return new Map(rows.map(({ modelId, value, n }) => [modelId, { value, n }]));
}
