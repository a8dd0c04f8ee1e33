import type { MetricDefinition } from "@/lib/schemas/metrics/metric-definition";

const FORMULA =
  "Mean cosine of each frame's features to those of the first frame and of the one before (VBench's formula). Whole frames, nothing cut out; not comparable with VBench's.";

/** How alike the frames of a video are (lib/metrics/consistency.ts). A frozen video has 100%: read it beside the dynamic degree. */
export const subjectConsistency = {
  name: "subject-consistency",
  label: "Subject consistency",
  meaning: `${FORMULA} In the features of Salon's encoder of Toybox images, where VBench has DINO's.`,
  better: "higher",
  unit: "share",
  format: { decimals: 1 },
  needs: "frames",
  protocol: "subject-consistency",
} as const satisfies MetricDefinition;

export const sceneConsistency = {
  name: "scene-consistency",
  label: "Scene consistency",
  meaning: `${FORMULA} In the features that Salon's contrastive encoder shares with captions, where VBench measures its background consistency in CLIP's.`,
  better: "higher",
  unit: "share",
  format: { decimals: 1 },
  needs: "frames",
  protocol: "scene-consistency",
} as const satisfies MetricDefinition;
