import type { Db } from "@/lib/db/client";
import { readFloat32Rows } from "@/lib/numerics/float-bytes";
import type { PromptSubset, RunScore } from "@/lib/scoring/score-run";
import type { ContrastiveEncoder } from "@/lib/scoring/scoring-tools";
import { featuresId } from "@/lib/encoders/features-id";
import { estimateOfMean } from "@/lib/metrics/estimate";
import { mean } from "@/lib/numerics/sample-statistics";
import { METRIC_CODE_VERSION } from "@/lib/metrics/protocol";
import { contrastiveAlignment } from "@/lib/schemas/metrics/contrastive-alignment";

type Row = { text: string; vector: Uint8Array; promptSet: string; promptCount: number };

/**
 * Mean cosine of a run's samples and their prompts in the contrastive encoder's space (the CLIPScore of Hessel et al. 2021,
 * unscaled), with Student's interval over prompts. Samples that could not be had are not counted, nor are prompts with words
 * that the encoder does not know; nothing where fewer than two prompts are left.
 * @param prompts count the samples of these only
 */
export async function scoreContrastive(
  runId: string,
  { image, text }: ContrastiveEncoder,
  prompts: PromptSubset | null,
  db: Db,
): Promise<RunScore[]> {
  const rows = await db.$queryRaw<Row[]>`
    select p.text, e.vector, t.slug as "promptSet", r.prompt_count::int as "promptCount"
    from samples s
    join runs r on r.id = s.run_id join prompt_sets t on t.id = r.prompt_set_id
    join prompts p on p.id = s.prompt_id
    join embeddings e on e.artifact_hash = s.artifact_hash and e.encoder_id = ${featuresId(image)}
    where s.run_id = ${runId} and (${prompts === null} or p.id = any (${prompts?.ids ?? []}::text[]))
    order by p.index, s.index`;
  const known = rows.filter((row) => text.knows(row.text));
  const byText = new Map<string, number[]>();
  for (const { text: prompt, cosine } of await cosinesOf(known, { image, text })) {
    byText.set(prompt, [...(byText.get(prompt) ?? []), cosine]);
  }
  if (byText.size < 2) return [];
  const byPrompt = Float64Array.from(byText.values(), mean);
  const { value, low, high } = estimateOfMean(byPrompt, { range: [-1, 1] });
  const [{ promptSet, promptCount }] = known;
  return [
    {
      metric: contrastiveAlignment.name,
      protocol: {
        metric: contrastiveAlignment.protocol,
        encoder: `${image.id} ${text.id}`,
        preprocessing: image.preprocessing,
        samples: known.length,
        reference: prompts ? promptSet : `${promptSet}[0..${promptCount})`,
        ...(prompts && { prompts: prompts.hash }),
        codeVersion: METRIC_CODE_VERSION,
      },
      value,
      low,
      high,
      n: known.length,
      caveat: null,
    },
  ];
}

async function cosinesOf(rows: Row[], { image, text }: ContrastiveEncoder) {
  const texts = [...new Set(rows.map((row) => row.text))];
  const captions = await text.encode(texts);
  const places = new Map(texts.map((each, index) => [each, index]));
  const images = readFloat32Rows(
    rows.map(({ vector }) => vector),
    image.dimension,
  );
  return rows.map((row, index) => {
    const at = places.get(row.text)! * text.dimension;
    let cosine = 0;
    for (let i = 0; i < image.dimension; i++) {
      cosine += images[index * image.dimension + i] * captions[at + i];
    }
    return { text: row.text, cosine };
  });
}
