import type { MetricDefinition } from "@/lib/schemas/metrics/metric-definition";

export const inceptionScore = {
  name: "is",
  label: "Inception Score",
  meaning: "How certain a classifier is of each sample, and how evenly the samples spread over its classes.",
  better: "higher",
  unit: null,
  format: { significant: 3 },
  needs: "logits",
  protocol: "is/10 splits",
} as const satisfies MetricDefinition;
