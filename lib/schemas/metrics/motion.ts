import type { MetricDefinition } from "@/lib/schemas/metrics/metric-definition";

const NOT_VBENCH = "By block matching, without a network: not comparable with VBench's.";

/** How videos move, whatever they show (lib/metrics/motion). */
export const temporalFlicker = {
  name: "temporal-flicker",
  label: "Temporal flicker",
  meaning: `Mean change from frame to frame that no motion explains, in levels of 255. ${NOT_VBENCH}`,
  better: "lower",
  unit: null,
  format: { significant: 3 },
  needs: "frames",
  protocol: "temporal-flicker",
} as const satisfies MetricDefinition;

export const motionSmoothness = {
  name: "motion-smoothness",
  label: "Motion smoothness",
  meaning: `How well a frame is the middle of its neighbours along the way that things move: 100% is even motion. ${NOT_VBENCH}`,
  better: "higher",
  unit: "share",
  format: { decimals: 2 },
  needs: "frames",
  protocol: "motion-smoothness",
} as const satisfies MetricDefinition;

export const dynamicDegree = {
  name: "dynamic-degree",
  label: "Dynamic degree",
  meaning: `How far the parts that move most go from frame to frame, in percent of the diagonal; a frozen video has 0. ${NOT_VBENCH}`,
  better: "higher",
  unit: "share",
  format: { decimals: 2 },
  needs: "frames",
  protocol: "dynamic-degree",
} as const satisfies MetricDefinition;
