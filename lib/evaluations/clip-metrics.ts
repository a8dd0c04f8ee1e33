import type { ClipMeasures, ClipReaders } from "@/lib/evaluations/measure-clips";
import type { MeasuredSet } from "@/lib/evaluations/measure-images";
import { differenceOf, keyedProtocol, meanMetric, scoresOf } from "@/lib/evaluations/mean-metrics";
import { meanOverPrompts } from "@/lib/evaluations/mean-over-prompts";
import { CONSISTENCY_ID } from "@/lib/metrics/consistency";
import { MOTION_ID, MOTION_PREPROCESSING } from "@/lib/metrics/motion/measure-motion";
import type { MetricFacts } from "@/lib/schemas/evaluation-report";
import { CLIP_ASPECTS } from "@/lib/schemas/metrics/clip-grades";
import { sceneConsistency, subjectConsistency } from "@/lib/schemas/metrics/consistency";
import type { MetricDefinition } from "@/lib/schemas/metrics/metric-definition";
import { dynamicDegree, motionSmoothness, temporalFlicker } from "@/lib/schemas/metrics/motion";

type Readers = Omit<ClipReaders, "encoder"> & { encoder: Pick<ClipReaders["encoder"], "preprocessing"> };
type Measured = { definition: MetricDefinition; encoder: string; preprocessing: string };
type Bounds = readonly [number, number];

/** How clips move, how alike their frames are, and what the grader finds in those whose prompts have a truth, as means over prompts. */
export function clipMetrics(
  clips: MeasuredSet,
  baseline: MeasuredSet | null,
  { grader, subject, scene, encoder }: Readers,
  promptsHash: string,
): MetricFacts[] {
  const entry = (
    { definition, encoder, preprocessing }: Measured,
    group: "truth" | "style",
    bounds: Bounds | null,
    valueOf: (clip: ClipMeasures) => number | boolean | null,
  ): MetricFacts => {
    const scored = (set: MeasuredSet) =>
      scoresOf(set.images, ({ clip }) => {
        const value = clip ? valueOf(clip) : null;
        return value === null ? null : Number(value);
      });
    const own = scored(clips);
    const { name, label, meaning, better, unit } = definition;
    const protocol = keyedProtocol({
      metric: `${definition.protocol}, mean over prompts`,
      encoder,
      preprocessing,
      samples: Math.max(1, own.size),
      reference: promptsHash,
    });
    return meanMetric(
      { name, label, meaning, better, unit: unit === "share" ? unit : null, group, protocol },
      meanOverPrompts([...own.values()], bounds),
      { missing: { code: "no_truth" } },
      baseline && differenceOf(own, scored(baseline), bounds),
    );
  };
  const moving = (definition: MetricDefinition) => ({
    definition,
    encoder: MOTION_ID,
    preprocessing: MOTION_PREPROCESSING,
  });
  const alike = (definition: MetricDefinition, image: { id: string; preprocessing: string }) => ({
    definition,
    encoder: `${CONSISTENCY_ID} ${image.id}`,
    preprocessing: `${image.preprocessing} of the frames of ${encoder.preprocessing}`,
  });
  const graded = (definition: MetricDefinition) =>
    grader && { definition, encoder: grader.id, preprocessing: grader.preprocessing };
  return [
    ...CLIP_ASPECTS.flatMap(([definition, aspect]) => {
      const by = graded(definition);
      return by ? [entry(by, "truth", [0, 1], ({ grade }) => grade && grade[aspect])] : [];
    }),
    entry(moving(temporalFlicker), "style", null, ({ flicker }) => flicker),
    entry(moving(motionSmoothness), "style", null, ({ smoothness }) => smoothness),
    entry(moving(dynamicDegree), "style", null, ({ dynamicDegree }) => dynamicDegree),
    entry(alike(subjectConsistency, subject), "style", null, (clip) => clip.subject),
    entry(alike(sceneConsistency, scene), "style", null, (clip) => clip.scene),
  ];
}
