import { authenticity } from "@/lib/schemas/metrics/authenticity";
import { contrastiveAlignment } from "@/lib/schemas/metrics/contrastive-alignment";
import {
  clipAlignment,
  clipColours,
  clipDirection,
  clipObjects,
  clipPersistence,
  clipVerb,
} from "@/lib/schemas/metrics/clip-grades";
import { sceneConsistency, subjectConsistency } from "@/lib/schemas/metrics/consistency";
import { latency, price } from "@/lib/schemas/metrics/cost";
import { frechetDistance } from "@/lib/schemas/metrics/frechet-distance";
import { frechetInfinity } from "@/lib/schemas/metrics/frechet-infinity";
import { gaussianMmd } from "@/lib/schemas/metrics/gaussian-mmd";
import { graderAlignment } from "@/lib/schemas/metrics/grader-alignment";
import { inceptionScore } from "@/lib/schemas/metrics/inception-score";
import { jedi } from "@/lib/schemas/metrics/jedi";
import { judgeScore } from "@/lib/schemas/metrics/judge-score";
import { kernelDistance } from "@/lib/schemas/metrics/kernel-distance";
import { dynamicDegree, motionSmoothness, temporalFlicker } from "@/lib/schemas/metrics/motion";
import { contentBias, frozenRatio, shuffledRatio } from "@/lib/schemas/metrics/motion-probes";
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
  jedi,
  separability,
  authenticity,
  graderAlignment,
  contrastiveAlignment,
  temporalFlicker,
  motionSmoothness,
  dynamicDegree,
  subjectConsistency,
  sceneConsistency,
  clipAlignment,
  clipObjects,
  clipColours,
  clipVerb,
  clipDirection,
  clipPersistence,
  shuffledRatio,
  frozenRatio,
  contentBias,
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
export const STANDING_SCORES = [
  "fd-toybox",
  "fvd-toybox",
  graderAlignment.name,
  clipAlignment.name,
  contrastiveAlignment.name,
] as const;
