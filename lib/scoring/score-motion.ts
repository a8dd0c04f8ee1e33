import type { Db } from "@/lib/db/client";
import type { EncoderKey } from "@/lib/references/reference-reader";
import { featuresId } from "@/lib/encoders/features-id";
import { estimateOfMean } from "@/lib/metrics/estimate";
import { METRIC_CODE_VERSION } from "@/lib/metrics/protocol";
import { readFloat32Rows } from "@/lib/numerics/float-bytes";
import { mean } from "@/lib/numerics/sample-statistics";
import { sceneConsistency, subjectConsistency } from "@/lib/schemas/metrics/consistency";
import type { MetricDefinition } from "@/lib/schemas/metrics/metric-definition";
import { dynamicDegree, motionSmoothness, temporalFlicker } from "@/lib/schemas/metrics/motion";
import { consistencyReader } from "@/lib/scoring/consistency-reader";
import { MOTION_VALUES, motionReader } from "@/lib/scoring/motion-reader";
import type { PromptSubset, RunScore } from "@/lib/scoring/score-run";
import type { ScoringTools } from "@/lib/scoring/scoring-tools";

type Row = { promptId: string; vector: Uint8Array | null; promptSet: string; promptCount: number };
/** A metric that is the mean of one of a reader's values, and where that value may lie. */
type Value = { metric: Pick<MetricDefinition, "name" | "protocol">; range: [number, number] };

const MOTION: Record<(typeof MOTION_VALUES)[number], Value> = {
  flicker: { metric: temporalFlicker, range: [0, 255] },
  smoothness: { metric: motionSmoothness, range: [0, 1] },
  dynamicDegree: { metric: dynamicDegree, range: [0, 1] },
};

/** How a run's videos move ({@link scoreVideoMeans}). */
export const scoreMotion = (runId: string, prompts: PromptSubset | null, db: Db): Promise<RunScore[]> =>
  scoreVideoMeans(
    runId,
    motionReader,
    MOTION_VALUES.map((name) => MOTION[name]),
    { prompts, db },
  );

/** How alike the frames of each of a run's videos are, in the bundled image encoders' features ({@link scoreVideoMeans}). */
export async function scoreConsistency(
  runId: string,
  { encoder, contrastive }: Pick<ScoringTools, "encoder" | "contrastive">,
  prompts: PromptSubset | null,
  db: Db,
): Promise<RunScore[]> {
  const scores: RunScore[] = [];
  for (const [image, metric] of [
    [encoder, subjectConsistency],
    [contrastive.image, sceneConsistency],
  ] as const)
    scores.push(
      ...(await scoreVideoMeans(runId, consistencyReader(image), [{ metric, range: [0, 1] }], {
        prompts,
        db,
      })),
    );
  return scores;
}

/**
 * Means of what a reader has measured of each of a run's videos: over their prompts, with Student's interval. Videos that could not
 * be had are not counted; nothing where one is too short to be measured (a mean over the others would be another one), or there are
 * fewer than two prompts.
 * @param values one a feature of the reader
 * @param options.prompts count the videos of these only
 */
async function scoreVideoMeans(
  runId: string,
  reader: EncoderKey,
  values: readonly Value[],
  { prompts, db }: { prompts: PromptSubset | null; db: Db },
): Promise<RunScore[]> {
  const rows = await db.$queryRaw<Row[]>`
    select s.prompt_id as "promptId", e.vector, t.slug as "promptSet", r.prompt_count::int as "promptCount"
    from samples s
    join runs r on r.id = s.run_id join prompt_sets t on t.id = r.prompt_set_id
    join prompts p on p.id = s.prompt_id
    left join embeddings e on e.artifact_hash = s.artifact_hash and e.encoder_id = ${featuresId(reader)}
    where s.run_id = ${runId} and (${prompts === null} or p.id = any (${prompts?.ids ?? []}::text[]))
    order by p.index, s.index`;
  const vectors = rows.flatMap(({ vector }) => (vector ? [vector] : []));
  const byPrompt = new Map<string, number[]>();
  rows.forEach(({ promptId }, row) => byPrompt.set(promptId, [...(byPrompt.get(promptId) ?? []), row]));
  if (vectors.length < rows.length || byPrompt.size < 2) return [];
  const read = readFloat32Rows(vectors, reader.dimension);
  const [{ promptSet, promptCount }] = rows;
  return values.map(({ metric, range }, place) => {
    const means = [...byPrompt.values()].map((each) =>
      mean(each.map((row) => read[row * reader.dimension + place])),
    );
    const { value, low, high } = estimateOfMean(Float64Array.from(means), { range });
    return {
      metric: metric.name,
      protocol: {
        metric: metric.protocol ?? metric.name,
        encoder: reader.id,
        preprocessing: reader.preprocessing,
        samples: rows.length,
        reference: prompts ? promptSet : `${promptSet}[0..${promptCount})`,
        ...(prompts && { prompts: prompts.hash }),
        codeVersion: METRIC_CODE_VERSION,
      },
      value,
      low,
      high,
      n: rows.length,
      caveat: null,
    };
  });
}
