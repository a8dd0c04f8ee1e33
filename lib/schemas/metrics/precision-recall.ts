import type { MetricDefinition } from "@/lib/schemas/metrics/metric-definition";

export const precisionRecall = {
  name: "pr",
  label: "Precision and recall (k = 3)",
  meaning: "Fidelity and diversity by balls up to the third neighbour, as in Kynkäänniemi et al. 2019.",
  better: "higher",
  unit: "share",
  format: { decimals: 1 },
  needs: "features",
  protocol: "pr/k=3 inclusive",
  inDiagnosis: true,
  values: {
    precision: {
      label: "Precision, k = 3",
      meaning: "Share of samples that lie among the real images: does what it makes look real?",
    },
    recall: {
      label: "Recall, k = 3",
      meaning: "Share of real images that lie among the samples: does it make everything there is?",
    },
  },
} as const satisfies MetricDefinition;
