import type { Db } from "@/lib/db/client";
import { featuresId } from "@/lib/encoders/features-id";
import { estimateOfMean } from "@/lib/metrics/estimate";
import { METRIC_CODE_VERSION } from "@/lib/metrics/protocol";
import { readFloat32Rows } from "@/lib/numerics/float-bytes";
import { mean } from "@/lib/numerics/sample-statistics";
import { dynamicDegree, motionSmoothness, temporalFlicker } from "@/lib/schemas/metrics/motion";
import { MOTION_VALUES, motionReader } from "@/lib/scoring/motion-reader";
import type { PromptSubset, RunScore } from "@/lib/scoring/score-run";

type Row = { promptId: string; vector: Uint8Array | null; promptSet: string; promptCount: number };

const METRICS = {
  flicker: { ...temporalFlicker, range: [0, 255] },
  smoothness: { ...motionSmoothness, range: [0, 1] },
  dynamicDegree: { ...dynamicDegree, range: [0, 1] },
} as const;

/**
 * How a run's videos move: means over their prompts, with Student's interval. Videos that could not be had are not counted; nothing
 * where one is too short to be measured (a mean over the others would be another one), or there are fewer than two prompts.
 * @param prompts count the videos of these only
 */
export async function scoreMotion(runId: string, prompts: PromptSubset | null, db: Db): Promise<RunScore[]> {
  const rows = await db.$queryRaw<Row[]>`
    select s.prompt_id as "promptId", e.vector, t.slug as "promptSet", r.prompt_count::int as "promptCount"
    from samples s
    join runs r on r.id = s.run_id join prompt_sets t on t.id = r.prompt_set_id
    join prompts p on p.id = s.prompt_id
    left join embeddings e on e.artifact_hash = s.artifact_hash and e.encoder_id = ${featuresId(motionReader)}
    where s.run_id = ${runId} and (${prompts === null} or p.id = any (${prompts?.ids ?? []}::text[]))
    order by p.index, s.index`;
  const vectors = rows.flatMap(({ vector }) => (vector ? [vector] : []));
  const byPrompt = new Map<string, number[]>();
  rows.forEach(({ promptId }, row) => byPrompt.set(promptId, [...(byPrompt.get(promptId) ?? []), row]));
  if (vectors.length < rows.length || byPrompt.size < 2) return [];
  const values = readFloat32Rows(vectors, MOTION_VALUES.length);
  const [{ promptSet, promptCount }] = rows;
  return MOTION_VALUES.map((name, place) => {
    const { range, name: metric, protocol } = METRICS[name];
    const means = [...byPrompt.values()].map((each) =>
      mean(each.map((row) => values[row * MOTION_VALUES.length + place])),
    );
    const { value, low, high } = estimateOfMean(Float64Array.from(means), { range: [...range] });
    return {
      metric,
      protocol: {
        metric: protocol,
        encoder: motionReader.id,
        preprocessing: motionReader.preprocessing,
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
