import { authenticity } from "@/lib/schemas/metrics/authenticity";
import { contrastiveAlignment } from "@/lib/schemas/metrics/contrastive-alignment";
import { latency, price } from "@/lib/schemas/metrics/cost";
import { frechetDistance } from "@/lib/schemas/metrics/frechet-distance";
import { frechetInfinity } from "@/lib/schemas/metrics/frechet-infinity";
import { gaussianMmd } from "@/lib/schemas/metrics/gaussian-mmd";
import { graderAlignment } from "@/lib/schemas/metrics/grader-alignment";
import { inceptionScore } from "@/lib/schemas/metrics/inception-score";
import { judgeScore } from "@/lib/schemas/metrics/judge-score";
import { kernelDistance } from "@/lib/schemas/metrics/kernel-distance";
import { dynamicDegree, motionSmoothness, temporalFlicker } from "@/lib/schemas/metrics/motion";
import { prdc } from "@/lib/schemas/metrics/prdc";
import { precisionRecall } from "@/lib/schemas/metrics/precision-recall";
import { separability } from "@/lib/schemas/metrics/separability";

/** Every metric. Adding one is one file and one line; lib/metrics/registry.ts asks for its function if features are enough for it. */
export const DEFINITIONS = [
  frechetDistance,
  frechetInfinity,
  kernelDistance,
  precisionRecall,
  prdc,
  inceptionScore,
  gaussianMmd,
  separability,
  authenticity,
  graderAlignment,
  contrastiveAlignment,
  temporalFlicker,
  motionSmoothness,
  dynamicDegree,
  judgeScore,
  price,
  latency,
] as const;

/** The metrics that are computed from features alone. */
export type FeatureMetric = Extract<
  (typeof DEFINITIONS)[number],
  { needs: "statistics" | "features" | "logits" }
>;

/** Scores that every board has a column for, before a model has one. */
export const STANDING_SCORES = ["fd-toybox", graderAlignment.name, contrastiveAlignment.name] as const;
