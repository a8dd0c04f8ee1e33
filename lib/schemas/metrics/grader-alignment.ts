import type { MetricDefinition } from "@/lib/schemas/metrics/metric-definition";

export const graderAlignment = {
  name: "grader-alignment",
  label: "Grader alignment",
  meaning: "Share of images in which the Toybox grader finds everything the prompt asked for.",
  better: "higher",
  unit: "share",
  format: { decimals: 1 },
  needs: "grades",
  protocol: "grader-alignment",
} as const satisfies MetricDefinition;
